// Formats of alerts: what each writes of a rich alert, of its update and of a sparse one, as files; and that what they
// write keeps to the schemas they name.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/alert/alert_format.hpp"
#include "engine/alert/product.hpp"
#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

using Json = nlohmann::ordered_json;

const std::string alert_folder = std::string(PICKET_PROJECT_DIR) + "/tests/golden/alert/";

Alert rich() {
  auto rule = std::make_shared<RuleFacts>();
  rule->id = "AWS.Root.Login";
  rule->display_name = "Root has logged in";
  rule->tags = {"Cloud", "Identity"};
  rule->reports = {{"CIS", {"1.1"}}, {"MITRE ATT&CK", {"TA0001:T1078.004", "TA0003:T1136"}}};
  rule->attack = {{"TA0001", "Initial Access", "T1078.004", "Valid Accounts: Cloud Accounts"},
                  {"TA0003", "Persistence", "T1136", "Create Account"}};
  rule->threshold = 2;
  rule->unique = true;
  rule->severity = Severity::medium;
  rule->description = "The root user has logged in.";
  rule->reference = "https://example.com/root";
  rule->rules_version = "4f1c09ab";
  Alert alert;
  alert.id = "0123456789abcdef0123456789abcdef";
  alert.rule = rule;
  alert.texts.title = "Root of 123456789012\n\"quoted\" \u20ac";
  alert.texts.dedup = "123456789012";
  alert.texts.severity = Severity::critical;
  alert.texts.description = "Somebody is root.";
  alert.texts.reference = "https://example.com/root";
  alert.texts.runbook = "Ask who it was.";
  alert.texts.destinations = std::vector<std::string>{"on-call"};
  alert.texts.context = Object{{"ip", Value("1.2.3.4")}, {"mfa", Value(false)}};
  alert.matches = 2;
  alert.distinct = 2;
  alert.window_start = {1'769'860'800'000'000};
  alert.window_end = {1'769'864'400'000'000};
  alert.first_event = alert.window_start;
  alert.last_event = Time{1'769'860'801'500'000};
  alert.sample = {.log_type = "AWS.CloudTrail",
                  .time = alert.window_start,
                  .place = {.input = "logs/a.jsonl", .offset = 512, .line = 2},
                  .event = Object{{"eventName", Value("ConsoleLogin")}, {"n", Value(1)}, {"none", Value()}}};
  return alert;
}

// As the passing of time brings it about: without an event.
Alert rich_update() {
  Alert update = rich();
  update.status = AlertStatus::updated;
  update.revision = 3;
  update.final = true;
  update.matches = 5;
  update.last_event = Time{1'769'862'000'000'000};
  const AlertTexts texts = update.texts;
  update.texts = {};
  update.texts.title = texts.title;
  update.texts.dedup = texts.dedup;
  update.texts.severity = texts.severity;
  update.sample.reset();
  return update;
}

Alert sparse() {
  auto rule = std::make_shared<RuleFacts>();
  rule->id = "Bare";
  rule->rules_version = "1";
  Alert alert;
  alert.id = "fedcba9876543210fedcba9876543210";
  alert.rule = rule;
  alert.texts.title = "Bare";
  alert.texts.dedup = "defaultDedupString:Bare";
  alert.texts.context = Object{};
  alert.window_start = {1'769'860'800'000'000};
  alert.window_end = {1'769'864'400'000'000};
  alert.sample = {.log_type = {}, .time = {}, .place = {.input = "<stdin>"}, .event = Object{}};
  return alert;
}

struct Case {
  std::string name;
  Alert alert;
};

std::vector<Case> alert_cases() {
  return {{"rich_created", rich()}, {"rich_updated", rich_update()}, {"sparse_created", sparse()}};
}

std::string written(const AlertFormat& format, const Alert& alert) {
  std::string line;
  format.write(line, alert);
  return line;
}

// The value at "a.b.c", where `[]` behind a key means each item of a list; none if a part of the path is not there.
std::vector<Json> values_at(const Json& value, const std::string& path) {
  if (path.empty()) return {value};
  const std::size_t dot = path.find('.');
  std::string key = path.substr(0, dot);
  const std::string rest = dot == std::string::npos ? "" : path.substr(dot + 1);
  const bool each = key.ends_with("[]");
  if (each) key.erase(key.size() - 2);
  if (!value.is_object() || !value.contains(key)) return {};
  if (!each) return values_at(value.at(key), rest);
  std::vector<Json> all;
  for (const Json& item : value.at(key)) {
    for (Json& found : values_at(item, rest)) all.push_back(std::move(found));
  }
  return all;
}

bool is_of_type(const Json& value, const std::string& type) {
  if (type == "integer") return value.is_number_integer();
  if (type == "string") return value.is_string() && !value.get<std::string>().empty();
  if (type == "boolean") return value.is_boolean();
  if (type == "object") return value.is_object();
  if (type == "list") return value.is_array();
  if (type == "strings") {
    return value.is_array() && std::all_of(value.begin(), value.end(), [](const Json& v) { return v.is_string(); });
  }
  // Milliseconds since 1970: of a year that a slip of the unit does not give.
  constexpr std::int64_t year_2000 = 946'684'800'000;
  constexpr std::int64_t year_2100 = 4'102'444'800'000;
  if (type == "milliseconds") return value.is_number_integer() && value > year_2000 && value < year_2100;
  FAIL("no type: " + type);
  return false;
}

// The paths of all that an object holds, but for what lies within those that are free: "a", "a.b", "a.list[].c".
void collect_paths(const Json& value, const std::string& path, const std::set<std::string>& free,
                   std::set<std::string>& paths) {
  if (free.contains(path)) return;
  if (value.is_array()) {
    for (const Json& item : value) collect_paths(item, path + "[]", free, paths);
  }
  if (!value.is_object()) return;
  for (const auto& [key, item] : value.items()) {
    std::string inner = path.empty() ? key : path + "." + key;
    collect_paths(item, inner, free, paths);
    paths.insert(std::move(inner));
  }
}

// What the file asks of each attribute: its type, whether it must be there (for a part of an object: where the object
// is), the values that it may have. An attribute that the file does not name may not be there.
void check_attributes(const std::string& file, const std::string& format) {
  const Json asked = Json::parse(read_file(alert_folder + file));
  REQUIRE(asked.at("attributes").size() > 10);
  std::set<std::string> known;
  std::set<std::string> free;
  for (const Json& attribute : asked.at("attributes")) {
    known.insert(attribute.at("path").get<std::string>());
    if (attribute.value("free", false)) free.insert(attribute.at("path").get<std::string>());
  }
  for (const Case& one : alert_cases()) {
    const Json alert = Json::parse(written(line_format(format), one.alert));
    std::set<std::string> paths;
    collect_paths(alert, "", free, paths);
    for (const std::string& path : paths) {
      INFO(format << " " << one.name << " has " << path);
      CHECK(known.contains(path));
    }
    for (const Json& attribute : asked.at("attributes")) {
      const auto path = attribute.at("path").get<std::string>();
      INFO(format << " " << one.name << ": " << path);
      const std::vector<Json> values = values_at(alert, path);
      if (attribute.value("required", false)) {
        const std::size_t dot = path.rfind('.');
        const std::size_t owners = dot == std::string::npos ? 1 : values_at(alert, path.substr(0, dot)).size();
        CHECK(values.size() == owners);
      }
      for (const Json& value : values) {
        CHECK(is_of_type(value, attribute.at("type").get<std::string>()));
        if (attribute.contains("values")) {
          const Json& allowed = attribute.at("values");
          CHECK(std::find(allowed.begin(), allowed.end(), value) != allowed.end());
        }
      }
    }
  }
}

}  // namespace

TEST_CASE("every format writes what its golden files show") {
  for (const AlertFormat& format : alert_formats()) {
    for (const Case& one : alert_cases()) {
      const std::string file = one.name + "." + std::string(format.name) + ".json";
      INFO(file);
      const std::string line = written(format, one.alert);
      CHECK(line.find('\n') == std::string::npos);
      std::string shown = Json::parse(line).dump(2) + "\n";
      const std::string version = R"("version": ")" + std::string(product_version()) + "\"";
      if (const std::size_t at = shown.find(version); at != std::string::npos) {
        shown.replace(at, version.size(), R"("version": "PICKET")");
      }
      CHECK(shown == read_file(alert_folder + file));
    }
  }
}

TEST_CASE("ocsf: all that the schema requires is there, of the types it names") {
  check_attributes("ocsf_attributes.json", "ocsf");
  for (const Case& one : alert_cases()) {
    const Json alert = Json::parse(written(line_format("ocsf"), one.alert));
    CHECK(alert.at("type_uid") == 100 * alert.at("class_uid").get<int>() + alert.at("activity_id").get<int>());
    CHECK(alert.at("activity_id") == (one.alert.status == AlertStatus::created ? 1 : 2));
    for (const Json& attack : values_at(alert, "finding_info.attacks[]")) {
      CHECK((attack.contains("tactic") || attack.contains("technique") || attack.contains("sub_technique")));
    }
  }
}

TEST_CASE("ecs: fields are of the types that the schema names") { check_attributes("ecs_fields.json", "ecs"); }

TEST_CASE("a severity has a number in every format that wants one") {
  const std::vector<Severity> all = {Severity::info, Severity::low, Severity::medium, Severity::high,
                                     Severity::critical};
  for (std::size_t i = 0; i < all.size(); ++i) {
    Alert alert = sparse();
    alert.texts.severity = all[i];
    CHECK(Json::parse(written(line_format("ocsf"), alert)).at("severity_id") == i + 1);
    CHECK(Json::parse(written(line_format("ecs"), alert)).at("event").at("severity") == i + 1);
  }
}

}  // namespace picket::tests
