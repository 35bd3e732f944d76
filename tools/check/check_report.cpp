#include "tools/check/check_report.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "tools/report/counted.hpp"
#include "tools/report/diagnostics.hpp"
#include "tools/report/findings.hpp"
#include "tools/report/junit.hpp"

namespace picket {
namespace {

std::string human_check(const CheckReport& report, const Canvas& canvas) {
  std::string text;
  for (const Diagnostic& diagnostic : report.diagnostics) {
    text += human_report(diagnostic, canvas.paint, canvas.columns) + "\n";
  }
  return text;
}

// Those of each file of the report, in its order; a file without any has none.
std::map<std::string_view, std::vector<const Diagnostic*>> by_file(const CheckReport& report) {
  std::map<std::string_view, std::vector<const Diagnostic*>> own;
  for (const std::string& file : report.files) own[file];
  for (const Diagnostic& diagnostic : report.diagnostics) own[diagnostic.source->name()].push_back(&diagnostic);
  return own;
}

bool is_error(const Diagnostic* diagnostic) { return diagnostic->level == Level::error; }

std::size_t count(const CheckReport& report, Level level) {
  return static_cast<std::size_t>(std::count_if(report.diagnostics.begin(), report.diagnostics.end(),
                                                [level](const auto& one) { return one.level == level; }));
}

std::string failure_element(const Diagnostic& diagnostic) {
  const LineColumn place = diagnostic.source->locate(diagnostic.span.begin);
  return "      <failure" + xml_attribute("message", diagnostic.message) +
         xml_attribute("type", row_of(diagnostic.code).word) + ">" + xml_text(diagnostic.source->name()) + ":" +
         std::to_string(place.line) + ":" + std::to_string(place.column) + "\n" + xml_text(diagnostic.help) +
         "</failure>\n";
}

}  // namespace

std::string junit_check(const CheckReport& report) {
  JunitCounts counts{.tests = report.files.size()};
  std::string cases;
  for (const auto& [file, own] : by_file(report)) {
    cases += "    <testcase" + xml_attribute("name", file) + xml_attribute("classname", "picket.check") +
             xml_attribute("file", file);
    if (own.empty()) {
      cases += "/>\n";
      continue;
    }
    cases += ">\n";
    std::vector<Finding> others;
    for (const Diagnostic* diagnostic : own) {
      if (is_error(diagnostic)) {
        cases += failure_element(*diagnostic);
      } else {
        others.push_back(finding_of(*diagnostic));
      }
    }
    counts.failures += std::any_of(own.begin(), own.end(), is_error) ? 1 : 0;
    if (!others.empty()) {
      cases += "      <system-out>";
      for (const Finding& finding : others) {
        std::string line = concise_report(std::span(&finding, 1));
        line.pop_back();
        cases += xml_text(line) + "\n";
      }
      cases += "</system-out>\n";
    }
    cases += "    </testcase>\n";
  }
  return junit_document("picket check", junit_suite("picket check", cases, counts), counts);
}

std::string tap_check(const CheckReport& report) {
  std::vector<TapPoint> points;
  for (const auto& [file, own] : by_file(report)) {
    TapPoint point{.passed = true, .name = std::string(file), .skipped = {}, .details = {}};
    for (const Diagnostic* diagnostic : own) {
      if (!is_error(diagnostic)) continue;
      point.passed = false;
      const LineColumn place = diagnostic->source->locate(diagnostic->span.begin);
      const std::string key = "line" + std::to_string(place.line) + "_" + std::to_string(point.details.size() + 1);
      point.details.emplace_back(key, std::string(row_of(diagnostic->code).word) + ": " + diagnostic->message);
    }
    points.push_back(std::move(point));
  }
  return tap_report(points);
}

std::string markdown_check(const CheckReport& report) {
  const std::size_t errors = count(report, Level::error);
  std::string text = std::string("### ") + (errors == 0 ? "✅" : "❌") + " Check of rules\n\n" +
                     counted(report.files.size(), "file") + ": " + counted(errors, "error") + ", " +
                     counted(count(report, Level::warning), "warning") + "\n\n";
  const std::string table = markdown_table(findings_of(report.diagnostics));
  return table.empty() ? text : text + table + "\n";
}

std::span<const Format<CheckReport>> check_formats() {
  static constexpr std::array<Format<CheckReport>, 8> table{{
      {"human", "for people: the place, the line, a cure", human_check},
      {"concise", "a line for each diagnostic, as compilers write it",
       [](const CheckReport& report, const Canvas&) { return concise_report(findings_of(report.diagnostics)); }},
      {"json", "for programs; tools/README.md documents it",
       [](const CheckReport& report, const Canvas&) { return json_report(report.diagnostics); }},
      {"junit", "JUnit XML, for Jenkins, GitLab and most CI servers: a case for each file",
       [](const CheckReport& report, const Canvas&) { return junit_check(report); }},
      {"sarif", "SARIF 2.1.0, for code hosts",
       [](const CheckReport& report, const Canvas&) { return sarif_report(findings_of(report.diagnostics)); }},
      {"tap", "the Test Anything Protocol, version 13: a point for each file",
       [](const CheckReport& report, const Canvas&) { return tap_check(report); }},
      {"github", "annotations for GitHub Actions, the most important first",
       [](const CheckReport& report, const Canvas&) { return github_report(findings_of(report.diagnostics)); }},
      {"markdown", "counts and a table, for GitHub's step summary",
       [](const CheckReport& report, const Canvas&) { return markdown_check(report); }},
  }};
  return table;
}

}  // namespace picket
