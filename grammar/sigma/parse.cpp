#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include "grammar/sigma/condition.hpp"
#include "grammar/sigma/grammar.hpp"
#include "grammar/text/ascii.hpp"

namespace picket::sigma {
namespace syntax {
namespace {

using Input = peg::memory_input<peg::tracking_mode::lazy>;

// Thrown within this file only.
struct SyntaxFault {
  ConditionError error;
};

[[noreturn]] void fail(SourceSpan span, std::string message, std::string help = {},
                       std::optional<std::string> replacement = std::nullopt) {
  throw SyntaxFault{{span, std::move(message), std::move(help), std::move(replacement)}};
}

// What stands between two parentheses, or in the whole text, while it is read: a row of conjunctions.
struct Level {
  std::vector<std::vector<Condition>> conjunctions{1};
  std::size_t negations = 0;  // before the operand to come
  std::uint32_t opened = 0;   // offset of the parenthesis
};

struct Building {
  std::vector<Level> levels{1};
  bool all = false;
  SourceSpan quantifier;

  void add(Condition condition) {
    Level& level = levels.back();
    for (; level.negations > 0; --level.negations) {
      Negated negated;
      negated.operand.push_back(std::move(condition));
      condition = {std::move(negated)};
    }
    level.conjunctions.back().push_back(std::move(condition));
  }

  [[nodiscard]] Condition finish() {
    Level level = std::move(levels.back());
    levels.pop_back();
    std::vector<Condition> operands;
    for (std::vector<Condition>& conjunction : level.conjunctions)
      operands.push_back(join(false, std::move(conjunction)));
    return join(true, std::move(operands));
  }

  [[nodiscard]] std::size_t depth() const {
    std::size_t depth = levels.size();
    for (const Level& level : levels) depth += level.negations;
    return depth;
  }

 private:
  static Condition join(bool any, std::vector<Condition> operands) {
    if (operands.size() == 1) return std::move(operands.front());
    return {Joined{.any = any, .operands = std::move(operands)}};
  }
};

// --- failures ---

SourceSpan token_at(std::string_view text, std::size_t at) {
  std::size_t end = std::min(text.find_first_of(" \t\r\n()|,", at), text.size());
  if (end == at && at < text.size()) ++end;
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
}

// The type of correlation that says what an aggregation of older rules says, by its first word.
std::string correlation_for(std::string_view aggregation) {
  const std::size_t begin = std::min(aggregation.find_first_not_of("| \t\r\n"), aggregation.size());
  const std::string_view call = aggregation.substr(begin);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> types = {{{"count()", "event_count"},
                                                                                   {"count(", "value_count"},
                                                                                   {"sum(", "value_sum"},
                                                                                   {"avg(", "value_avg"},
                                                                                   {"near ", "temporal"}}};
  const auto* type = std::ranges::find_if(types, [&](const auto& one) { return call.starts_with(one.first); });
  return std::string(type == types.end() ? "event_count` or the like" : type->second) +
         (type == types.end() ? "" : "`");
}

// What people write who know other rules, or older ones.
void complain_of_habit(std::string_view text, SourceSpan token) {
  const std::string_view word = text.substr(token.begin, token.end - token.begin);
  if (word == "|") {
    ConditionError error{.span = {token.begin, static_cast<std::uint32_t>(text.size())},
                         .message = "aggregations behind a `|` are not part of Sigma any more",
                         .help = "write a correlation rule: `correlation:` with `type: " +
                                 correlation_for(text.substr(token.begin)) + " and this rule's name",
                         .replacement = std::nullopt,
                         .aggregation = true};
    throw SyntaxFault{std::move(error)};
  }
  const std::string lower = ascii_lower(std::string(word));
  constexpr std::array<std::string_view, 7> words = {"and", "or", "not", "of", "them", "all", "any"};
  if (word != lower && std::find(words.begin(), words.end(), lower) != words.end()) {
    fail(token, "the words of a condition are lower case", "write `" + lower + "`", lower);
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> signs = {
      {{"&&", "and"}, {"&", "and"}, {"||", "or"}, {"!", "not"}, {"near", "and"}}};
  const auto* sign = std::find_if(signs.begin(), signs.end(), [&](const auto& one) { return one.first == word; });
  if (sign != signs.end()) {
    fail(token, "`" + std::string(word) + "` is not a word of conditions", "write `" + std::string(sign->second) + "`",
         std::string(sign->second));
  }
}

// What was read as a name, and turns out to be another word by what stands behind it, at `token`: `NOT s`, `none of
// s*`.
void complain_of_name(std::string_view text, SourceSpan token) {
  const std::size_t last = text.substr(0, token.begin).find_last_not_of(" \t\r\n");
  if (last == std::string_view::npos) return;
  const std::size_t before = text.substr(0, last).find_last_of(" \t\r\n()|,");
  const SourceSpan name = {static_cast<std::uint32_t>(before == std::string_view::npos ? 0 : before + 1),
                           static_cast<std::uint32_t>(last + 1)};
  const std::string_view word = text.substr(name.begin, name.end - name.begin);
  const bool capital = word != ascii_lower(std::string(word));
  if (capital || word == "!") complain_of_habit(text, name);
  if (text.substr(token.begin, token.end - token.begin) != "of") return;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> quantifiers = {
      {{"none", "not 1"}, {"one", "1"}, {"some", "1"}, {"each", "all"}, {"every", "all"}}};
  const auto* meant = std::ranges::find(quantifiers, ascii_lower(std::string(word)),
                                        &std::pair<std::string_view, std::string_view>::first);
  const std::string message = "Sigma knows `1 of`, `any of` and `all of`, and no others";
  if (meant == quantifiers.end()) fail(name, message, "write one of them");
  fail(name, message, "write `" + std::string(meant->second) + " of`", std::string(meant->second));
}

template <typename Rule>
constexpr const char* wanted = "something else is wanted here";
template <>
constexpr const char* wanted<operand> = "the name of a selection is missing here";
template <>
constexpr const char* wanted<target> = "behind `of` stands `them`, or the name of selections with a `*`";
template <>
constexpr const char* wanted<gap> = "behind `of` stands `them`, or the name of selections with a `*`";
template <>
constexpr const char* wanted<close> = "this is neither `and`, `or` nor `)`";
template <>
constexpr const char* wanted<end> = "this is neither `and` nor `or`";

template <typename Rule>
struct Control : peg::normal<Rule> {
  template <typename In, typename... States>
  [[noreturn]] static void raise(const In& in, Building& building, States&&... /*states*/) {
    const std::string_view text(in.begin(), static_cast<std::size_t>(in.end() - in.begin()));
    const auto at =
        std::min(text.find_first_not_of(" \t\r\n", static_cast<std::size_t>(in.current() - in.begin())), text.size());
    const SourceSpan token = token_at(text, at);
    complain_of_habit(text, token);
    if constexpr (std::is_same_v<Rule, close> || std::is_same_v<Rule, end>) complain_of_name(text, token);
    if constexpr (std::is_same_v<Rule, close>) {
      if (at == text.size()) {
        const std::uint32_t opened = building.levels.back().opened;
        fail({opened, opened + 1}, "this `(` is never closed", "write a `)` where the part in parentheses ends");
      }
    }
    if (at < text.size() && text[at] == ')') fail(token, "this `)` closes nothing", "take it out");
    if constexpr (std::is_same_v<Rule, operand>) {
      if (at < text.size() && text[at] >= '0' && text[at] <= '9') {
        fail(token, "Sigma knows `1 of` and `all of`, and no other numbers", "write `1 of`, or a correlation rule");
      }
    }
    fail(token, wanted<Rule>);
  }
};

// --- actions ---

template <typename Rule>
struct Action : peg::nothing<Rule> {};

template <typename In>
SourceSpan span_of(const In& in) {
  const auto begin = static_cast<std::uint32_t>(in.begin() - in.input().begin());
  return {begin, begin + static_cast<std::uint32_t>(in.size())};
}

template <>
struct Action<named> {
  template <typename In>
  static void apply(const In& in, Building& building) {
    building.add({Named{.name = in.string(), .span = span_of(in)}});
  }
};
template <>
struct Action<one> {
  template <typename In>
  static void apply(const In& in, Building& building) {
    building.all = false;
    building.quantifier = span_of(in);
  }
};
template <>
struct Action<all> {
  template <typename In>
  static void apply(const In& in, Building& building) {
    building.all = true;
    building.quantifier = span_of(in);
  }
};
template <>
struct Action<pattern> {
  template <typename In>
  static void apply(const In& in, Building& building) {
    building.add({Quantified{.all = building.all,
                             .pattern = in.string(),
                             .span = cover(building.quantifier, span_of(in)),
                             .pattern_span = span_of(in)}});
  }
};
template <>
struct Action<them> {
  template <typename In>
  static void apply(const In& in, Building& building) {
    building.add({Quantified{.all = building.all,
                             .pattern = {},
                             .span = cover(building.quantifier, span_of(in)),
                             .pattern_span = span_of(in)}});
  }
};

template <typename In>
void bound_depth(const In& in, const Building& building) {
  if (building.depth() > most_condition_nesting) {
    fail(span_of(in), "the condition is nested more than " + std::to_string(most_condition_nesting) + " deep");
  }
}
template <>
struct Action<negation> {
  template <typename In>
  static void apply(const In& in, Building& building) {
    ++building.levels.back().negations;
    bound_depth(in, building);
  }
};
template <>
struct Action<open> {
  template <typename In>
  static void apply(const In& in, Building& building) {
    building.levels.emplace_back().opened = span_of(in).begin;
    bound_depth(in, building);
  }
};
template <>
struct Action<close> {
  static void apply0(Building& building) { building.add(building.finish()); }
};
template <>
struct Action<or_joiner> {
  static void apply0(Building& building) { building.levels.back().conjunctions.emplace_back(); }
};

}  // namespace
}  // namespace syntax

std::variant<Condition, ConditionError> parse_condition(std::string_view text) {
  if (text.size() > most_condition_bytes) {
    return ConditionError{
        {0, 1}, "the condition is longer than " + std::to_string(most_condition_bytes) + " bytes", {}, std::nullopt};
  }
  try {
    syntax::Input in(text.data(), text.size(), "");
    syntax::Building building;
    syntax::peg::parse<syntax::whole, syntax::Action, syntax::Control>(in, building);
    return building.finish();
  } catch (const syntax::SyntaxFault& fault) {
    return fault.error;
  }
}

bool fits_pattern(std::string_view name, std::string_view pattern) {
  // The last `*` met, and where in the name it stopped: to go back to.
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  std::size_t at = 0;
  std::size_t in_pattern = 0;
  while (at < name.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
      star = in_pattern++;
      resume = at;
    } else if (in_pattern < pattern.size() && pattern[in_pattern] == name[at]) {
      ++at;
      ++in_pattern;
    } else if (star != std::string_view::npos) {
      in_pattern = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

}  // namespace picket::sigma
