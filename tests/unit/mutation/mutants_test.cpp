// Which mistakes are made in a condition.
#include <algorithm>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/unit/mutation/mutated.hpp"

namespace picket::tests {
namespace {

// Every mutant of a condition, "mistake: what stands there => what would", in the order of the text.
std::vector<std::string> mistakes(const std::string& condition, const std::string& more = "") {
  const auto mutated = mutate(condition, {}, more);
  std::vector<std::string> list;
  for (const MutantResult& mutant : mutated->rule.mutants) {
    list.push_back(std::string(spelling(mutant.mistake)) + ": " + mutated->words(mutant));
  }
  return list;
}

using List = std::vector<std::string>;

bool has(const List& list, const std::string& one) { return std::find(list.begin(), list.end(), one) != list.end(); }

}  // namespace

TEST_CASE("the mistakes of a comparison") {
  struct Row {
    const char* condition;
    List mistakes;
  };
  const std::vector<Row> rows = {
      {"a eq \"x\"",
       {"dropped: a eq \"x\" => true", R"(negated: a eq "x" => a not eq "x")",
        R"(operator: a eq "x" => a contains "x")", R"(case: a eq "x" => a eq~ "x")"}},
      {"a ne \"x\"",
       {"dropped: a ne \"x\" => true", R"(negated: a ne "x" => a eq "x")", R"(case: a ne "x" => a ne~ "x")"}},
      {"a gt 5",
       {"dropped: a gt 5 => true", "negated: a gt 5 => a not gt 5", "boundary: a gt 5 => a ge 5",
        "number: a gt 5 => a gt 6"}},
      {"a le 0",
       {"dropped: a le 0 => true", "negated: a le 0 => a not le 0", "boundary: a le 0 => a lt 0",
        "number: a le 0 => a le 1"}},
      {"a ge 0",
       {"dropped: a ge 0 => true", "negated: a ge 0 => a not ge 0", "boundary: a ge 0 => a gt 0",
        "number: a ge 0 => a ge -1"}},
      {"a starts_with \"1\"",
       {"dropped: a starts_with \"1\" => true", R"(negated: a starts_with "1" => a not starts_with "1")",
        R"(operator: a starts_with "1" => a contains "1")", R"(operator: a starts_with "1" => a eq "1")"}},
      {"a contains~ \"x\"",
       {"dropped: a contains~ \"x\" => true", R"(negated: a contains~ "x" => a not contains~ "x")",
        R"(operator: a contains~ "x" => a starts_with~ "x")", R"(operator: a contains~ "x" => a ends_with~ "x")",
        R"(case: a contains~ "x" => a contains "x")"}},
      {"a like \"1*\"",
       {"dropped: a like \"1*\" => true", R"(negated: a like "1*" => a not like "1*")",
        R"(operator: a like "1*" => a like "*1*")", R"(operator: a like "1*" => a like "1")"}},
      {"a matches '^1$'",
       {"dropped: a matches '^1$' => true", "negated: a matches '^1$' => a not matches \"^1$\"",
        "anchor: a matches '^1$' => a matches \"1$\"", "anchor: a matches '^1$' => a matches \"^1\""}},
      {"a is null", {"dropped: a is null => true", "negated: a is null => a is not null"}},
      {"a.b", {"dropped: a.b => true", "negated: a.b => not a.b"}},
  };
  for (const Row& row : rows) {
    INFO(row.condition);
    CHECK(mistakes(row.condition) == row.mistakes);
  }
}

TEST_CASE("values of lists are left out one by one, wherever the list stands") {
  const List in = mistakes(R"(a in ["1", 2, "3"])");
  CHECK(has(in, "value: \"1\" => "));
  CHECK(has(in, "value: 2 => "));
  CHECK(has(in, "value: \"3\" => "));
  CHECK_FALSE(has(mistakes("a in [1]"), "value: 1 => "));
  const List named = mistakes("a in NAMES", "Let: 'NAMES = [1, 2]'\n");
  CHECK(has(named, "value: 1 => "));
  CHECK_FALSE(std::any_of(named.begin(), named.end(), [](const auto& one) { return one.starts_with("case"); }));
  CHECK(has(mistakes(R"(when a { "1", "2" -> b; else -> false })"), "value: \"2\" => "));
}

TEST_CASE("operands are left out and joined otherwise, without touching what surrounds them") {
  CHECK(has(mistakes("a.x is null\nb.x is null"), "dropped: b.x is null => "));
  CHECK(has(mistakes("a.x is null\nb.x is null"), "and/or: a.x is null b.x is null => a.x is null or b.x is null"));
  const List logic = mistakes("(a or b or c) and d");
  CHECK(has(logic, "dropped: (a or b or c) and d => d"));
  CHECK(has(logic, "dropped: a or b or c => a or c"));
  CHECK(has(logic, "and/or: a or b or c => a and b and c"));
  CHECK(has(mistakes("any { a; b }"), "and/or: any { a; b } => all { a; b }"));
  CHECK(has(mistakes("none { a; b }"), "and/or: none { a; b } => not all { a; b }"));
  CHECK(has(mistakes("none { a; b }"), "dropped: b => "));
  CHECK(has(mistakes("all { a }"), "dropped: a => true"));
  CHECK(has(mistakes("any { a }"), "dropped: a => false"));
  CHECK(has(mistakes("any x in l { x.a eq 1 }"), "and/or: any x in l { x.a eq 1 } => all x in l { x.a eq 1 }"));
}

TEST_CASE("definitions that the condition asks for are mutated, others are not") {
  const std::string let = "Let: |\n  bad = a or b\n  near(x, y) = x gt y\n  other = z eq 1\nAlertTitle: '{other}'\n";
  const List list = mistakes("not bad\nnear(c, d)", let);
  CHECK(has(list, "and/or: a or b => a and b"));
  CHECK(has(list, "definition: not bad => not a or b"));
  CHECK(has(list, "definition: near(c, d) => near(d, c)"));
  CHECK(has(list, "boundary: x gt y => x ge y"));
  CHECK_FALSE(std::any_of(list.begin(), list.end(), [](const auto& one) { return one.find("z eq") < one.size(); }));
}

TEST_CASE("what would not compile is no mutant") {
  // `5` has no substring: `contains` after an operation on numbers cannot be.
  CHECK_FALSE(has(mistakes("int(a) eq 5"), "operator: int(a) eq 5 => int(a) contains 5"));
}

TEST_CASE("a mutant is killed by the first test whose verdict it changes, if the rule itself passes it") {
  const auto mutated = mutate("a eq 1\nb eq 2", {"+{a: 1, b: 2}", "{a: 0, b: 2}", "+{a: 7}"});
  const auto of = [&](const std::string& words) -> const MutantResult& {
    INFO(words);
    const auto found = std::ranges::find_if(
        mutated->rule.mutants, [&](const MutantResult& mutant) { return mutated->words(mutant) == words; });
    REQUIRE(found != mutated->rule.mutants.end());
    return *found;
  };
  REQUIRE(of("a eq 1 => ").fate == Fate::killed);
  CHECK(of("a eq 1 => ").killed_by->name.value == "t1");
  // The third test fails for the rule as it is, and proves nothing.
  CHECK(of("b eq 2 => ").fate == Fate::survived);
}

}  // namespace picket::tests
