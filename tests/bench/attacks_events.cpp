// Events that want to be slow.
#include "tests/bench/attacks.hpp"
#include "tests/bench/chance.hpp"
#include "tests/bench/dense.hpp"

namespace picket::bench {
namespace {

std::string digits_of(std::size_t value) { return std::to_string(value); }

// Rules that ask for fields at the top and deeper, with strings and lists.
std::vector<std::string> usual_rules(std::size_t count) {
  std::vector<std::string> rules;
  for (std::size_t i = 0; i < count; ++i) {
    rules.push_back(attack_rule(i, "  field" + digits_of(i) + " eq \"value" + digits_of(i) + "\"\n  outer.inner" +
                                       digits_of(i) + " contains~ \"part" + digits_of(i) + "\"\n"));
  }
  return rules;
}

// Keys that rules nearly ask for: names equal up to case must be told from those that differ.
Attack many_keys(std::size_t size) {
  std::string members;
  for (std::size_t i = 0; i < size; ++i) members += (i == 0 ? "\"Field_" : ",\"Field_") + digits_of(i) + R"(":"value")";
  return {usual_rules(100), attack_event(members)};
}

// One key over and over: the last one counts.
Attack repeated_keys(std::size_t size) {
  std::string members;
  for (std::size_t i = 0; i < size; ++i) {
    members += (i == 0 ? "\"field" : ",\"field") + digits_of(i % 100) + "\":\"value" + digits_of(i % 50) + "\"";
  }
  return {usual_rules(100), attack_event(members)};
}

// A value that has a part of so many of 1,000 rules, which must be looked at then, and nothing that they would take.
// Its other parts wake nobody.
Attack woken_rules(std::size_t size) {
  constexpr std::size_t rules = 1000;
  Attack attack;
  std::string value;
  for (std::size_t i = 0; i < rules; ++i) {
    const std::string part = rare_part(70'002 + i * 7);
    attack.rules.push_back(
        attack_rule(i, "  command contains~ all [\"" + part + "\", \"never" + digits_of(i) + "\"]\n"));
    value += (i < size ? part : rare_part(140'002 + i * 7)) + " ";
  }
  for (std::size_t i = 0; i < 20; ++i) attack.lines += attack_event(R"("command":")" + value + digits_of(i) + "\"");
  return attack;
}

// Rules of every kind for one string.
std::vector<std::string> string_rules() {
  std::vector<std::string> rules;
  for (std::size_t i = 0; i < 100; ++i) {
    const std::string word = digits_of(1000 + i);
    rules.push_back(attack_rule(4 * i, "  text contains~ [\"aaab" + word + "\", \"xyz" + word + "\"]\n"));
    rules.push_back(attack_rule(4 * i + 1, "  text ends_with~ \"aaab" + word + "\"\n"));
    rules.push_back(attack_rule(4 * i + 2, "  text like \"*a*b" + word + "*c*\"\n"));
  }
  rules.push_back(attack_rule(3, "  text matches 'a+b+c[0-9]{3}'\n"));
  return rules;
}

// Nearly what rules look for, at every byte.
Attack long_string(std::size_t size) {
  return {string_rules(), attack_event(R"("text":")" + std::string(size, 'a') + "\"")};
}

// Every byte of the value is written as six, so that nothing can be compared as it stands.
Attack escaped_string(std::size_t size) {
  std::string value;
  for (std::size_t i = 0; i < size; ++i) value += "\\u0061";
  return {string_rules(), attack_event(R"("text":")" + value + "\"")};
}

// Nothing but backslashes, each of which may or may not escape the next one.
Attack backslashes(std::size_t size) {
  return {string_rules(), attack_event(R"("text":")" + std::string(2 * size, '\\') + "\"")};
}

// As deep as events may be, as often as `size`, beside fields that rules ask for.
Attack deep_nesting(std::size_t size) {
  std::string members = "\"list\":[";
  for (std::size_t i = 0; i < size; ++i) {
    std::string open;
    std::string close;
    for (std::size_t depth = 0; depth < 60; ++depth) {
      open += "{\"outer\":[";
      close += "]}";
    }
    members += (i == 0 ? "" : ",") + open + close;
  }
  std::vector<std::string> rules = usual_rules(100);
  rules.push_back(attack_rule(100, "  any list { any .outer { .outer eq \"value\" } }\n"));
  rules.push_back(attack_rule(101, "  any list[*].outer[*].outer[*] { .outer eq \"value\" }\n"));
  return {rules, attack_event(members + "]")};
}

// A long list under a binder within a binder.
Attack long_list(std::size_t size) {
  std::string members = "\"list\":[";
  for (std::size_t i = 0; i < size; ++i) {
    members += (i == 0 ? "" : ",") + (R"({"name":"name)" + digits_of(i) + R"(","tags":["a","b"]})");
  }
  std::vector<std::string> rules;
  for (std::size_t i = 0; i < 20; ++i) {
    rules.push_back(
        attack_rule(i, "  any x in list { x.name eq \"other" + digits_of(i) + "\"; any x.tags { . eq \"c\" } }\n"));
  }
  return {rules, attack_event(members + "]")};
}

}  // namespace

std::string attack_rule(std::size_t number, const std::string& lines) {
  return "AnalysisType: rule\nRuleID: Bench.Attack" + std::to_string(number) +
         "\nEnabled: true\nLogTypes: [Attack]\nSeverity: Low\nCondition: |\n" + lines;
}

std::string attack_event(const std::string& members) { return "{" + members + ",\"p_log_type\":\"Attack\"}\n"; }

std::vector<AttackKind> hostile_events() {
  return {{"keys", "keys", 10'000, 100'000, many_keys},
          {"repeated-keys", "keys", 10'000, 100'000, repeated_keys},
          {"woken-rules", "of 1000 rules woken", 100, 1000, woken_rules},
          {"long-string", "bytes", 100'000, 1'000'000, long_string},
          {"escaped-string", "characters", 100'000, 1'000'000, escaped_string},
          {"backslashes", "characters", 100'000, 1'000'000, backslashes},
          {"nesting", "values 120 deep", 100, 1000, deep_nesting},
          {"long-list", "elements", 1000, 10'000, long_list}};
}

}  // namespace picket::bench
