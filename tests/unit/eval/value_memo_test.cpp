#include "engine/eval/value_memo.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"
#include "tests/unit/event/padded.hpp"

namespace picket {
namespace {

using bench::Chance;
using tests::Padded;

ValueMemo::Hash hash_of(const ValueMemo& memo, std::uint32_t owner, std::string_view text, char around = ' ') {
  const Padded padded(text, around);
  return memo.hash_of(owner, padded.view());
}

// Begins an entry that is known by one candidate.
void remember(ValueMemo& memo, std::uint32_t owner, std::string_view text, PlannedRuleId rule) {
  ValueMemo::Entry* const entry = memo.start(owner, hash_of(memo, owner, text));
  REQUIRE(entry->found().empty());
  REQUIRE(entry->decided_count == 0);
  entry->candidates[0] = {.rule = rule, .proves = no_predicate};
  entry->candidate_count = 1;
  entry->decided[0] = rule * 2;
  entry->decided_count = 1;
}

// The rule of the entry that is there.
std::optional<PlannedRuleId> recall(ValueMemo& memo, std::uint32_t owner, std::string_view text) {
  const ValueMemo::Entry* const entry = memo.find(owner, hash_of(memo, owner, text));
  if (entry == nullptr) return std::nullopt;
  REQUIRE(entry->found().size() == 1);
  REQUIRE(entry->decided_count == 1);
  return entry->found().front().rule;
}

TEST_CASE("a memo of no places is off") {
  CHECK_FALSE(ValueMemo(0).is_on());
  CHECK(ValueMemo(1).is_on());
}

TEST_CASE("what was begun for a text of a field is found again, and for no other") {
  ValueMemo memo(1U << 13U);
  CHECK_FALSE(recall(memo, 1, "text"));
  remember(memo, 1, "text", 7);
  CHECK(recall(memo, 1, "text") == 7);
  for (const auto* other : {"", "Text", "text ", " text", "tex", "texu"}) {
    INFO(other);
    CHECK_FALSE(recall(memo, 1, other));
  }
}

TEST_CASE("the same text of another field is another text") {
  ValueMemo memo(1U << 13U);
  remember(memo, 1, "text", 7);
  CHECK_FALSE(recall(memo, 2, "text"));
  CHECK(memo.find(2, hash_of(memo, 1, "text")) == nullptr);
  remember(memo, 2, "text", 8);
  CHECK(recall(memo, 2, "text") == 8);
  CHECK(recall(memo, 1, "text").value_or(7) == 7);  // it may have lost its place
}

TEST_CASE("the newer entry stays, and begins without what the older one knew") {
  ValueMemo memo(1);
  for (PlannedRuleId i = 0; i < 10; ++i) {
    const std::string text = "text " + std::to_string(i);
    remember(memo, 1, text, i);
    CHECK(recall(memo, 1, text) == i);
    if (i > 0) CHECK_FALSE(recall(memo, 1, "text " + std::to_string(i - 1)));
  }
  remember(memo, 1, "text 9", 3);
  CHECK(recall(memo, 1, "text 9") == 3);
}

TEST_CASE("a memo holds no more entries than it has places, and none for another text") {
  constexpr std::size_t places = 64;
  ValueMemo memo(places);
  for (PlannedRuleId i = 0; i < 5'000; ++i) remember(memo, 1 + i % 3, std::to_string(i), i);
  std::size_t known = 0;
  for (PlannedRuleId i = 0; i < 5'000; ++i) {
    const auto rule = recall(memo, 1 + i % 3, std::to_string(i));
    if (!rule) continue;
    ++known;
    REQUIRE(*rule == i);
  }
  CHECK(known >= 1);
  CHECK(known <= places);
}

TEST_CASE("a hash stands for every byte of the text and nothing around it") {
  const ValueMemo memo(1U << 13U);
  Chance chance(1);
  for (std::size_t length = 0; length <= 70; ++length) {
    const std::string text = chance.hex(length);
    const ValueMemo::Hash hash = hash_of(memo, 1, text);
    INFO(text);
    for (const char around : {'\0', 'a', '\xff'}) REQUIRE(hash_of(memo, 1, text, around) == hash);
    REQUIRE_FALSE(hash_of(memo, 2, text) == hash);
    REQUIRE_FALSE(hash_of(memo, 1, text + '\0') == hash);
    for (std::size_t i = 0; i < length; ++i) {
      std::string other = text;
      other[i] = static_cast<char>(other[i] ^ (1 << chance.below(8)));
      REQUIRE_FALSE(hash_of(memo, 1, other) == hash);
    }
  }
}

TEST_CASE("every memo has a secret of its own") {
  const ValueMemo one(64);
  const ValueMemo other(64);
  CHECK_FALSE(hash_of(one, 1, "text") == hash_of(other, 1, "text"));
  CHECK_FALSE(hash_of(one, 1, "") == hash_of(other, 1, ""));
}

}  // namespace
}  // namespace picket
