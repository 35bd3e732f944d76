// A small pack and the reading of what `picket run` wrote, for its tests.
#pragma once

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {

// A pack of one rule, `Test.Hit`, that alerts on events of log type `Test` with a true `hit`.
class RunFixture {
 public:
  RunFixture() {
    folder.add("rules/hit.yml",
               "AnalysisType: rule\n"
               "RuleID: Test.Hit\n"
               "DisplayName: A hit\n"
               "Enabled: true\n"
               "LogTypes: [Test]\n"
               "Severity: High\n"
               "Condition: |\n"
               "  hit eq true\n"
               "AlertTitle: \"hit {n}\"\n"
               "AlertContext: |\n"
               "  n\n");
  }

  // `picket run --rules RULES --log-type Test --format jsonl` and what follows.
  [[nodiscard]] std::vector<std::string> arguments(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all = {"run", "--rules", folder.path("rules"), "--log-type", "Test", "--format", "jsonl"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  [[nodiscard]] ProgramResult run(const std::vector<std::string>& more, std::string input = {}) const {
    ProgramCall call;
    call.arguments = arguments(more);
    call.input = text_input(std::move(input));
    return run_picket(call);
  }

  TemporaryFolder folder;
};

inline std::vector<nlohmann::json> json_lines(const std::string& text) {
  std::vector<nlohmann::json> values;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) values.push_back(nlohmann::json::parse(line));
  return values;
}

// The `n` of the events that were alerted on, in order.
inline std::vector<int> hits_of(const std::string& out) {
  std::vector<int> hits;
  for (const nlohmann::json& alert : json_lines(out)) {
    if (alert.at("status") == "created") hits.push_back(alert.at("event").at("n").get<int>());
  }
  return hits;
}

inline std::string event(int n, bool hit = true) {
  return "{\"n\":" + std::to_string(n) + ",\"hit\":" + (hit ? "true" : "false") + ",\"time\":1769860800}";
}

}  // namespace picket::tests
