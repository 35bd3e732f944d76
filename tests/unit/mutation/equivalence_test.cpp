// Mutants that are no mistakes.
#include <algorithm>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/unit/mutation/mutated.hpp"

namespace picket::tests {
namespace {

std::vector<std::string> equivalents(const std::string& condition, const std::string& more = "") {
  return mutate(condition, {}, more)->words(Fate::equivalent);
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("what an `and` or an `or` says already can be left out") {
  const List absorbed = equivalents(R"(a contains "1" and (a contains "1" or b contains "2"))");
  CHECK(std::find(absorbed.begin(), absorbed.end(),
                  R"(a contains "1" and (a contains "1" or b contains "2") => a contains "1")") != absorbed.end());
}

TEST_CASE("values that no event can tell apart") {
  CHECK(equivalents("a in [1, 2, 1]") == List{"1 => ", "1 => "});
  CHECK(equivalents("a eq 1\na ne 2") == List{"a ne 2 => ", "a ne 2 => a ne 3"});
  CHECK(equivalents("a gt 5\na gt 3").size() >= 2);
  // A string is never a number, so that both lines fail for it.
  CHECK(equivalents("a eq \"1\"\na is not null") == List{"a is not null => "});
}

TEST_CASE("folding what `lower` has made is no mistake") {
  CHECK(equivalents(R"(lower(a) in ["b-1", "c"])") == List{R"(lower(a) in ["b-1", "c"] => lower(a) in~ ["b-1", "c"])"});
  CHECK(equivalents("lower(a) eq \"B\"").empty());
  CHECK(equivalents("base(a) eq \"b\"", "Let: 'base(x) = split(lower(x), \"/\")[-1]'\n") ==
        List{R"(base(a) eq "b" => base(a) eq~ "b")"});
}

TEST_CASE("what differs for some event is not called the same") {
  for (const char* condition : {"a eq \"x\"", R"(a in ["ab", "AB"])", "a eq~ \"ab\"\na ne \"AB\"", "a gt 5\nb gt 5",
                                "a is empty", "a", "a eq 0 or not a", "a eq \"\" or a is empty", "a eq true or a",
                                "a eq 1 or A eq 2", "a gt 9007199254740993 or a lt 9007199254740992"}) {
    INFO(condition);
    const auto mutated = mutate(condition, {});
    REQUIRE_FALSE(mutated->rule.mutants.empty());
    for (const MutantResult& mutant : mutated->rule.mutants) {
      const std::string words = mutated->words(mutant);
      INFO(words);
      // Three say nothing that the other side of their `or` does not say.
      const bool is_same = words == "a eq 0 or not a => not a" || words == "a eq \"\" or a is empty => a is empty" ||
                           words == "a eq true or a => a";
      CHECK(mutant.fate == (is_same ? Fate::equivalent : Fate::survived));
      CHECK(mutant.killer.has_value() == !is_same);
    }
  }
}

}  // namespace picket::tests
