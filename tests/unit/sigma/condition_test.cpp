#include "grammar/sigma/condition.hpp"

#include <random>
#include <string>

#include "tests/catch.hpp"

namespace picket::sigma {
namespace {

// The condition with all its parentheses.
std::string shape_of(const Condition& condition) {
  if (const auto* named = std::get_if<Named>(&condition.node)) return named->name;
  if (const auto* some = std::get_if<Quantified>(&condition.node)) {
    return std::string(some->all ? "all" : "1") + " of " + (some->pattern.empty() ? "them" : some->pattern);
  }
  if (const auto* negated = std::get_if<Negated>(&condition.node)) return "!" + shape_of(negated->operand.front());
  const auto& joined = std::get<Joined>(condition.node);
  std::string text;
  for (const Condition& operand : joined.operands) {
    text += (text.empty() ? "(" : joined.any ? " or " : " and ") + shape_of(operand);
  }
  return text + ")";
}

std::string shape_of(std::string_view text) {
  const auto parsed = parse_condition(text);
  const auto* condition = std::get_if<Condition>(&parsed);
  return condition == nullptr ? "error: " + std::get<ConditionError>(parsed).message : shape_of(*condition);
}

TEST_CASE("Sigma conditions bind as the specification says") {
  CHECK(shape_of("a") == "a");
  CHECK(shape_of("a or b and not c or d") == "(a or (b and !c) or d)");
  CHECK(shape_of("not (a or b) and c") == "(!(a or b) and c)");
  CHECK(shape_of("((a))") == "a");
  CHECK(shape_of("not not a") == "!!a");
  CHECK(shape_of("1 of sel_* and all of them and any of x*y") == "(1 of sel_* and all of them and 1 of x*y)");
  CHECK(shape_of("  a\n and\tb ") == "(a and b)");
}

TEST_CASE("names of selections may begin like words of the condition") {
  CHECK(shape_of("not_a and or_b and android and 1st and all and them and off") ==
        "(not_a and or_b and android and 1st and all and them and off)");
  CHECK(shape_of("not not_a") == "!not_a");
}

TEST_CASE("errors of Sigma conditions say what is wrong and where") {
  struct Row {
    std::string_view text;
    SourceSpan span;
    std::string_view message;
  };
  const auto rows = {
      Row{"a AND b", {2, 5}, "the words of a condition are lower case"},
      Row{"NOT a", {0, 3}, "the words of a condition are lower case"},
      Row{"a and NOT b", {6, 9}, "the words of a condition are lower case"},
      Row{"(NOT b)", {1, 4}, "the words of a condition are lower case"},
      Row{"a or ! b", {5, 6}, "`!` is not a word of conditions"},
      Row{"All of a*", {0, 3}, "the words of a condition are lower case"},
      Row{"b and none of a*", {6, 10}, "Sigma knows `1 of`, `any of` and `all of`, and no others"},
      Row{"a of b", {0, 1}, "Sigma knows `1 of`, `any of` and `all of`, and no others"},
      Row{"a NEAR b", {2, 6}, "this is neither `and` nor `or`"},
      Row{"a && b", {2, 4}, "`&&` is not a word of conditions"},
      Row{"a | count() > 3", {2, 15}, "aggregations behind a `|` are not part of Sigma any more"},
      Row{"3 of a*", {0, 1}, "Sigma knows `1 of` and `all of`, and no other numbers"},
      Row{"(a or b", {0, 1}, "this `(` is never closed"},
      Row{"a)", {1, 2}, "this `)` closes nothing"},
      Row{"a b", {2, 3}, "this is neither `and` nor `or`"},
      Row{"a and", {5, 5}, "the name of a selection is missing here"},
      Row{"", {0, 0}, "the name of a selection is missing here"},
      Row{"1 of", {4, 4}, "behind `of` stands `them`, or the name of selections with a `*`"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    const auto parsed = parse_condition(row.text);
    const auto* error = std::get_if<ConditionError>(&parsed);
    REQUIRE(error != nullptr);
    CHECK(error->message == row.message);
    CHECK(error->span.begin == row.span.begin);
    CHECK(error->span.end == row.span.end);
  }
}

TEST_CASE("conditions nested too deep, or too long, are refused") {
  const std::string open(most_condition_nesting + 1, '(');
  CHECK(shape_of(open + "a" + std::string(open.size(), ')')).starts_with("error: the condition is nested"));
  std::string negations;
  for (std::size_t i = 0; i <= most_condition_nesting; ++i) negations += "not ";
  CHECK(shape_of(negations + "a").starts_with("error: the condition is nested"));
  CHECK(shape_of(std::string(most_condition_bytes + 1, ' ')).starts_with("error: the condition is longer"));
}

TEST_CASE("no text makes the parser of conditions throw") {
  std::mt19937 random(7);
  const std::string_view pieces[] = {"a",      "and",  "or", "not", "(",   ")",  " ", "1 of",
                                     "all of", "them", "x*", "|",   "AND", "\n", "9"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t n = random() % 12; n > 0; --n) {
      text += pieces[random() % std::size(pieces)];
      if (random() % 2 == 0) text += ' ';
    }
    CAPTURE(text);
    const auto parsed = parse_condition(text);
    const auto* error = std::get_if<ConditionError>(&parsed);
    if (error == nullptr) continue;
    CHECK(error->span.begin <= error->span.end);
    CHECK(error->span.end <= text.size());
  }
}

TEST_CASE("a star in a pattern of names is any run") {
  CHECK(fits_pattern("sel_a", "sel_*"));
  CHECK(fits_pattern("sel_", "sel_*"));
  CHECK(fits_pattern("a_x_b_y", "a*b*"));
  CHECK(fits_pattern("aab", "*ab"));
  CHECK(fits_pattern("", "*"));
  CHECK_FALSE(fits_pattern("sel", "sel_*"));
  CHECK_FALSE(fits_pattern("Sel_a", "sel_*"));
  CHECK_FALSE(fits_pattern("ab", "a"));
  CHECK_FALSE(fits_pattern("a", ""));
}

}  // namespace
}  // namespace picket::sigma
