// Rules of the spread shape.
#include <array>

#include "tests/bench/spread.hpp"
#include "tests/bench/words.hpp"

namespace picket::bench {
namespace {

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

// Who writes a rule.
class Author {
 public:
  Author(const LogType& log_type, Attention attention, Chance& chance)
      : log_type_(log_type), attention_(attention), chance_(chance) {}

  std::string condition();
  // Whether the condition asks for the library.
  [[nodiscard]] bool uses() const { return uses_; }

 private:
  const Field& some_field() {
    const std::size_t count = log_type_.leaves.size();
    // A third of all comparisons and more are of one field.
    constexpr double exponent = 1.6;
    return log_type_.leaves[attention_ == Attention::typical ? chance_.zipf(count, exponent) : chance_.below(count)];
  }
  const Field& some_word() {
    for (;;) {
      const Field& field = some_field();
      if (field.shape == Shape::word || field.shape == Shape::email || field.shape == Shape::route) return field;
    }
  }

  std::string asked(const Field& field, bool rare);
  std::string asked_list(const Field& field, bool rare);
  std::string word_comparison(const Field& field, bool rare);
  std::string comparison(const Field& field);
  std::string only_negations();

  const LogType& log_type_;
  Attention attention_;
  Chance& chance_;
  bool uses_ = false;
};

// A value to ask for: a rare one, most often one that no event holds; or one that some hold.
std::string Author::asked(const Field& field, bool rare) {
  const std::size_t variety = field.variety;
  if (attention_ == Attention::even) {
    const std::size_t more = chance_.one_in(3) ? chance_.zipf(variety * 40) : chance_.below(variety * 10);
    return spread_value(field, variety / 4 + more);
  }
  if (!rare) return spread_value(field, chance_.zipf(variety * 2));
  // Where a field has few values, each of them is common.
  const bool held = variety >= 64 && chance_.one_in(8);
  return spread_value(field, held ? variety / 2 + chance_.below(variety / 2) : variety + chance_.below(variety * 10));
}

std::string Author::asked_list(const Field& field, bool rare) {
  std::string list = "[";
  for (std::size_t i = 0, count = 2 + chance_.below(4); i < count; ++i) {
    list += (i == 0 ? "" : ", ") + in_quotes(asked(field, rare));
  }
  return list + "]";
}

std::string Author::word_comparison(const Field& field, bool rare) {
  const std::string value = asked(field, rare);
  const std::size_t kind = chance_.below(100);
  if (kind < 52) return field.path + " eq " + in_quotes(value);
  if (kind < 80) return field.path + " in " + asked_list(field, rare);
  if (kind < 85) return field.path + " contains " + in_quotes(value.substr(value.size() / 4));
  if (kind < 89) return field.path + " starts_with " + in_quotes(value.substr(0, value.size() * 3 / 4));
  if (kind < 92) return field.path + " ends_with " + in_quotes(value.substr(value.size() / 3));
  if (kind < 95) return field.path + " matches '^" + value + "(-[0-9]+)?$'";
  if (kind < 97) return field.path + " eq~ " + in_quotes(value);
  return "(" + field.path + " ?? \"unknown\") in " + asked_list(field, rare);
}

std::string Author::comparison(const Field& field) {
  switch (field.shape) {
    case Shape::word:
    case Shape::email:
    case Shape::route:
      return word_comparison(field, false);
    case Shape::outcome:
      return field.path + (chance_.one_in(2) ? " eq \"failure\"" : " ne \"success\"");
    case Shape::text:
      return field.path + " contains \"" + std::string(chance_.pick(nouns())) + " " +
             std::string(chance_.pick(verbs())) + "\"";
    case Shape::identifier:
      return field.path + (chance_.one_in(3) ? " eq \"" + chance_.uuid() + "\"" : " is not empty");
    case Shape::address:
      return field.path + (chance_.one_in(2)
                               ? " in cidr [\"10." + chance_.digits(0, 200) + R"(.0.0/16", "192.0.2.0/24"])"
                               : std::string(" is public_ip"));
    case Shape::time:
      return field.path + " is not empty";
    case Shape::number:
      return field.path + (chance_.one_in(3) ? " le " : " gt ") + std::to_string(chance_.zipf(field.variety * 100));
    case Shape::flag:
      return field.path + (chance_.one_in(2) ? " eq false" : " is true");
    case Shape::labels:
      return chance_.one_in(2) ? "any " + field.path + " { . eq~ " + in_quotes(asked(field, false)) + " }"
                               : field.path + " contains " + asked_list(field, false);
    case Shape::grants:
      return "any g in " + field.path + " { g.role eq " + in_quotes(asked(field, false)) + "; g.days gt " +
             chance_.digits(1, 300) + " }";
    case Shape::object:
      break;
  }
  return "true";
}

// The lines of a condition that nothing but the absence of a value fulfils; most events do not.
std::string Author::only_negations() {
  std::string lines = "  outcome ne \"success\"\n";
  const Field& field = some_word();
  lines += "  " + field.path + " not in " + asked_list(field, false) + "\n";
  if (chance_.one_in(2)) lines += "  not source_ip in cidr \"10.0.0.0/8\"\n";
  return lines;
}

std::string Author::condition() {
  if (chance_.percent(3)) return only_negations();
  const std::size_t share = chance_.below(100);
  const std::size_t count = share < 25 ? 1 : (share < 60 ? 2 : (share < 85 ? 3 : 4));
  // The first one is the specific one: authors begin with what the rule is about.
  std::string lines = "  " + word_comparison(some_word(), true) + "\n";
  for (std::size_t i = 1; i < count; ++i) {
    const Field& field = some_field();
    const Field& other = some_field();
    if (chance_.percent(85)) {
      lines += "  " + comparison(field) + "\n";
    } else {
      lines += "  any {\n    " + comparison(field) + "\n    " + comparison(other) + "\n  }\n";
    }
  }
  uses_ = chance_.percent(15);
  if (uses_) lines += std::string("  ") + (chance_.one_in(2) ? "not bench.inside" : "bench.watched(action)") + "\n";
  return lines;
}

}  // namespace

std::string spread_rule(const LogType& log_type, Attention attention, std::size_t number, Chance& chance) {
  Author author(log_type, attention, chance);
  const std::string lines = author.condition();
  return "AnalysisType: rule\nRuleID: Bench.Spread" + std::to_string(number) + "\nDisplayName: Spread rule " +
         std::to_string(number) + "\nEnabled: true\nLogTypes: [" + log_type.name + "]\nSeverity: Medium\n" +
         (author.uses() ? "Use: [bench]\n" : "") + "Condition: |\n" + lines +
         "AlertTitle: \"{action} from {source_ip}\"\nDedup: \"{event_id}\"\n";
}

std::string spread_library() {
  return "AnalysisType: definitions\nDefinitionsID: bench\nLet: |\n"
         "  offices = [\"10.20.0.0/16\", \"192.0.2.0/24\", \"198.51.100.0/24\"]\n"
         "  inside = source_ip in cidr offices\n"
         "  watched(what) = what is not empty and outcome in [\"success\", \"failure\"]\n";
}

}  // namespace picket::bench
