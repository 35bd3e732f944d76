#include "engine/select/rule_filter.hpp"

#include <memory>

#include "tests/catch.hpp"

namespace picket {
namespace {

Rule rule() {
  Rule rule;
  rule.source = std::make_shared<const Source>("rules/aws/trail.yml", "");
  rule.id.value = "AWS.Trail";
  rule.severity.value = Severity::high;
  rule.tags = {{"Defense Evasion", {}}, {"AWS", {}}, {"attack.t1078", {}}};
  rule.log_types = {{"AWS.CloudTrail", {}}};
  rule.reports = {{{"MITRE ATT&CK", {}}, {{"TA0003:T1098.001", {}}}}};
  rule.created_by = "Dana";
  rule.status = "stable";
  return rule;
}

// "yes", "no", or "BEGIN-END MESSAGE".
std::string asked(std::string_view text) {
  const auto compiled = RuleFilter::compile(text);
  if (const auto* error = std::get_if<FilterError>(&compiled)) {
    return std::to_string(error->span.begin) + "-" + std::to_string(error->span.end) + " " + error->message;
  }
  return std::get<RuleFilter>(compiled).selects(rule()) ? "yes" : "no";
}

struct Row {
  std::string_view text;
  std::string_view wanted;
};

}  // namespace

TEST_CASE("a filter asks for what a rule's metadata say") {
  const std::vector<Row> rows = {
      {"severity >= high and tag(aws) and technique(T1098) and not id(/Test/)", "yes"},
      {"severity >= High", "yes"},
      {"severity > high", "no"},
      {"severity < CRITICAL", "yes"},
      {"severity <= medium", "no"},
      {"severity eq \"high\"", "yes"},
      {"severity != high", "no"},
      {"severity(low, high)", "yes"},
      {"id(AWS.Trail)", "yes"},
      {"id(AWS)", "no"},
      {"id(aws.trail)", "no"},
      {"id(/aws/)", "no"},
      {"id(/aws/i)", "yes"},
      {"id eq AWS.*", "yes"},
      {"id ne AWS.*", "no"},
      {"tag(\"defense evasion\")", "yes"},
      {"tag(okta, aw?)", "yes"},
      {"tag != okta", "yes"},
      {"technique(T1098)", "yes"},
      {"technique(t1098.001)", "yes"},
      {"technique(T1098.002)", "no"},
      {"technique(T109)", "no"},
      {"technique(T1078)", "yes"},
      {"tactic(TA0003)", "yes"},
      {"tactic(persistence)", "yes"},
      {"tactic(\"Initial Access\")", "yes"},  // one of those of T1078
      {"tactic(initial-access)", "yes"},
      {"tactic(exfiltration)", "no"},
      {"log_type(aws.*)", "yes"},
      {"path(aws/)", "yes"},
      {"path(rules/*/trail.yml)", "yes"},
      {"path(trail.*)", "no"},
      {"kind(rule)", "yes"},
      {"kind eq policy", "no"},
      {"enabled", "yes"},
      {"not enabled", "no"},
      {"enabled eq false", "no"},
      {"created_by(dana)", "yes"},
      {"status(stable) or status(test)", "yes"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(asked(row.text) == row.wanted);
  }
}

TEST_CASE("a filter that asks for what there is not is a fault") {
  const std::vector<Row> rows = {
      {"severty >= high", "0-7 there is no `severty`; did you mean `severity`?"},
      {"tag(aws) and colour(red)",
       "13-19 there is no `colour`; rules are chosen by severity, id, tag, technique, tactic, log_type, path, kind, "
       "enabled, created_by, status"},
      {"severity >= urgent", "12-18 this is no severity; they are info, low, medium, high and critical"},
      {"severity(/high/)", "10-14 this is no severity; they are info, low, medium, high and critical"},
      {"tag", "0-3 `tag` needs a value: `tag(…)`"},
      {"id >= a", "0-2 only severities have an order; write `id(…)`"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(asked(row.text) == row.wanted);
  }
  CHECK(asked("id(/a(/)").starts_with("4-6 this is no regex: "));
  CHECK(asked("id([a)").starts_with("3-5 this is no glob: "));
}

TEST_CASE("every name of the table can be asked for") {
  for (const FilterName& name : filter_names()) {
    INFO(name.name);
    CHECK(asked(std::string(name.name) + "(high)").find("there is no") == std::string::npos);
    CHECK_FALSE(name.meaning.empty());
  }
}

}  // namespace picket
