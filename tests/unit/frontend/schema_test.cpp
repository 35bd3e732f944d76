// The schema and the loader accept and reject the same files: all that we ship, and thousands of broken ones.
#include "engine/frontend/schema.hpp"

#include <array>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "engine/event/json.hpp"
#include "engine/frontend/keys.hpp"
#include "engine/pack/pack.hpp"
#include "engine/pack/read_file.hpp"
#include "tests/catch.hpp"
#include "tests/unit/frontend/schema_validator.hpp"

namespace picket::tests {
namespace {

// What a schema can see. Other errors are of texts in the detection language, or of what occurs twice.
const std::set<Code> visible = {Code::missing_key,           Code::unknown_key,       Code::wrong_type,
                                Code::not_a_mapping,         Code::bad_value,         Code::bad_id,
                                Code::duplicate_item,        Code::missing_logic,     Code::conflicting_keys,
                                Code::unknown_analysis_type, Code::unknown_condition, Code::misplaced_condition,
                                Code::wrong_operand,         Code::bad_severity};

// The first visible error of the loader; empty if there is none.
std::string refused(const SourcePtr& source) {
  Diagnostics diagnostics;
  static_cast<void>(load_sources({source}, {}, diagnostics));
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.level == Level::error && visible.contains(diagnostic.code)) {
      return std::string(row_of(diagnostic.code).word) + ": " + diagnostic.message;
    }
  }
  return {};
}

Value value_of(const SourcePtr& source) {
  Diagnostics diagnostics;
  const yaml::NodePtr root = yaml::load(source, diagnostics);
  REQUIRE(root != nullptr);
  return root->value();
}

struct Agreement {
  Value schema = analysis_schema();
  std::size_t accepted = 0;
  std::size_t refused = 0;

  void check(const SourcePtr& source) {
    const std::string by_loader = tests::refused(source);
    const std::string by_schema = violation_of(value_of(source), schema);
    if (by_loader.empty() != by_schema.empty()) {
      INFO(source->text());
      INFO("the loader says `" << by_loader << "`, the schema `" << by_schema << "`");
      CHECK(by_loader.empty() == by_schema.empty());
    }
    ++(by_loader.empty() ? accepted : refused);
  }
  void check(const Value& file) { check(std::make_shared<const Source>("file.yml", to_json(file))); }
};

Value file(std::string_view json) {
  auto read = read_json(json);
  REQUIRE(std::holds_alternative<Value>(read));
  return std::get<Value>(std::move(read));
}

// A good file of each kind, with most of its keys.
std::vector<Value> good_files() {
  return {
      file(R"({"AnalysisType": "rule", "RuleID": "A.B", "DisplayName": "n", "Enabled": true, "LogTypes": ["T"],
        "Severity": "High", "Status": "s", "CreatedBy": "c", "BaseVersion": 1, "Description": "d", "Runbook": "r",
        "Reference": "r", "Reports": {"MITRE ATT&CK": ["TA0001:T1078", 5]}, "Tags": ["a", "b"], "Use": [],
        "Let": "x = 1", "Condition": "a eq x", "InlineFilters": [],
        "Remember": {"Key": "k {a}", "Value": "a", "When": "a eq 1", "For": "1h"}, "AlertTitle": "t", "DynamicSeverity": "\"LOW\"",
        "Dedup": "d", "DedupPeriodMinutes": 60, "Threshold": 1, "Unique": "u", "AlertContext": "a: b",
        "Destinations": "[\"x\"]", "OutputIds": ["a"], "CreateAlert": true, "Output": ["a"], "SummaryAttributes": ["a"],
        "Tests": [{"Name": "n", "ExpectedResult": true, "LogType": "T",
          "Log": {"a": 1, "more": [null], "_mocked_lookup_data_": {"t": {"k": {"v": 1}}}},
          "Mocks": [{"objectName": "x", "returnValue": 2}], "Now": "2026-01-31T12:00:00Z",
          "Memory": {"k 1": 1}, "ExpectedMemory": {"k 1": null}, "At": [0, 1.5, "2026-01-31T12:00:00Z"], "ExpectedAlerts": 1, "ExpectedTitle": "t",
          "ExpectedSeverity": "low", "ExpectedDedup": "d", "ExpectedContext": {"a": null}}]})"),
      file(R"({"AnalysisType": "rule", "RuleID": "A.D", "Enabled": true, "LogTypes": ["T"], "Severity": "High",
        "Detection": [{"Key": "a", "Condition": "Equals", "Value": 5},
          {"Any": [{"DeepKey": ["a", 0], "Condition": "IsIn", "Values": ["x", "y"]}, {"Condition": "AlwaysTrue"}]},
          {"KeyPath": "a", "Condition": "AnyElement", "Expressions": [{"Key": "b", "Condition": "Exists"}]},
          {"Enrichment": {"Table": "t", "Selector": "s", "FieldPath": "f"}, "Condition": "StartsWith", "Value": "x"},
          {"Condition": "IsGreaterThan", "Values": [{"Key": "a"}, {"DeepKey": ["b"]}]}],
        "InlineFilters": [{"KeyPath": "a", "Condition": "IsLessThan", "Value": 5}, {"All": []}],
        "AlertContext": [{"KeyName": "n", "KeyValue": {"Key": "a"}}], "GroupBy": [{"Key": "a"}],
        "DynamicSeverities": [{"ChangeTo": "low", "Conditions": [{"Key": "a", "Condition": "IsNull"}]}]})"),
      file(R"({"AnalysisType": "scheduled_rule", "RuleID": "A", "Enabled": false, "ScheduledQueries": ["Q"],
        "Severity": "Info", "Condition": "a"})"),
      file(R"({"AnalysisType": "policy", "PolicyID": "P", "Enabled": true, "ResourceTypes": ["R"], "Severity": "Low",
        "Condition": "a", "Suppressions": ["s"], "ActionDelaySeconds": 5, "AutoRemediationID": "x",
        "AutoRemediationParameters": {"x": 1},
        "Tests": [{"Name": "n", "ExpectedResult": true, "Resource": {"a": 1}, "ResourceType": "R"}]})"),
      file(R"({"AnalysisType": "rule", "RuleID": "Py", "Enabled": true, "LogTypes": ["T"], "Severity": "High",
        "Filename": "py.py"})"),
      file(R"({"AnalysisType": "definitions", "DefinitionsID": "lib", "Description": "d", "Reference": "r",
        "Tags": ["a"], "Use": ["other"], "Let": "x = 1"})"),
      file(R"({"AnalysisType": "datamodel", "DataModelID": "M", "DisplayName": "n", "Enabled": true, "LogTypes": ["T"],
        "Mappings": [{"Name": "user", "Path": "a.b"}, {"Name": "ip", "Expression": "a"}]})"),
      file(R"({"AnalysisType": "pack", "PackID": "P", "DisplayName": "n", "Description": "d",
        "PackDefinition": {"IDs": ["A", "B"]}})"),
      file(R"({"AnalysisType": "rule", "RuleID": "A.D", "BaseDetection": "A.B", "Enabled": true, "Severity": "High",
        "DisplayName": "n", "Status": "s", "Tags": ["a"], "Threshold": 1, "Dedup": "d", "CreateAlert": true,
        "InlineFilters": [{"KeyPath": "a", "Condition": "IsLessThan", "Value": 5}],
        "Tests": [{"Name": "n", "ExpectedResult": true, "Log": {"a": 1}}]})"),
      file(R"({"AnalysisType": "lookup_table", "LookupName": "x", "Enabled": true, "Filename": "x.csv", "Schema": "S",
        "Description": "d", "Reference": "r", "BaseVersion": 1, "LogTypeMap": {"PrimaryKey": "k",
          "AssociatedLogTypes": [{"LogType": "T", "Selectors": ["$.a.b", "c"]}, {"LogType": "U"}]}})"),
      file(R"({"AnalysisType": "lookup_table", "LookupName": "x", "Enabled": true, "Refresh": {"PeriodMinutes": 5},
        "Query": "select 1", "LogTypeMap": {"PrimaryKey": "k"}})"),
      file(R"({"AnalysisType": "saved_query", "QueryName": "x", "Anything": [1]})"),
  };
}

const std::vector<Value>& replacements() {
  static const std::vector<Value> values = {
      Value(),
      true,
      0,
      5,
      -1,
      1.5,
      "",
      "word",
      "a<b",
      "HIGH",
      "High",
      "if",
      "2026-01-31",
      "2026-13-31",
      "2026-01-31T24:00:00Z",
      "2026-01-31 12:00",
      "2026-01-31 12:00:00.5+02:00",
      List{},
      List{"a"},
      List{"a", "a"},
      List{1},
      List{Object{}},
      Object{},
      Object{{"a", List{"b"}}},
      Object{{"a", 1}},
  };
  return values;
}

// Calls take(mutant) for every way to break one thing in a part; `rebuild` makes a file of the part again.
using Rebuild = std::function<Value(const Value&)>;
void mutate(const Value& part, const Rebuild& rebuild, const std::function<void(const Value&)>& take) {
  for (const Value& value : replacements()) take(rebuild(value));
  if (const List* list = part.list()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      const auto with_item = [&, i](const Value& item) {
        List changed = *list;
        changed[i] = item;
        return rebuild(std::move(changed));
      };
      mutate((*list)[i], with_item, take);
    }
  }
  const Object* object = part.object();
  if (object == nullptr) return;
  Object more = *object;
  more.set("NoSuchKey", 1);
  take(rebuild(std::move(more)));
  for (const char* key : {"Detection", "Filename", "BaseDetection", "LogTypes", "ScheduledQueries", "Log", "Resource",
                          "Path", "Expression", "Method", "Enabled", "Severity", "Condition"}) {
    Object with_key = *object;
    with_key.set(
        key, std::string(key) == "LogTypes" || std::string(key) == "ScheduledQueries" ? Value(List{"T"}) : Value("x"));
    take(rebuild(std::move(with_key)));
  }
  for (const auto& [key, item] : object->entries()) {
    Object without;
    Object renamed;
    for (const auto& [other, value] : object->entries()) {
      if (other != key) without.set(other, value);
      renamed.set(other == key ? other + "s" : other, value);
    }
    take(rebuild(std::move(without)));
    take(rebuild(std::move(renamed)));
    const auto with_value = [&object, name = key, &rebuild](const Value& value) {
      Object changed = *object;
      changed.set(name, value);
      return rebuild(std::move(changed));
    };
    mutate(item, with_value, take);
  }
}

}  // namespace

TEST_CASE("the schema accepts every file that the loader accepts, and no other") {
  Agreement agreement;
  for (const Value& good : good_files()) {
    agreement.check(good);
    mutate(
        good, [](const Value& whole) { return whole; },
        [&](const Value& mutant) {
          // Without an AnalysisType, a file is none of ours: nothing is held against it, and no schema chosen for it.
          const Object* object = mutant.object();
          if (object != nullptr && object->find_exact("AnalysisType") != nullptr) agreement.check(mutant);
        });
  }
  CHECK(agreement.accepted > 300);
  CHECK(agreement.refused > 2000);
}

TEST_CASE("the schema and the loader agree about the files that we ship") {
  Agreement agreement;
  Diagnostics diagnostics;
  const std::string root = PICKET_PROJECT_DIR;
  for (const std::string& path : discover({root + "/rules"}, diagnostics)) {
    agreement.check(read_file(path, yaml::Limits{}.bytes, diagnostics));
  }
  CHECK(agreement.accepted >= 90);
  CHECK(agreement.refused == 0);
  // What occurs twice by name, or in another case, is beyond a schema; so are paths, and times in any mapping.
  const std::set<std::string> beyond = {"duplicate_mock.yml",
                                        "duplicate_tag.yml",
                                        "mapping_twice.yml",
                                        "correlation_item_twice.yml",
                                        "correlation_bad_path.yml",
                                        "correlation_test_times.yml",
                                        "correlation_transitions_in_group.yml"};
  for (const std::string& path : discover({root + "/tests/golden/broken/format"}, diagnostics)) {
    if (beyond.contains(std::filesystem::path(path).filename().string())) continue;
    const SourcePtr source = read_file(path, yaml::Limits{}.bytes, diagnostics);
    const Value value = value_of(source);
    const Object* object = value.object();
    if (object != nullptr && object->find_exact("AnalysisType") != nullptr) agreement.check(source);
  }
  CHECK(agreement.refused > 20);
  CHECK_FALSE(diagnostics.has_errors());
}

TEST_CASE("every key of the table is in the schema, with what it means") {
  const Value schema = analysis_schema();
  const std::string text = to_json(schema);
  for (const KeyRow& row : key_rows()) {
    if (row.key == "BaseDetection") continue;  // an error beside a Condition
    INFO(row.key);
    CHECK(text.find(to_json(std::string(row.key)) + ":{\"description\":" + to_json(std::string(row.meaning))) !=
          std::string::npos);
  }
}

TEST_CASE("the schema tells defaults") {
  const std::string text = to_json(analysis_schema());
  CHECK(text.find(R"("minimum":0,"maximum":100000000,"default":60)") != std::string::npos);
  CHECK(text.find(R"("minimum":0,"maximum":9223372036854775807,"default":1})") != std::string::npos);
}

}  // namespace picket::tests
