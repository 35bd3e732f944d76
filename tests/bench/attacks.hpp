// What somebody would send, or write as a rule, to make an engine slow.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace picket::bench {

// Rules, and lines that they judge, for one size of an attack.
struct Attack {
  std::vector<std::string> rules;  // YAML analysis files
  std::string lines;               // each with its line end
};

struct AttackKind {
  std::string name;
  std::string grows;  // what there are `size` of
  std::size_t small = 0;
  std::size_t large = 0;
  Attack (*make)(std::size_t size) = nullptr;
};

// Events: too many keys, values that wake every rule, strings without end, nesting.
[[nodiscard]] std::vector<AttackKind> hostile_events();
// Rules: too many values, branches, and conditions that no value of an event rules out beforehand.
[[nodiscard]] std::vector<AttackKind> hostile_rules();

// A rule for the log type "Attack". `lines` are of its condition, each with its line end.
[[nodiscard]] std::string attack_rule(std::size_t number, const std::string& lines);
// An event of that log type with these members.
[[nodiscard]] std::string attack_event(const std::string& members);

}  // namespace picket::bench
