#include "tools/report/rule_cases.hpp"

#include <map>
#include <utility>
#include <vector>

#include "tools/report/findings.hpp"
#include "tools/report/junit.hpp"

namespace picket {
namespace {

using ByRule = std::map<std::string_view, std::vector<const Finding*>>;

ByRule by_rule(std::span<const Finding> findings) {
  ByRule own;
  for (const Finding& finding : findings) own[finding.subject].push_back(&finding);
  return own;
}

std::string failure_element(const Finding& finding) {
  const LineColumn place = finding.source->locate(finding.span.begin);
  std::string text = "      <failure" + xml_attribute("message", finding.message) +
                     xml_attribute("type", finding.code) + ">" + xml_text(finding.source->name()) + ":" +
                     std::to_string(place.line) + ":" + std::to_string(place.column) + "\n";
  for (const std::string& detail : finding.details) text += xml_text(detail) + "\n";
  return text + "</failure>\n";
}

}  // namespace

std::string junit_of_rules(std::string_view command, std::span<const RuleMetadata* const> rules,
                           std::span<const Finding> findings) {
  const ByRule own = by_rule(findings);
  std::string class_name(command);
  if (const std::size_t blank = class_name.find(' '); blank != std::string::npos) class_name[blank] = '.';
  JunitCounts counts{.tests = rules.size()};
  std::string cases;
  for (const RuleMetadata* rule : rules) {
    cases += "    <testcase" + xml_attribute("name", rule->id.value) + xml_attribute("classname", class_name) +
             xml_attribute("file", rule->source->name());
    const auto found = own.find(rule->id.value);
    if (found == own.end()) {
      cases += "/>\n";
      continue;
    }
    ++counts.failures;
    cases += ">\n";
    for (const Finding* finding : found->second) cases += failure_element(*finding);
    cases += "    </testcase>\n";
  }
  return junit_document(command, junit_suite(command, cases, counts), counts);
}

std::string tap_of_rules(std::span<const RuleMetadata* const> rules, std::span<const Finding> findings) {
  const ByRule own = by_rule(findings);
  std::vector<TapPoint> points;
  for (const RuleMetadata* rule : rules) {
    TapPoint point{.passed = true, .name = rule->id.value, .skipped = {}, .details = {}};
    if (const auto found = own.find(rule->id.value); found != own.end()) {
      point.passed = false;
      for (const Finding* finding : found->second) {
        const LineColumn place = finding->source->locate(finding->span.begin);
        const std::string key = "line" + std::to_string(place.line) + "_" + std::to_string(point.details.size() + 1);
        point.details.emplace_back(key, finding->message);
      }
    }
    points.push_back(std::move(point));
  }
  return tap_report(points);
}

}  // namespace picket
