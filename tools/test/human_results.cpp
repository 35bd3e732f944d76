// The results for people. Values of events and rules pass through escape_controls(): nothing in them reaches a terminal
// raw.
#include <algorithm>
#include <map>
#include <string_view>

#include "tools/report/comparison.hpp"
#include "tools/report/counted.hpp"
#include "tools/report/diagnostics.hpp"
#include "tools/terminal/display.hpp"
#include "tools/test/test_report.hpp"

namespace picket {
namespace {

constexpr std::size_t most_untested = 10;  // names listed before "and N more"

std::string place_of(const Source& source, SourceSpan span) {
  const LineColumn place = source.locate(span.begin);
  return escape_controls(source.name()) + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

// The comparisons of a wrong verdict; those of a definition under its name.
std::string comparison_table(const std::vector<ComparisonReport>& comparisons, const Source& source, Palette paint,
                             std::size_t columns) {
  std::size_t number_columns = 1;
  for (const ComparisonReport& one : comparisons) {
    const std::string number = std::to_string(one.site->source->locate(one.site->span.begin).line);
    number_columns = std::max(number_columns, number.size());
  }
  std::string text;
  std::string definition;
  for (const ComparisonReport& one : comparisons) {
    if (one.definition != definition && !one.definition.empty()) {
      std::string heading = "in `" + one.definition + "`";
      if (one.site->source.get() != &source) heading += " of " + one.site->source->name();
      text += std::string(comparison_indent(number_columns), ' ') + paint(Style::dim, escape_controls(heading) + ":") +
              "\n";
    }
    definition = one.definition;
    text += comparison_lines(one, {.number_columns = number_columns, .depth = one.definition.empty() ? 0U : 1U}, paint,
                             columns);
  }
  return text;
}

std::string failure_lines(const TestFailure& failure, const Source& source, Palette paint, std::size_t columns) {
  std::string text = "  " + paint(Style::error, escape_controls(failure.message)) + "\n";
  for (const std::string& detail : failure.details) {
    text += "    " + wrap(escape_controls(detail), columns, 6) + "\n";
  }
  if (!failure.details.empty()) return text;
  if (!failure.comparisons.empty() || !failure.memory.empty()) {
    text += comparison_table(failure.comparisons, source, paint, columns);
    for (const MemoryReading& reading : failure.memory) {
      text +=
          "    " + paint(Style::dim, "memory") + "  " + wrap(escape_controls(in_words(reading)), columns, 12) + "\n";
    }
    return text;
  }
  if (failure.kind != TestFailure::Kind::verdict && !(failure.expected.empty() && failure.actual.empty())) {
    text += "    expected  " + paint(Style::good, escape_controls(failure.expected)) + "\n";
    text += "    actual    " + paint(Style::error, escape_controls(failure.actual)) + "\n";
  }
  return text;
}

std::string failed_test(const TestResult& result, Palette paint, std::size_t columns) {
  const RuleMetadata& rule = result.test_case.about();
  const TestHeading& test = result.test_case.heading();
  std::string text = paint(Style::error, "FAIL") + " " + paint(Style::strong, escape_controls(rule.id.value)) + ": " +
                     escape_controls(test.name.value) + "\n";
  text += "  " + paint(Style::place, place_of(*rule.source, test.span)) + "\n";
  for (const TestFailure& failure : result.failures) text += failure_lines(failure, *rule.source, paint, columns);
  return text + "\n";
}

// Every rule with its tests, for --verbose.
std::string all_tests(const TestReport& report, Palette paint) {
  std::string text;
  const RuleMetadata* current = nullptr;
  for (const TestResult& result : report.results) {
    const RuleMetadata* rule = &result.test_case.about();
    if (rule != current) text += paint(Style::strong, escape_controls(rule->id.value)) + "\n";
    current = rule;
    std::string word = result.skipped ? paint(Style::dim, "skip") : paint(Style::good, "pass");
    if (!result.skipped && !result.passed()) word = paint(Style::error, "FAIL");
    text += "  " + word + " " + escape_controls(result.test_case.heading().name.value);
    if (result.alert) text += paint(Style::dim, "  " + escape_controls(result.alert->title));
    text += "\n";
  }
  return text.empty() ? text : text + "\n";
}

std::string untested_rules(const TestReport& report, bool verbose, Palette paint) {
  if (report.untested.empty()) return {};
  std::string text = paint(Style::warning, counted(report.untested.size(), "rule") + " without tests") + ": ";
  const std::size_t shown = verbose ? report.untested.size() : std::min(report.untested.size(), most_untested);
  for (std::size_t i = 0; i < shown; ++i) {
    text += (i == 0 ? "" : ", ") + escape_controls(report.untested[i]->id.value);
  }
  if (shown < report.untested.size()) text += " and " + std::to_string(report.untested.size() - shown) + " more";
  return text + "\n";
}

// "52 rules, 143 tests: 2 failed, 141 passed".
std::string counts_line(const TestReport& report, Palette paint) {
  std::string text = counted(report.rules.size(), "rule") + ", " + counted(report.tests(), "test") + ": ";
  std::vector<std::string> parts;
  if (report.failed() > 0) parts.push_back(paint(Style::error, std::to_string(report.failed()) + " failed"));
  if (report.passed() > 0 || report.tests() == 0) {
    parts.push_back(paint(Style::good, std::to_string(report.passed()) + " passed"));
  }
  if (report.skipped() > 0) parts.push_back(paint(Style::warning, std::to_string(report.skipped()) + " skipped"));
  if (report.errors() > 0) parts.push_back(paint(Style::error, counted(report.errors(), "error")));
  for (std::size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? "" : ", ") + parts[i];
  return text + "\n";
}

}  // namespace

std::string human_results(const TestReport& report, const Canvas& canvas) {
  const auto [paint, columns, verbose] = canvas;
  std::string text;
  for (const Diagnostic& diagnostic : report.diagnostics) {
    if (diagnostic.level == Level::error || verbose) text += human_report(diagnostic, paint, columns) + "\n";
  }
  if (verbose) text += all_tests(report, paint);
  for (const TestResult& result : report.results) {
    if (!result.skipped && !result.passed()) text += failed_test(result, paint, columns);
  }
  text += untested_rules(report, verbose, paint);
  if (report.skipped_rules > 0) {
    text += paint(Style::warning, counted(report.skipped_rules, "rule") + " skipped") +
            ", whose logic is no condition (`picket check` tells more)\n";
  }
  if (const std::size_t warnings = report.warnings(); warnings > 0 && !verbose) {
    text += paint(Style::warning, counted(warnings, "warning")) + " (`picket check` shows them)\n";
  }
  return text + counts_line(report, paint);
}

}  // namespace picket
