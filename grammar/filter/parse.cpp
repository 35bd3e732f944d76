#include <utility>

#include "grammar/filter/filter.hpp"
#include "grammar/filter/grammar.hpp"

namespace picket {
namespace filter_syntax {
namespace {

using Input = peg::memory_input<peg::tracking_mode::lazy>;

// Thrown within this file only.
struct SyntaxFault {
  FilterError error;
};

[[noreturn]] void fail(std::size_t begin, std::size_t end, std::string message) {
  throw SyntaxFault{{{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, std::move(message)}};
}

// What stands between two parentheses, or in the whole text, while it is read.
struct Level {
  std::vector<FilterExpr> operands;
  std::optional<bool> any;  // `or`
  bool negated = false;     // by an odd number of `not`
  std::size_t opened = 0;   // offset of the parenthesis
};

struct Building {
  std::vector<Level> levels{1};
  FilterTerm term;

  void add(FilterExpr expr) {
    Level& level = levels.back();
    if (std::exchange(level.negated, false)) {
      FilterNot negation;
      negation.operand.push_back(std::move(expr));
      expr = {std::move(negation)};
    }
    level.operands.push_back(std::move(expr));
  }
  [[nodiscard]] FilterExpr finish() {
    Level level = std::move(levels.back());
    levels.pop_back();
    if (level.operands.size() == 1) return std::move(level.operands.front());
    return {FilterGroup{.any = level.any.value_or(false), .operands = std::move(level.operands)}};
  }
};

// --- failures: what was wanted by the rule under must<…> ---

template <typename Rule>
constexpr const char* wanted = nullptr;
template <>
constexpr const char* wanted<operand> = "something to choose rules by is missing here, like `tag(aws)`";
template <>
constexpr const char* wanted<argument> = "a word, a text in quotes or a /regex/ is missing here";
template <>
constexpr const char* wanted<right_side> = wanted<argument>;
template <>
constexpr const char* wanted<end_of_arguments> = "this is neither `,` nor `)`";
template <>
constexpr const char* wanted<close> = "this is neither `and`, `or` nor `)`";
template <>
constexpr const char* wanted<end> = "this is neither `and` nor `or`";
template <>
constexpr const char* wanted<after_regex> = "behind a regex stands nothing but `i`, which ignores case";

// The word, or the one character, at the place.
std::size_t end_of_token(std::string_view text, std::size_t at) {
  const std::size_t end = std::min(text.find_first_of(" \t\r\n(),\"'<>=", at), text.size());
  return end == at && at < text.size() ? at + 1 : end;
}

template <typename Rule>
struct Control : peg::normal<Rule> {
  template <typename In, typename... States>
  [[noreturn]] static void raise(const In& in, Building& building, States&&... /*states*/) {
    const std::string_view text(in.begin(), static_cast<std::size_t>(in.end() - in.begin()));
    const auto at = static_cast<std::size_t>(in.current() - in.begin());
    if constexpr (std::is_same_v<Rule, close>) {
      if (at == text.size()) {
        const std::size_t opened = building.levels.back().opened;
        fail(opened, opened + 1, "this `(` is never closed");
      }
    }
    if constexpr (std::is_same_v<Rule, double_quoted> || std::is_same_v<Rule, single_quoted>) {
      fail(at == 0 ? 0 : at - 1, text.size(), "this text is never closed");
    }
    if constexpr (std::is_same_v<Rule, regex_text>) {
      fail(at == 0 ? 0 : at - 1, text.size(), "this regex is never closed by `/`");
    }
    const char* message = wanted<Rule> == nullptr ? "this is not understood" : wanted<Rule>;
    fail(at, end_of_token(text, at),
         at == text.size() && std::is_same_v<Rule, end_of_arguments> ? "`)` is missing here" : message);
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

template <FilterValue::Kind kind>
struct AddValue {
  template <typename In>
  static void apply(const In& in, Building& building) {
    building.term.values.push_back({.kind = kind, .folded = false, .text = in.string(), .span = span_of(in)});
  }
};
template <>
struct Action<word> : AddValue<FilterValue::Kind::word> {};
template <>
struct Action<double_quoted> : AddValue<FilterValue::Kind::text> {};
template <>
struct Action<single_quoted> : AddValue<FilterValue::Kind::text> {};
template <>
struct Action<regex_text> : AddValue<FilterValue::Kind::regex> {};
template <>
struct Action<ignore_case> {
  static void apply0(Building& building) { building.term.values.back().folded = true; }
};

template <FilterOp op>
struct SetOp {
  static void apply0(Building& building) { building.term.op = op; }
};
template <>
struct Action<greater_equal> : SetOp<FilterOp::ge> {};
template <>
struct Action<less_equal> : SetOp<FilterOp::le> {};
template <>
struct Action<greater> : SetOp<FilterOp::gt> {};
template <>
struct Action<less> : SetOp<FilterOp::lt> {};
template <>
struct Action<not_equal> : SetOp<FilterOp::ne> {};
template <>
struct Action<equal> : SetOp<FilterOp::eq> {};

template <>
struct Action<name> {
  template <typename In>
  static void apply(const In& in, Building& building) {
    building.term = {.name = in.string(), .name_span = span_of(in), .op = {}, .values = {}};
  }
};
template <>
struct Action<term> {
  static void apply0(Building& building) { building.add({std::move(building.term)}); }
};
template <>
struct Action<negation> {
  static void apply0(Building& building) { building.levels.back().negated = !building.levels.back().negated; }
};
template <>
struct Action<open> {
  template <typename In>
  static void apply(const In& in, Building& building) {
    const SourceSpan span = span_of(in);
    if (building.levels.size() > most_filter_nesting) {
      fail(span.begin, span.end, "parentheses are nested more than " + std::to_string(most_filter_nesting) + " deep");
    }
    building.levels.emplace_back().opened = span.begin;
  }
};
template <>
struct Action<close> {
  static void apply0(Building& building) { building.add(building.finish()); }
};

template <bool is_or>
struct Join {
  template <typename In>
  static void apply(const In& in, Building& building) {
    std::optional<bool>& any = building.levels.back().any;
    if (any && *any != is_or) {
      const SourceSpan span = span_of(in);
      fail(span.begin, span.end, "`and` and `or` are mixed; say by parentheses what belongs together");
    }
    any = is_or;
  }
};
template <>
struct Action<joiner_and> : Join<false> {};
template <>
struct Action<joiner_or> : Join<true> {};

}  // namespace
}  // namespace filter_syntax

std::variant<FilterExpr, FilterError> parse_filter(std::string_view text) {
  using namespace filter_syntax;  // NOLINT(google-build-using-namespace): the grammar, here alone
  if (text.size() > most_filter_bytes) {
    return FilterError{{0, 1}, "this is longer than " + std::to_string(most_filter_bytes) + " bytes"};
  }
  try {
    Input in(text.data(), text.size(), "");
    Building building;
    peg::parse<whole, Action, Control>(in, building);
    return building.finish();
  } catch (const SyntaxFault& fault) {
    return fault.error;
  }
}

}  // namespace picket
