// Alerts of the shipped rules over the shipped samples: valid by the schema that `picket schema --alert` prints, and
// one line of JSON for each in every other format.
#include <algorithm>
#include <cstdint>
#include <regex>

#include "engine/event/time.hpp"
#include "tests/catch.hpp"
#include "tests/front_door/run_fixture.hpp"

namespace picket::tests {
namespace {

using Json = nlohmann::json;

bool is_of_type(const Json& value, const std::string& type) {
  if (type == "null") return value.is_null();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "integer") return value.is_number_integer();
  if (type == "array") return value.is_array();
  return type == "object" && value.is_object();
}

bool has_type(const Json& value, const Json& type) {
  if (type.is_string()) return is_of_type(value, type);
  return std::any_of(type.begin(), type.end(), [&](const Json& one) { return is_of_type(value, one); });
}

bool keeps_to(const Json& value, const std::string& keyword, const Json& asked) {
  if (keyword == "type") return has_type(value, asked);
  if (keyword == "enum") return std::find(asked.begin(), asked.end(), value) != asked.end();
  if (keyword == "pattern") return std::regex_search(value.get<std::string>(), std::regex(asked.get<std::string>()));
  if (keyword == "minimum") return value.is_null() || value.get<std::int64_t>() >= asked.get<std::int64_t>();
  if (keyword == "format") return value.is_null() || parse_time(value.get<std::string>()).has_value();
  if (keyword == "required") {
    return std::all_of(asked.begin(), asked.end(),
                       [&](const Json& key) { return value.contains(key.get<std::string>()); });
  }
  return keyword == "$schema" || keyword == "title";
}

// Where a value is not what the schema asks, in words; empty if it is. Knows the keywords of draft-07 that the schema
// of alerts uses, and takes any other for a fault.
std::string fault_of(const Json& value, const Json& schema, const std::string& at) {
  if (schema.is_boolean()) return schema.get<bool>() ? "" : at + " is not allowed";
  const Json properties = schema.value("properties", Json::object());
  for (const auto& [keyword, asked] : schema.items()) {
    if (keyword == "properties" || keyword == "additionalProperties") {
      if (!value.is_object()) continue;
      for (const auto& [key, item] : value.items()) {
        const bool named = properties.contains(key);
        if (named != (keyword == "properties")) continue;
        if (auto fault = fault_of(item, named ? properties.at(key) : asked, at + "/" + key); !fault.empty())
          return fault;
      }
    } else if (keyword == "items") {
      if (!value.is_array()) continue;
      for (const Json& item : value) {
        if (auto fault = fault_of(item, asked, at + "/[]"); !fault.empty()) return fault;
      }
    } else if (!keeps_to(value, keyword, asked)) {
      return at + " breaks " + keyword + " " + asked.dump() + ": " + value.dump();
    }
  }
  return {};
}

// Every sample twice, so that alerts are told again.
std::vector<std::string> over_samples(const std::string& format) {
  const std::string rules = std::string(PICKET_PROJECT_DIR) + "/rules";
  std::vector<std::string> arguments = {"run", "-q", "--rules", rules, "--format", format};
  for (const std::string pack : {"aws_cloudtrail", "windows", "zendesk"}) {
    arguments.insert(arguments.end(), 2, rules + "/" + pack + "/samples");
  }
  return arguments;
}

}  // namespace

TEST_CASE("alerts of the shipped rules are valid by the schema of alerts") {
  const Json schema = Json::parse(picket({"schema", "--alert"}).out);
  const std::vector<Json> alerts = json_lines(picket(over_samples("jsonl")).out);
  const auto updates =
      std::count_if(alerts.begin(), alerts.end(), [](const Json& a) { return a.at("status") == "updated"; });
  CHECK(updates > 0);
  CHECK(static_cast<std::size_t>(updates) < alerts.size());
  for (const Json& alert : alerts) CHECK(fault_of(alert, schema, "") == "");
}

TEST_CASE("the schema of alerts finds what is wrong with one") {
  const Json schema = Json::parse(picket({"schema", "--alert"}).out);
  const Json sound = json_lines(picket(over_samples("jsonl")).out).at(0);
  const auto broken = [&](const std::string& key, const Json& value) {
    Json alert = sound;
    alert[key] = value;
    return !fault_of(alert, schema, "").empty();
  };
  CHECK(broken("alert_id", "4F"));
  CHECK(broken("status", "closed"));
  CHECK(broken("severity", "HIGH"));
  CHECK(broken("revision", 0));
  CHECK(broken("final", nullptr));
  CHECK(broken("window_start", "yesterday"));
  CHECK(broken("tags", Json::array({1})));
  CHECK(broken("reports", Json{{"MITRE ATT&CK", "TA0001"}}));
  CHECK(broken("attack", Json::array({Json::object()})));
  CHECK(broken("more", 1));
  Json less = sound;
  less.erase("event");
  CHECK_FALSE(fault_of(less, schema, "").empty());
}

TEST_CASE("every format of lines has a line for each alert, with its id") {
  const std::vector<Json> alerts = json_lines(picket(over_samples("jsonl")).out);
  for (const std::string format : {"panther", "ocsf", "ecs"}) {
    INFO(format);
    const std::vector<Json> lines = json_lines(picket(over_samples(format)).out);
    REQUIRE(lines.size() == alerts.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      CHECK(holds(lines[i].dump(), alerts[i].at("alert_id").get<std::string>()));
    }
  }
}

TEST_CASE("a format that is none is told, with the nearest") {
  const ProgramResult result = picket({"run", "--format", "oscf", "x"});
  CHECK(result.status == 2);
  CHECK(holds(result.err, "ocsf"));
}

}  // namespace picket::tests
