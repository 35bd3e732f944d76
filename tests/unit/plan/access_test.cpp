#include "engine/plan/access.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/event/escapes.hpp"
#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"
#include "tests/unit/plan/literals.hpp"

namespace picket {
namespace {

using bench::Chance;
using tests::Padded;
using Rules = std::set<PlannedRuleId>;

AccessKey key(AccessKind kind, std::string text = "", double number = 0, PredicateId proves = no_predicate) {
  return {.field = 0, .kind = kind, .text = std::move(text), .number = number, .proves = proves};
}

// The access keys of one field, each of a rule of its own, and what values lead to.
class Fixture {
 public:
  explicit Fixture(const std::vector<AccessKey>& keys, double gram_share = 0.5) {
    for (PlannedRuleId rule = 0; rule < keys.size(); ++rule) access_.add(keys[rule], rule);
    access_.finish([gram_share](std::string_view) { return gram_share; });
  }

  [[nodiscard]] Rules of_text(std::string_view text) {
    const Padded sought(escape(text), '\\');
    Rules rules = of_hash(hash_of_text(sought.view()));
    access_.of_parts(sought.view(), [&](const Posting& posting) {
      rules.insert(posting.rule);
      if (posting.proves != no_predicate) proven.insert(posting.proves);
    });
    return rules;
  }
  [[nodiscard]] Rules of_hash(std::uint64_t hash) const {
    Rules rules;
    const std::uint32_t found = access_.probe().find(hash);
    if (found == HashIndex::none) return rules;
    access_.of_equal(found, [&rules](const Posting& posting) { rules.insert(posting.rule); });
    return rules;
  }
  [[nodiscard]] Rules of_bounds(std::optional<double> number) const {
    Rules rules;
    access_.of_bounds(number, [&rules](const Posting& posting) { rules.insert(posting.rule); });
    return rules;
  }
  [[nodiscard]] Rules of_network(std::string_view text) {
    Rules rules;
    access_.of_networks(*Network::parse(text), [&](const Posting& posting) {
      rules.insert(posting.rule);
      if (posting.proves != no_predicate) proven.insert(posting.proves);
    });
    return rules;
  }
  [[nodiscard]] Rules of_present() const {
    Rules rules;
    access_.of_present([&rules](const Posting& posting) { rules.insert(posting.rule); });
    return rules;
  }
  [[nodiscard]] Rules of_container() const {
    Rules rules;
    access_.of_container([&rules](const Posting& posting) { rules.insert(posting.rule); });
    return rules;
  }
  [[nodiscard]] const FieldProbe& probe() const { return access_.probe(); }

  std::set<PredicateId> proven;  // by the texts asked about

 private:
  FieldAccess access_;
};

TEST_CASE("each kind of key leads to its rules") {
  Fixture fixture({key(AccessKind::equal_text, "text"), key(AccessKind::equal_number, "", 1.5),
                   key(AccessKind::equal_bool, "", 1), key(AccessKind::equal_bool, "", 0),
                   key(AccessKind::prefix, "begin"), key(AccessKind::suffix, "end"), key(AccessKind::substring, "mid"),
                   key(AccessKind::container), key(AccessKind::present), key(AccessKind::equal_text, "text"),
                   key(AccessKind::equal_number, "", 0)});
  CHECK(fixture.of_text("TEXT") == Rules{0, 9});
  CHECK(fixture.of_hash(hash_of_number(1.5)) == Rules{1});
  CHECK(fixture.of_hash(hash_of_number(-0.0)) == Rules{10});
  CHECK(fixture.of_hash(hash_of_number(2)).empty());
  CHECK(fixture.of_hash(hash_of_bool(true)) == Rules{2});
  CHECK(fixture.of_hash(hash_of_bool(false)) == Rules{3});
  CHECK(fixture.of_text("Beginning") == Rules{4});
  CHECK(fixture.of_text("the END") == Rules{5});
  CHECK(fixture.of_text("amidst") == Rules{6});
  CHECK(fixture.of_text("begin mid end") == Rules{4, 5, 6});
  CHECK(fixture.of_text("end mid begin") == Rules{6});
  CHECK(fixture.of_text("text.").empty());
  CHECK(fixture.of_text("").empty());
  CHECK(fixture.of_container() == Rules{7});
  CHECK(fixture.of_present() == Rules{8});
}

TEST_CASE("an address leads to the rules of all networks that it is in, and proves what they prove") {
  Fixture fixture({key(AccessKind::network, "10.0.0.0/8", 0, 3), key(AccessKind::network, "10.1.0.0/16", 0, 4),
                   key(AccessKind::network, "10.0.0.0/8", 0, 3), key(AccessKind::network, "::1", 0, 5)});
  CHECK(fixture.of_network("10.1.2.3") == Rules{0, 1, 2});
  CHECK(fixture.proven == std::set<PredicateId>{3, 4});
  CHECK(fixture.of_network("10.2.0.0/16") == Rules{0, 2});
  CHECK(fixture.of_network("::1") == Rules{3});
  CHECK(fixture.of_network("192.0.2.1").empty());
}

TEST_CASE("a number leads to the rules whose bounds it keeps, one beyond all doubles to all") {
  const Fixture fixture({key(AccessKind::at_least, "", 10), key(AccessKind::at_most, "", 20),
                         key(AccessKind::at_least, "", 15), key(AccessKind::at_most, "", -1),
                         key(AccessKind::at_least, "", 10)});
  CHECK(fixture.of_bounds(9.5) == Rules{1});
  CHECK(fixture.of_bounds(10) == Rules{0, 1, 4});
  CHECK(fixture.of_bounds(15) == Rules{0, 1, 2, 4});
  CHECK(fixture.of_bounds(20.5) == Rules{0, 2, 4});
  CHECK(fixture.of_bounds(-1) == Rules{1, 3});
  CHECK(fixture.of_bounds(std::nullopt) == Rules{0, 1, 2, 3, 4});
}

TEST_CASE("a field says what it is asked") {
  const auto probe_of = [](AccessKind kind) {
    const Fixture fixture({key(kind, kind == AccessKind::network ? "10.0.0.0/8" : "text", 1)});
    const FieldProbe& probe = fixture.probe();
    std::string says;
    if (probe.asks_equal) says += " equal";
    if (probe.asks_more) says += " more";
    if (probe.asks_present) says += " present";
    if (probe.asks_parts) says += " parts";
    if (probe.asks_anywhere) says += " anywhere";
    if (probe.asks_networks) says += " networks";
    if (probe.asks_bounds) says += " bounds";
    return says;
  };
  CHECK(probe_of(AccessKind::equal_text) == " equal");
  CHECK(probe_of(AccessKind::equal_number) == " equal");
  CHECK(probe_of(AccessKind::equal_bool) == " equal");
  CHECK(probe_of(AccessKind::prefix) == " more parts");
  CHECK(probe_of(AccessKind::suffix) == " more parts");
  CHECK(probe_of(AccessKind::substring) == " more parts anywhere");
  CHECK(probe_of(AccessKind::at_least) == " bounds");
  CHECK(probe_of(AccessKind::at_most) == " bounds");
  CHECK(probe_of(AccessKind::network) == " more networks");
  CHECK(probe_of(AccessKind::present) == " more present");
  CHECK(probe_of(AccessKind::container).empty());
  CHECK(Fixture({}).of_text("text").empty());
}

TEST_CASE("what is found proves what its key proves, but not in the middle of an escape") {
  const auto proven_by = [](AccessKind kind, const char* text, const char* value) {
    Fixture fixture({key(kind, text, 0, 7)});
    (void)fixture.of_text(value);
    return fixture.proven == std::set<PredicateId>{7};
  };
  CHECK(proven_by(AccessKind::substring, "text", "some text"));
  CHECK(proven_by(AccessKind::prefix, "text", "texts"));
  CHECK(proven_by(AccessKind::suffix, "text", "some text"));
  CHECK(proven_by(AccessKind::substring, "n", "\n and n"));
  CHECK_FALSE(proven_by(AccessKind::substring, "n", "\n"));
  CHECK_FALSE(proven_by(AccessKind::substring, "\n", "\\n"));
  CHECK_FALSE(proven_by(AccessKind::suffix, "n", "\n"));
  CHECK_FALSE(proven_by(AccessKind::suffix, "\"", "text"));
  CHECK(proven_by(AccessKind::suffix, "\\", "a\\"));
}

TEST_CASE("of a literal that is too long to file a part leads to the rule, and proves nothing") {
  std::string text;
  Chance chance(1);
  while (text.size() < LiteralIndex::longest + 1'000) text += chance.hex(1'000);
  for (const AccessKind kind : {AccessKind::prefix, AccessKind::suffix, AccessKind::substring}) {
    Fixture fixture({key(kind, text, 0, 7)});
    CHECK(fixture.of_text(text) == Rules{0});
    CHECK(fixture.proven.empty());
    CHECK(fixture.of_text("some other text").empty());
  }
}

// Whether the key holds of a text; both are folded.
bool holds(const AccessKey& key, const std::string& text) {
  switch (key.kind) {
    case AccessKind::equal_text:
      return text == key.text;
    case AccessKind::prefix:
      return text.starts_with(key.text);
    case AccessKind::suffix:
      return text.ends_with(key.text);
    case AccessKind::substring:
      return text.find(key.text) != std::string::npos;
    case AccessKind::equal_number:
    case AccessKind::equal_bool:
    case AccessKind::at_least:
    case AccessKind::at_most:
    case AccessKind::network:
    case AccessKind::container:
    case AccessKind::within:
    case AccessKind::present:
      break;
  }
  return false;
}

std::string random_part(Chance& chance, std::size_t least, std::size_t most) {
  constexpr std::array<std::string_view, 14> parts = {"a", "b",  "n",  "\\",       "\"",  "\n",       "\b",
                                                      "t", "\t", "ab", "aaaaaaaa", "\\n", "\xC3\xA9", "0"};
  const std::size_t size =
      chance.one_in(3) ? chance.between(least, most) : chance.between(least, std::min(most, least + 4));
  const std::size_t kinds = chance.between(2, parts.size());
  std::string text;
  while (text.size() < size) text += parts[chance.below(kinds)];
  return text;
}

TEST_CASE("no key that holds of a text is missed, and what is proven holds") {
  constexpr std::array<AccessKind, 4> kinds = {AccessKind::equal_text, AccessKind::prefix, AccessKind::suffix,
                                               AccessKind::substring};
  Chance chance(2);
  std::size_t held = 0;
  std::size_t candidates = 0;
  std::size_t proven = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<AccessKey> keys;
    for (PredicateId i = 0, count = static_cast<PredicateId>(1 + chance.below(60)); i < count; ++i) {
      keys.push_back(key(kinds[chance.below(kinds.size())], random_part(chance, 1, 40), 0, i));
    }
    Fixture fixture(keys, chance.one_in(2) ? 0.5 : 0);
    for (int i = 0; i < 20; ++i) {
      std::string text = random_part(chance, 0, 40);
      for (std::size_t n = chance.below(3); n > 0; --n)
        text += keys[chance.below(keys.size())].text + random_part(chance, 0, 5);
      if (chance.one_in(4)) text = keys[chance.below(keys.size())].text + (chance.one_in(2) ? text : "");
      const std::string folded = text;
      for (char& byte : text)
        byte = byte >= 'a' && byte <= 'z' && chance.one_in(3) ? static_cast<char>(byte - 32) : byte;
      fixture.proven.clear();
      const Rules found = fixture.of_text(text);
      candidates += found.size();
      CAPTURE(text);
      for (PlannedRuleId rule = 0; rule < keys.size(); ++rule) {
        CAPTURE(static_cast<int>(keys[rule].kind), keys[rule].text);
        const bool is_held = holds(keys[rule], folded);
        held += is_held ? 1 : 0;
        if (is_held) REQUIRE(found.count(rule) == 1);
        if (fixture.proven.contains(rule)) REQUIRE(is_held);
      }
      proven += fixture.proven.size();
    }
  }
  CHECK(held > 10'000);
  CHECK(candidates < held * 2);
  CHECK(proven > held / 4);
}

}  // namespace
}  // namespace picket
