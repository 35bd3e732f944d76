// Rules, scheduled rules and policies as the native front end reads them.
#include "engine/frontend/native.hpp"
#include "tests/catch.hpp"
#include "tests/unit/frontend/analysis_text.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

struct Row {
  std::string lines;
  Words found;
  std::string help = {};  // of the first
};

void check_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.lines);
    ReadText read = read_text(rule_with(row.lines));
    CHECK(found(read) == row.found);
    CHECK(read.pack.rules.size() == (read.diagnostics.has_errors() ? 0 : 1));
    if (!row.help.empty() && read.diagnostics.size() > 0) CHECK(read.diagnostics.all().front().help == row.help);
  }
}

}  // namespace

TEST_CASE("a rule with everything") {
  ReadText read = read_text(
      "AnalysisType: rule\n"
      "RuleID: Zendesk.NewAPIToken\n"
      "DisplayName: Zendesk API Token Created\n"
      "Enabled: false\n"
      "LogTypes: [Zendesk.Audit, Zendesk.AuditLogs]\n"
      "Severity: High\n"
      "Description: d\nReference: r\nRunbook: b\nCreatedBy: c\nStatus: Experimental\n"
      "Tags: [x, y]\n"
      "Reports:\n  MITRE ATT&CK: [TA0001:T1078, 5]\n"
      "SummaryAttributes: [p]\nOutputIds: [o]\nOutput: [q]\n"
      "DedupPeriodMinutes: 15\nThreshold: 3\nCreateAlert: false\n"
      "Use: [zendesk]\n"
      "Let: |\n  created = action eq \"create\"\n"
      "Condition: |\n  source_type eq \"api_token\"\n  created\n"
      "AlertTitle: \"{action} a token\"\nDedup: '{a}'\nAlertDescription: x\nAlertReference: x\nAlertRunbook: "
      "x\nUnique: '{u}'\n"
      "DynamicSeverity: if created then \"INFO\" else \"HIGH\"\n"
      "Destinations: '[\"a\"]'\n"
      "AlertContext: |\n  who: actor.name\n  action\n"
      "Tests:\n"
      "  - Name: created\n"
      "    ExpectedResult: true\n"
      "    Log: {\"action\": \"create\", \"n\": 12345678901234567890, \"l\": [1, null, {}]}\n"
      "    Mocks:\n      - objectName: created\n        returnValue: [1, {a: b}]\n"
      "    Now: 2026-01-31T12:00:00Z\n"
      "    ExpectedTitle: t\n    ExpectedSeverity: HIGH\n    ExpectedDedup: d\n    ExpectedContext: {a: 1}\n");
  CHECK(found(read) == Words{});
  REQUIRE(read.pack.rules.size() == 1);
  const Rule& rule = read.pack.rules[0];
  CHECK(rule.kind == RuleKind::rule);
  CHECK(rule.id.value == "Zendesk.NewAPIToken");
  CHECK(rule.source->text(rule.id.span) == "Zendesk.NewAPIToken");
  CHECK(rule.display_name == "Zendesk API Token Created");
  CHECK_FALSE(rule.enabled);
  CHECK(rule.severity.value == Severity::high);
  CHECK(rule.log_types.size() == 2);
  CHECK(rule.description + rule.reference + rule.runbook + rule.created_by + rule.status == "drbcExperimental");
  CHECK(rule.tags.size() == 2);
  REQUIRE(rule.reports.size() == 1);
  CHECK(rule.reports[0].framework.value == "MITRE ATT&CK");
  CHECK(rule.reports[0].items.at(1).value == "5");
  CHECK(rule.summary_attributes.size() + rule.output_ids.size() + rule.output.size() + rule.libraries.size() == 4);
  CHECK(rule.dedup_minutes.value == 15);
  CHECK(rule.threshold.value == 3);
  CHECK_FALSE(rule.create_alert);
  CHECK(rule.condition.lines.size() == 2);
  CHECK(rule.definitions.size() == 1);
  CHECK((rule.alert_title && rule.dedup && rule.alert_description && rule.alert_reference && rule.alert_runbook &&
         rule.unique));
  CHECK((rule.dynamic_severity && rule.destinations && rule.alert_context));
  REQUIRE(rule.tests.size() == 1);
  const RuleTest& test = rule.tests[0];
  CHECK(test.name.value == "created");
  CHECK(test.expected);
  CHECK(to_json(test.event) == R"({"action":"create","n":12345678901234567890,"l":[1,null,{}]})");
  REQUIRE(test.mocks.size() == 1);
  CHECK(to_json(test.mocks[0].value) == R"([1,{"a":"b"}])");
  REQUIRE(test.now);
  CHECK(test.now->value.microseconds == 1769860800000000);
  CHECK(test.expected_title->value == "t");
  CHECK(test.expected_severity->value == Severity::high);
  CHECK(test.expected_dedup->value == "d");
  CHECK(to_json(test.expected_context->value) == R"({"a":1})");
}

TEST_CASE("defaults are Panther's, and an empty Condition is true") {
  ReadText read = read_text(
      "AnalysisType: scheduled_rule\nRuleID: a\nEnabled: true\nScheduledQueries: [q]\nSeverity: Info\nCondition:\n");
  CHECK(found(read) == Words{});
  REQUIRE(read.pack.rules.size() == 1);
  const Rule& rule = read.pack.rules[0];
  CHECK(rule.kind == RuleKind::scheduled_rule);
  CHECK(rule.dedup_minutes.value == 60);
  CHECK(rule.threshold.value == 1);
  CHECK(rule.create_alert);
  CHECK(rule.condition.lines.empty());
  CHECK_FALSE(rule.alert_title);
}

TEST_CASE("a policy names resource types, or none") {
  ReadText read = read_text(
      "AnalysisType: policy\nPolicyID: AWS.S3.Logging\nEnabled: true\nSeverity: Low\nCondition: Logging is not null\n"
      "Tests:\n  - {Name: on, ExpectedResult: true, Resource: {Logging: 1}}\n  - {Name: off, ExpectedResult: false, "
      "Resource: {}, ExpectedTitle: x}\n");
  CHECK(found(read) == Words{});
  REQUIRE(read.pack.rules.size() == 1);
  CHECK(read.pack.rules[0].kind == RuleKind::policy);
  CHECK(read.pack.rules[0].log_types.empty());
  CHECK(read.pack.rules[0].tests.size() == 2);
}

TEST_CASE("unknown keys are offered the key that was meant, and then it is not missing") {
  check_rows({{"Displayname: x\n", {"unknown-key 7:1"}, "did you mean `DisplayName`?"},
              {"Treshold: 5\n", {"unknown-key 7:1"}, "did you mean `Threshold`?"},
              {"Zzzzz: 5\n", {"unknown-key 7:1"}, "take it out; a remark goes behind `#`"},
              {"Remember: [{Key: x}]\n", {"not-a-mapping 7:11"}, ""},
              {"Remember: {}\n", {"missing-key 7:11"}, "write `Key: …`, a text"},
              {"Remember: {Key: ''}\n",
               {"bad-value 7:17"},
               "say what is remembered, and of whom: `regions of {userIdentity.arn}`"},
              {"Remember: {Key: x, Until: 1h}\n", {"unknown-key 7:20"}, ""},
              {"Remember: {Key: x, When: a eq}\n", {"missing-operand 7:28"}, ""},
              {"Remember: {Key: x, For: 0s}\n", {"bad-value 7:25"}, "write it like `30m`, `12h` or `7d`"},
              {"Remember: {Key: x, For: soon}\n", {"bad-value 7:25"}, "write it like `30m`, `12h` or `7d`"},
              {"Remember: {Key: x, For: 60}\n", {"wrong-type 7:25"}, "write it like `30m`, `12h` or `7d`"}});
  ReadText read = read_text("AnalysisType: rule\nRuleId: a\nEnable: true\nLogType: [x]\nSeverty: High\nCondtion: a\n");
  CHECK(found(read) ==
        Words{"unknown-key 2:1", "unknown-key 3:1", "unknown-key 4:1", "unknown-key 5:1", "unknown-key 6:1"});
  ReadText one = read_text(rule_with("Displayname: x\n"));
  CHECK(fixed(one) == rule_with("DisplayName: x\n"));
}

TEST_CASE("missing keys point at the AnalysisType") {
  ReadText read = read_text("DisplayName: x\nAnalysisType: rule\n");
  CHECK(found(read) ==
        Words{"missing-key 2:15", "missing-key 2:15", "missing-key 2:15", "missing-key 2:15", "missing-logic 2:15"});
  ReadText scheduled =
      read_text("AnalysisType: scheduled_rule\nRuleID: a\nEnabled: true\nSeverity: Low\nCondition: a\n");
  CHECK(found(scheduled) == Words{"missing-key 1:15"});
}

TEST_CASE("wrong types and values point at the value, with a fix") {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"CreateAlert: yes\n", "CreateAlert: true\n"},
      {"CreateAlert: \"false\"\n", "CreateAlert: false\n"},
      {"DedupPeriodMinutes: \"60\"\n", "DedupPeriodMinutes: 60\n"},
      {"Description: 5\n", "Description: \"5\"\n"},
      {"Tags: a b\n", "Tags: [a b]\n"},
      {"Tags: [true]\n", "Tags: [\"true\"]\n"},
  };
  for (const auto& [wrong, right] : rows) {
    CAPTURE(wrong);
    ReadText read = read_text(rule_with(wrong));
    REQUIRE(read.diagnostics.size() == 1);
    CHECK(read.diagnostics.all()[0].code == Code::wrong_type);
    CHECK(fixed(read) == rule_with(right));
    ReadText again = read_text(fixed(read));
    CHECK(found(again) == Words{});
  }
  check_rows({{"Description:\n", {"wrong-type 7:1"}},
              {"Threshold: 1.5\n", {"wrong-type 7:12"}},
              {"Reports: [a]\n", {"not-a-mapping 7:10"}},
              {"Reports: {A: b}\n", {"wrong-type 7:14"}},
              {"Tests: {Name: a}\n", {"wrong-type 7:8"}},
              {"AlertContext: {a: b}\n", {"wrong-type 7:15"}, "put a text that begins with `{` in quotes"},
              {"Dedup: [a]\n", {"wrong-type 7:8"}},
              {"Threshold: -1\n", {"bad-value 7:12"}},
              {"DedupPeriodMinutes: -5\n", {"bad-value 7:21"}},
              {"DisplayName: a<b\n", {"bad-id 7:15"}},
              {"DisplayName: \"a\\u0025b\"\n", {"bad-id 7:16"}},
              {"DisplayName: ''\n", {"bad-id 7:14"}}});
}

TEST_CASE("severities are title case; other cases have a fix") {
  for (const std::string word : {"HIGH", "high", "hIGH"}) {
    std::string text = rule_with("");
    ReadText read = read_text(text.replace(text.find("High"), 4, word));
    CHECK(found(read) == Words{"bad-value 5:11"});
    CHECK(fixed(read) == rule_with(""));
  }
  std::string text = rule_with("");
  ReadText typo = read_text(text.replace(text.find("High"), 4, "Hihg"));
  CHECK(found(typo) == Words{"bad-value 5:11"});
  CHECK(fixed(typo) == rule_with(""));
}

TEST_CASE("lists that are sets have each item once; tags whatever their case") {
  check_rows({{"OutputIds: [a, b, a]\n", {"duplicate-item 7:19"}},
              {"OutputIds: [a, A]\n", {}},
              {"Tags: [Aws, b, AWS]\n", {"duplicate-item 7:16"}},
              {"Tags:\n", {}}});
}

TEST_CASE("values without effect are warnings") {
  check_rows({{"DedupPeriodMinutes: 0\n", {"ignored-value 7:21"}},
              {"DedupPeriodMinutes: 3\n", {"ignored-value 7:21"}},
              {"DedupPeriodMinutes: 5\n", {}},
              {"Threshold: 0\n", {"ignored-value 7:12"}},
              {"InlineFilters: [{All: []}]\n", {}}});
  CHECK(read_text(rule_with("DedupPeriodMinutes: 3\n")).pack.rules.at(0).dedup_minutes.value == 5);
  CHECK(read_text(rule_with("DedupPeriodMinutes: 0\n")).pack.rules.at(0).dedup_minutes.value == 60);
}

TEST_CASE("kinds of logic exclude each other") {
  check_rows({{"Detection: []\n", {"conflicting-keys 7:1"}},
              {"Filename: a.py\n", {"conflicting-keys 7:1"}},
              {"BaseDetection: b\n", {"conflicting-keys 7:1"}},
              {"ScheduledQueries: [q]\n", {"conflicting-keys 7:1"}}});
}

TEST_CASE("rules that are not ours are passed over with a note; Python is an error if strict") {
  const std::string python = "AnalysisType: rule\nRuleID: a\nWhatever: 1\nFilename: a.py\n";
  ReadText read = read_text(python);
  CHECK(found(read) == Words{"python-rule 4:11"});
  CHECK_FALSE(read.diagnostics.has_errors());
  CHECK(read.pack.skipped_rules == 1);
  ReadText strict = read_text(python, true);
  CHECK(strict.diagnostics.has_errors());
  ReadText derived = read_text("AnalysisType: rule\nRuleID: a\nBaseDetection: b\n");
  CHECK(found(derived) == Words{"unknown-base 3:16"});
  CHECK(derived.pack.skipped_rules == 0);
  CHECK(derived.pack.broken_ids == Words{"a"});
  for (const std::string kind : {"global", "saved_query", "scheduled_query", "scheduled_prompt"}) {
    ReadText other = read_text("AnalysisType: " + kind + "\nAnything: 1\n");
    CHECK(found(other) == Words{"unsupported-analysis 1:15"});
    CHECK(other.pack.skipped_rules == 0);
  }
}

TEST_CASE("kinds of files") {
  ReadText typo = read_text("AnalysisType: rul\n");
  CHECK(found(typo) == Words{"unknown-analysis-type 1:15"});
  CHECK(fixed(typo) == "AnalysisType: rule\n");
  ReadText number = read_text("AnalysisType: 5\n");
  CHECK(found(number) == Words{"wrong-type 1:15"});
  for (const std::string text : {"a: 1\n", "- a\n", "", "text\n"}) {
    ReadText none = read_text(text);
    CHECK(found(none) == Words{"not-analysis 1:1"});
    CHECK_FALSE(none.diagnostics.has_errors());
    CHECK(none.pack.sources.empty());
  }
}

TEST_CASE("a file that lacks its AnalysisType and means to be an analysis is no other file") {
  ReadText typo = read_text("AnalysisTyp: rule\nRuleID: a\n");
  CHECK(found(typo) == Words{"unknown-key 1:1"});
  CHECK(fixed(typo) == "AnalysisType: rule\nRuleID: a\n");
  ReadText cased = read_text("RuleID: a\nanalysistype: rule\n");
  CHECK(found(cased) == Words{"unknown-key 2:1"});
  for (const std::string id : {"RuleID", "PolicyID", "DefinitionsID", "DataModelID", "LookupName", "PackID"}) {
    ReadText missing = read_text("Enabled: true\n" + id + ": a\n");
    CHECK(found(missing) == Words{"missing-key 2:1"});
    CHECK(missing.diagnostics.has_errors());
  }
}

TEST_CASE("an item that is not there is pointed at by its dash") {
  ReadText read = read_text(
      "AnalysisType: rule\nRuleID: a\nEnabled: true\nLogTypes: [T]\nSeverity: Low\nTags:\n  - a\n  -\nDetection:\n"
      "  - Key: a\n    Condition: Exists\n  -\nTests:\n  -\n");
  CHECK(found(read) == Words{"wrong-type 8:3", "not-a-mapping 12:3", "not-a-mapping 14:3"});
}

TEST_CASE("mistakes in texts point into the file, whatever the YAML style") {
  const std::string head = "AnalysisType: rule\nRuleID: a\nEnabled: true\nLogTypes: [l]\nSeverity: Low\n";
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"Condition: a eqq 1\n", "6:14"},
      {"Condition: \"a eqq 1\"\n", "6:15"},
      {"Condition: 'a eqq 1'\n", "6:15"},
      {"Condition: |\n  b\n  a eqq 1\n", "8:5"},
      {"Condition: >-\n  b and\n  a eqq 1\n", "8:5"},
      {"Condition: \"b eq \\\"x\\\"\\n\\\n   a eqq 1\"\n", "7:6"},
      {"Condition: b and\n   a eqq 1\n", "7:6"},
      {"Condition: |2\n     b\n  a eqq 1\n", "8:5"},
      {"Condition: \"\\u00e9 eqq 1\"\n", "6:13"},
  };
  for (const auto& [lines, place] : rows) {
    for (const bool windows : {false, true}) {
      std::string text;
      for (const char c : head + lines) text += windows && c == '\n' ? "\r\n" : std::string(1, c);
      CAPTURE(text);
      ReadText read = read_text(text);
      REQUIRE(read.diagnostics.size() >= 1);
      const std::string first = found(read).front();
      CHECK(first.substr(first.find(' ') + 1) == place);
    }
  }
  ReadText flow =
      read_text("{AnalysisType: rule, RuleID: a, Enabled: true, LogTypes: [l], Severity: Low,\n Condition: a eqq 1}\n");
  CHECK(found(flow) == Words{"unknown-operator 2:15"});
}

TEST_CASE("duplicate keys do not hide what else is wrong") {
  ReadText read = read_text(rule_with("Severity: Low\nTreshold: 1\n"));
  CHECK(found(read) == Words{"duplicate-key 7:1", "unknown-key 8:1"});
  CHECK(read.pack.rules.empty());
}
