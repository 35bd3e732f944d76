// Rules of the spread shape.
#include <array>

#include "tests/bench/spread.hpp"
#include "tests/bench/words.hpp"

namespace picket::bench {
namespace {

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

// A value to ask for: seldom one of those that events hold often, mostly one that no event holds.
std::string asked(const Field& field, Chance& chance) {
  const std::size_t more = chance.one_in(3) ? chance.zipf(field.variety * 40) : chance.below(field.variety * 10);
  return spread_value(field, field.variety / 4 + more);
}

std::string asked_list(const Field& field, Chance& chance) {
  std::string list = "[";
  for (std::size_t i = 0, count = 2 + chance.below(4); i < count; ++i) {
    list += (i == 0 ? "" : ", ") + quoted(asked(field, chance));
  }
  return list + "]";
}

std::string word_comparison(const Field& field, Chance& chance) {
  const std::string value = asked(field, chance);
  const std::size_t kind = chance.below(100);
  if (kind < 52) return field.path + " eq " + quoted(value);
  if (kind < 80) return field.path + " in " + asked_list(field, chance);
  if (kind < 85) return field.path + " contains " + quoted(value.substr(value.size() / 4));
  if (kind < 89) return field.path + " starts_with " + quoted(value.substr(0, value.size() * 3 / 4));
  if (kind < 92) return field.path + " ends_with " + quoted(value.substr(value.size() / 3));
  if (kind < 95) return field.path + " matches '^" + value + "(-[0-9]+)?$'";
  if (kind < 97) return field.path + " eq~ " + quoted(value);
  return "(" + field.path + " ?? \"unknown\") in " + asked_list(field, chance);
}

std::string comparison(const Field& field, Chance& chance) {
  switch (field.shape) {
    case Shape::word:
    case Shape::email:
    case Shape::route:
      return word_comparison(field, chance);
    case Shape::outcome:
      return field.path + (chance.one_in(2) ? " eq \"failure\"" : " ne \"success\"");
    case Shape::text:
      return field.path + " contains \"" + std::string(chance.pick(nouns())) + " " + std::string(chance.pick(verbs())) +
             "\"";
    case Shape::identifier:
      return field.path + (chance.one_in(3) ? " eq \"" + chance.uuid() + "\"" : " is not empty");
    case Shape::address:
      return field.path + (chance.one_in(2) ? " in cidr [\"10." + chance.digits(0, 200) + ".0.0/16\", \"192.0.2.0/24\"]"
                                            : std::string(" is public_ip"));
    case Shape::time:
      return field.path + " is not empty";
    case Shape::number:
      return field.path + (chance.one_in(3) ? " le " : " gt ") + std::to_string(chance.zipf(field.variety * 100));
    case Shape::flag:
      return field.path + (chance.one_in(2) ? " eq false" : " is true");
    case Shape::labels:
      return chance.one_in(2) ? "any " + field.path + " { . eq~ " + quoted(asked(field, chance)) + " }"
                              : field.path + " contains " + asked_list(field, chance);
    case Shape::grants:
      return "any g in " + field.path + " { g.role eq " + quoted(asked(field, chance)) + "; g.days gt " +
             chance.digits(1, 300) + " }";
    case Shape::object:
      break;
  }
  return "true";
}

const Field& some_word(const LogType& log_type, Chance& chance) {
  for (;;) {
    const Field& field = log_type.leaves[chance.below(log_type.leaves.size())];
    if (field.shape == Shape::word || field.shape == Shape::email || field.shape == Shape::route) return field;
  }
}

// The lines of a condition that nothing but the absence of a value fulfils; most events do not.
std::string only_negations(const LogType& log_type, Chance& chance) {
  std::string lines = "  outcome ne \"success\"\n";
  const Field& field = some_word(log_type, chance);
  lines += "  " + field.path + " not in " + asked_list(field, chance) + "\n";
  if (chance.one_in(2)) lines += "  not source_ip in cidr \"10.0.0.0/8\"\n";
  return lines;
}

std::string condition(const LogType& log_type, Chance& chance, bool& uses) {
  if (chance.percent(3)) return only_negations(log_type, chance);
  const std::size_t share = chance.below(100);
  const std::size_t count = share < 25 ? 1 : (share < 60 ? 2 : (share < 85 ? 3 : 4));
  // The first one is the specific one: authors begin with what the rule is about.
  std::string lines = "  " + word_comparison(some_word(log_type, chance), chance) + "\n";
  for (std::size_t i = 1; i < count; ++i) {
    const Field& field = log_type.leaves[chance.below(log_type.leaves.size())];
    const Field& other = log_type.leaves[chance.below(log_type.leaves.size())];
    if (chance.percent(85)) {
      lines += "  " + comparison(field, chance) + "\n";
    } else {
      lines += "  any {\n    " + comparison(field, chance) + "\n    " + comparison(other, chance) + "\n  }\n";
    }
  }
  uses = chance.percent(15);
  if (uses) lines += std::string("  ") + (chance.one_in(2) ? "not bench.inside" : "bench.watched(action)") + "\n";
  return lines;
}

}  // namespace

std::string spread_rule(const LogType& log_type, std::size_t number, Chance& chance) {
  bool uses = false;
  const std::string lines = condition(log_type, chance, uses);
  return "AnalysisType: rule\nRuleID: Bench.Spread" + std::to_string(number) + "\nDisplayName: Spread rule " +
         std::to_string(number) + "\nEnabled: true\nLogTypes: [" + log_type.name + "]\nSeverity: Medium\n" +
         (uses ? "Use: [bench]\n" : "") + "Condition: |\n" + lines +
         "AlertTitle: \"{action} from {source_ip}\"\nDedup: \"{event_id}\"\n";
}

std::string spread_library() {
  return "AnalysisType: definitions\nDefinitionsID: bench\nLet: |\n"
         "  offices = [\"10.20.0.0/16\", \"192.0.2.0/24\", \"198.51.100.0/24\"]\n"
         "  inside = source_ip in cidr offices\n"
         "  watched(what) = what is not empty and outcome in [\"success\", \"failure\"]\n";
}

}  // namespace picket::bench
