// Rules that remember, as the users of the commands meet them.
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/front_door/run_fixture.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

const std::string memory_head =
    "AnalysisType: rule\nRuleID: Test.Region\nEnabled: true\nLogTypes: [Zendesk.Audit]\nSeverity: High\n"
    "Condition: |\n  action eq \"run\"\n  previous is not null\n  region not in previous\n"
    "Remember:\n  Key: regions of {user}\n  Value: union(previous, [region])\n  When: action eq \"run\"\n"
    "AlertTitle: \"{user} in {region}\"\n";

std::string test_of(const std::string& name, const std::string& expected, const std::string& more) {
  return "  - Name: " + name + "\n    ExpectedResult: " + expected + "\n" + more +
         "    Log: {action: run, user: dana, region: b}\n";
}

const std::string known = "    Memory: {regions of dana: [a]}\n";

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("tests begin with their memory and tell what they expect of it") {
  const TemporaryFolder folder;
  folder.add("region.yml", memory_head + "Tests:\n" +
                               test_of("New", "true", known + "    ExpectedMemory: {regions of dana: [a, b]}\n") +
                               test_of("First", "false", "    ExpectedMemory: {regions of dana: [b]}\n"));
  const ProgramResult result = picket({"test", folder.path()});
  CHECK(result.out == "1 rule, 2 tests: 2 passed\n");
  CHECK(result.status == 0);
}

TEST_CASE("a failing test shows what the memory held, and what was written") {
  const TemporaryFolder folder;
  folder.add("region.yml", memory_head + "Tests:\n" +
                               test_of("New", "false", known + "    ExpectedMemory: {regions of dana: [a]}\n"));
  const ProgramResult result = picket({"test", folder.path()});
  CHECK(result.status == 1);
  CHECK(holds(result.out, "expected no match, got a match\n"));
  CHECK(holds(result.out, "    memory  `regions of dana` held [\"a\"]\n"));
  CHECK(holds(result.out,
              "  the memory differs\n"
              "    `regions of dana` holds [\"a\",\"b\"], expected [\"a\"]\n"
              "    the event wrote `regions of dana`: [\"a\",\"b\"]\n"));
  const auto json = nlohmann::json::parse(picket({"test", "--format", "json", folder.path()}).out);
  const auto& failures = json.at("results").at(0).at("failures");
  CHECK(failures.at(0).at("memory") == nlohmann::json::parse(R"([{"key":"regions of dana","value":["a"]}])"));
  CHECK(failures.at(1).at("kind") == "memory");
  CHECK(failures.at(1).at("memory").empty());
}

TEST_CASE("what a memory holds reaches no terminal raw") {
  const TemporaryFolder folder;
  folder.add("region.yml", memory_head +
                               "Tests:\n  - Name: Odd\n    ExpectedResult: true\n"
                               "    Memory: {\"regions of \\e[31m\": [\"b\"]}\n"
                               "    Log: {action: run, user: \"\\e[31m\", region: b}\n");
  const ProgramResult result = picket({"test", folder.path()});
  CHECK(holds(result.out, "memory  `regions of \\x1b[31m` held"));
  CHECK_FALSE(holds(result.out, "\x1b"));
}

TEST_CASE("cover and mutate take the memory of a test for a part of its event") {
  const TemporaryFolder folder;
  const std::string file = folder.add(
      "region.yml", memory_head + "Tests:\n" + test_of("New", "true", known) + test_of("First", "false", "") +
                        test_of("Known", "false", "    Memory: {regions of dana: [a, b]}\n"));
  const ProgramResult cover = picket({"cover", folder.path(), "--format", "json"});
  const auto parts = nlohmann::json::parse(cover.out).at("rules").at(0).at("parts");
  CHECK(parts.at(1).at("text") == "previous is not null");
  CHECK(parts.at(1).at("mcdc") == true);
  CHECK(parts.at(2).at("mcdc") == true);
  const ProgramResult mutate = picket({"mutate", folder.path(), "--write-tests"});
  CHECK(mutate.status == 0);
  CHECK(holds(read(file), "Memory: {regions of dana: [a]}\n    Log: {action: RUN, user: dana, region: b}\n"));
  CHECK(picket({"test", folder.path()}).status == 0);
}

TEST_CASE("diff tells what changed in what a rule remembers") {
  const TemporaryFolder before;
  const TemporaryFolder after;
  before.add("region.yml", memory_head);
  std::string changed = memory_head;
  changed.replace(changed.find("  When:"), 7, "  For: 30d\n  When:");
  changed.replace(changed.find("[region]"), 8, "[zone]");
  after.add("region.yml", changed);
  const ProgramResult result = picket({"diff", before.path(), after.path()});
  CHECK(holds(result.out, "Remember: Value"));
  CHECK(holds(result.out, "Remember: For"));
  CHECK_FALSE(holds(result.out, "Remember: When"));
  CHECK_FALSE(holds(result.out, "Remember: Key"));
}

TEST_CASE("diff judges events in their order, with what each of the two sets remembers") {
  const TemporaryFolder folder;
  const std::string before = folder.add("before/region.yml", memory_head);
  std::string forgetful = memory_head;
  forgetful.replace(forgetful.find("  When:"), 7, "  For: 1h\n  When:");
  forgetful.replace(forgetful.find("union(previous, [region])"), 25, "\"[region]\"");
  const std::string after = folder.add("after/region.yml", forgetful);
  // Of each: the region, the hour, and who is alerted on.
  std::string events;
  for (const auto& [region, hour] : {std::pair{"a", "10:00"}, {"b", "10:10"}, {"a", "10:20"}, {"b", "12:00"}}) {
    events += std::string(R"({"action": "run", "user": "dana", "region": ")") + region +
              R"(", "created_at": "2026-01-31T)" + hour + ":00Z\"}\n";
  }
  const std::string first = folder.add("1.jsonl", events);
  const std::string more = folder.add("2.jsonl", R"({"action": "run", "user": "dana", "region": "c"})");
  const ProgramResult result =
      picket({"diff", "--format", "json", "--log-type", "Zendesk.Audit", before, after, "--events", first, more});
  CHECK(result.status == 0);
  const auto alerts = nlohmann::json::parse(result.out).at("alerts");
  CHECK(alerts.at("events") == 5);
  const auto& rule = alerts.at("rules").at(0);
  CHECK(rule.at("kept") == 2);                // b and c
  CHECK(rule.at("gained").at("count") == 1);  // a once more, forgotten
  CHECK(rule.at("gained").at("example").at("line") == 3);
  CHECK(rule.at("lost").at("count") == 0);
}

TEST_CASE("the JSON of trace has what was read and what would be written") {
  const TemporaryFolder folder;
  const std::string file = folder.add("region.yml", memory_head + "Tests:\n" + test_of("New", "true", known));
  const auto json = nlohmann::json::parse(picket({"trace", file, "New", "--format", "json"}).out);
  const auto& one = json.at("traces").at(0);
  CHECK(one.at("read") == nlohmann::json::parse(R"([{"key":"regions of dana","value":["a"]}])"));
  CHECK(one.at("written") == nlohmann::json::parse(R"({"key":"regions of dana","value":["a","b"]})"));
}

TEST_CASE("a rule that must look at every event to remember is told of") {
  const TemporaryFolder folder;
  std::string always = memory_head;
  always.erase(always.find("  When: action eq \"run\"\n"), 24);
  always.replace(always.find(" of {user}"), 10, "");
  folder.add("region.yml", always);
  const ProgramResult result = picket({"check", folder.path()});
  CHECK(holds(result.out, "unindexed-condition"));
  CHECK(holds(result.out, "this rule, for its `Condition` or for its `When`, must be evaluated for every event"));
}

TEST_CASE("with a lateness, a rule remembers in the order in which events happened") {
  const TemporaryFolder folder;
  folder.add("region.yml", memory_head);
  const auto event = [](int minute, const std::string& region) {
    return R"({"action":"run","user":"dana","region":")" + region + R"(","time":"2026-01-31T12:0)" +
           std::to_string(minute) + ":00Z\"}\n";
  };
  const auto told = [&](const std::vector<std::string>& more, std::string events) {
    ProgramCall call;
    call.arguments = {"run", "--rules", folder.path(), "-t", "Zendesk.Audit", "--format", "jsonl"};
    call.arguments.insert(call.arguments.end(), more.begin(), more.end());
    call.input = text_input(std::move(events));
    std::vector<std::string> titles;
    for (const nlohmann::json& alert : json_lines(run_picket(call).out)) {
      titles.push_back(alert.at("title").get<std::string>());
    }
    return titles;
  };
  const std::vector<std::string> sorted = {"dana in b", "dana in c"};
  const std::string shuffled = event(3, "c") + event(1, "a") + event(4, "a") + event(2, "b");
  CHECK(told({}, event(1, "a") + event(2, "b") + event(3, "c") + event(4, "a")) == sorted);
  CHECK(told({"--lateness", "5m"}, shuffled) == sorted);
  CHECK(told({}, shuffled) == std::vector<std::string>{"dana in a", "dana in b"});
}

}  // namespace picket::tests
