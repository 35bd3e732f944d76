// A correlation of Sigma on the command line: a file of several documents, events, and the alerts that come of them.
#include <algorithm>
#include <string>

#include "tests/catch.hpp"
#include "tests/front_door/run_fixture.hpp"

namespace picket::tests {
namespace {

using picket::tests::contains;

constexpr const char* rules = R"(title: Failed login
name: failed
id: 9d1f-failed
logsource: {category: door}
detection: {s: {is: failed}, condition: s}
---
title: Login
name: login
id: 9d1f-login
logsource: {category: door}
detection: {s: {is: ok}, condition: s}
---
title: Many failed logins
name: many
correlation:
  type: event_count
  rules: [failed]
  group-by: [user]
  timespan: 1m
  condition: {gte: 3}
---
title: Password guessed
name: guessed
level: high
correlation:
  type: temporal_ordered
  rules: [many, login]
  group-by: [user]
  timespan: 10m
---
title: Large transfers
name: large
correlation:
  type: value_sum
  rules: [login]
  timespan: 1h
  condition: {field: bytes, gt: 100}
)";

std::string event(const std::string& time, const std::string& rest) {
  return R"({"p_event_time":"2026-01-31T12:)" + time + R"(Z",)" + rest + "}\n";
}

std::string events() {
  return event("00:00", R"("is":"failed","user":"eve")") + event("00:10.5", R"("is":"failed","user":"EVE")") +
         event("00:20", R"("is":"ok","user":"bob","bytes":60)") + event("00:59", R"("is":"failed","user":"eve")") +
         event("05:00", R"("is":"ok","user":"eve","bytes":"70")");
}

ProgramResult run(const TemporaryFolder& folder, const std::string& file) {
  return picket({"run", "--rules", file, "--format", "jsonl", folder.add("events.jsonl", events())});
}

}  // namespace

TEST_CASE("correlations of Sigma make alerts, and the rules that they name make none") {
  const TemporaryFolder folder;
  const ProgramResult result = run(folder, folder.add("rules.yml", rules));
  CHECK(result.status == 0);
  const auto alerts = json_lines(result.out);
  REQUIRE(alerts.size() == 2);
  const auto of = [&](const std::string& rule) {
    return *std::find_if(alerts.begin(), alerts.end(), [&](const auto& one) { return one.at("rule_id") == rule; });
  };
  const auto guessed = of("guessed");
  CHECK(guessed.at("title") == "Password guessed: eve");
  CHECK(guessed.at("severity") == "High");
  CHECK(guessed.at("context").at("began") == "2026-01-31T12:00:59Z");
  CHECK(guessed.at("context").at("completed") == "2026-01-31T12:05:00Z");
  CHECK(guessed.at("context").at("items").at(0).at("rule_id") == "many");
  CHECK(guessed.at("event").at("is") == "ok");
  const auto large = of("large");
  CHECK(large.at("context").at("measured") == 130.0);
  CHECK(large.at("context").at("items").at(0).at("signals") == 2);
}

TEST_CASE("what a correlation's bounds leave out is told, and its title stands for its id") {
  const TemporaryFolder folder;
  std::string users;
  for (int i = 0; i < 70; ++i) users += (i == 0 ? "\"u" : ",\"u") + std::to_string(i) + "\"";
  const std::string log = folder.add("events.jsonl", event("00:00", R"("is":"ok","user":[)" + users + "]"));
  const std::string one = R"(title: Login
name: login
id: 9d1f-login
logsource: {category: door}
detection: {s: {is: ok}, condition: s}
---
title: Any login
id: 9d1f-any
correlation: {type: event_count, rules: [login], group-by: [user], timespan: 1m, condition: {gte: 1}}
)";
  const ProgramResult result = picket({"run", "--rules", folder.add("rules.yml", one), "--summary",
                                       folder.path("summary.json"), "--format", "jsonl", log});
  CHECK(json_lines(result.out).size() == 64);
  CHECK_THAT(result.err, contains("1 signal with many values counted for the first of them alone") &&
                             contains("Any login") && !contains("9d1f-any"));
  const auto summary = nlohmann::json::parse(read_file(folder.path("summary.json")));
  CHECK(summary.at("cut_correlation_signals") == 1);
  CHECK(summary.at("evicted_correlation_patterns") == 0);
  CHECK(summary.at("evicted_correlation_numbers") == 0);
}

TEST_CASE("the other commands do not stumble over correlations of Sigma") {
  const TemporaryFolder folder;
  const std::string file = folder.add("rules.yml", rules);
  CHECK(picket({"check", file}).status == 0);
  CHECK(picket({"fmt", "--check", file}).status == 4);  // it is not ours to format
  std::string changed = rules;
  changed.replace(changed.find("gte: 3"), 6, "gte: 4");
  const ProgramResult diff = picket({"diff", file, folder.add("changed.yml", changed)});
  CHECK(diff.status <= 1);
  CHECK_THAT(diff.out, contains("many") && contains("gte 3") && contains("gte 4"));
  for (const std::string command : {"cover", "plan", "attack", "mutate"}) {
    INFO(command);
    const ProgramResult result = picket({command, file});
    CHECK(result.status != 2);
    CHECK(result.status != 3);
  }
}

TEST_CASE("a mistake in a correlation is shown at its place") {
  const TemporaryFolder folder;
  std::string wrong = rules;
  wrong.replace(wrong.find("[many, login]"), 13, "[many, logn]");
  folder.add("rules.yml", wrong);
  const ProgramResult result = picket({"check", folder.path()});
  CHECK(result.status == 1);
  CHECK_THAT(result.out, contains("rules.yml:27:17: error[unknown-rule]") && contains("did you mean `login`?"));
}

}  // namespace picket::tests
