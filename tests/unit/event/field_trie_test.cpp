#include "engine/event/field_trie.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "grammar/text/ascii.hpp"
#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"
#include "tests/unit/event/padded.hpp"

namespace picket {
namespace {

using bench::Chance;
using tests::Padded;

FieldPathKeys trie_path(std::vector<std::string> keys, bool exact = false) {
  return {.keys = std::move(keys), .exact = exact};
}

// A trie with the paths that it was made of, and what find() answers.
struct TrieFixture {
  explicit TrieFixture(std::vector<FieldPathKeys> from, const std::vector<bool>& listed = {})
      : paths(std::move(from)), trie(paths, listed) {}

  [[nodiscard]] FieldId node_of(std::size_t index) const { return trie.nodes_of_paths()[index]; }
  [[nodiscard]] const FieldTrie::Child* find(FieldId parent, std::string_view key, bool& exact) const {
    const Padded padded(key, 'a');
    return trie.find(parent, padded.view(), exact);
  }
  [[nodiscard]] const FieldTrie::Child* find(FieldId parent, std::string_view key) const {
    bool exact = false;
    return find(parent, key, exact);
  }
  // The node of the only child with the key up to case; no_field for none.
  [[nodiscard]] FieldId child(FieldId parent, std::string_view key) const {
    const FieldTrie::Child* const found = find(parent, key);
    return found == nullptr ? no_field : found->node;
  }

  std::vector<FieldPathKeys> paths;
  FieldTrie trie;
};

TEST_CASE("paths lead from node to node") {
  const TrieFixture fixture(
      {trie_path({"a"}), trie_path({"a", "b", "c"}), trie_path({"a", "d"}), trie_path({"x", "b"})});
  const FieldId a = fixture.child(FieldTrie::root, "a");
  const FieldId x = fixture.child(FieldTrie::root, "x");
  REQUIRE(a != no_field);
  REQUIRE(x != no_field);
  CHECK(a == fixture.node_of(0));
  CHECK(fixture.child(fixture.child(a, "b"), "c") == fixture.node_of(1));
  CHECK(fixture.child(a, "d") == fixture.node_of(2));
  CHECK(fixture.child(x, "b") == fixture.node_of(3));
  CHECK(fixture.child(a, "c") == no_field);
  CHECK(fixture.child(x, "d") == no_field);
  CHECK(fixture.child(FieldTrie::root, "b") == no_field);
  CHECK(fixture.trie.size() == 7);
}

TEST_CASE("a child says whether its path is asked for, is listed, or goes on") {
  const TrieFixture fixture({trie_path({"a"}), trie_path({"a", "b"}), trie_path({"c", "d"})}, {false, true, false});
  const auto check = [&](const FieldTrie::Child* child, bool asked, bool listed, bool has_children) {
    REQUIRE(child != nullptr);
    CHECK(child->asked == asked);
    CHECK(child->listed == listed);
    CHECK(child->has_children == has_children);
    CHECK((fixture.trie.node(child->node).mask != 0) == has_children);
    CHECK(child->last);
  };
  check(fixture.find(FieldTrie::root, "a"), true, false, true);
  check(fixture.find(fixture.node_of(0), "b"), true, true, false);
  check(fixture.find(FieldTrie::root, "c"), false, false, true);
  check(fixture.find(fixture.child(FieldTrie::root, "c"), "d"), true, false, false);
  const TrieFixture all({trie_path({"a"})});
  CHECK(all.find(FieldTrie::root, "a")->listed);
}

TEST_CASE("the nodes below one stand behind it, up to its end") {
  const TrieFixture fixture({trie_path({"a", "b", "c"}), trie_path({"a", "d"}), trie_path({"e"}), trie_path({"a"})});
  const auto is_below = [&](FieldId node, FieldId above) {
    return node > above && node < fixture.trie.node(above).end;
  };
  const FieldId a = fixture.node_of(3);
  CHECK(is_below(fixture.node_of(0), a));
  CHECK(is_below(fixture.node_of(1), a));
  CHECK_FALSE(is_below(fixture.node_of(2), a));
  CHECK_FALSE(is_below(a, fixture.node_of(2)));
  CHECK(fixture.trie.node(FieldTrie::root).end == fixture.trie.size());
  CHECK(fixture.trie.node(fixture.node_of(2)).end == fixture.node_of(2) + 1);
}

TEST_CASE("a key is found up to ASCII case, and it is told whether it is spelt so") {
  const TrieFixture fixture(
      {trie_path({"userName"}), trie_path({"a key of more than sixteen bytes"}), trie_path({"[k\xC3\xA9@"})});
  for (const auto& [key, index, is_exact] : {std::tuple{"userName", 0, true},
                                             {"USERNAME", 0, false},
                                             {"username", 0, false},
                                             {"a key of more than sixteen bytes", 1, true},
                                             {"A key of more than sixteen bytes", 1, false},
                                             {"a key of more THAN sixteen bytes", 1, false},
                                             {"a key of more than sixteen byteS", 1, false},
                                             {"[k\xC3\xA9@", 2, true},
                                             {"[K\xC3\xA9@", 2, false}}) {
    INFO(key);
    bool exact = !is_exact;
    const FieldTrie::Child* const found = fixture.find(FieldTrie::root, key, exact);
    REQUIRE(found != nullptr);
    CHECK(found->node == fixture.node_of(static_cast<std::size_t>(index)));
    CHECK(exact == is_exact);
    CHECK(fixture.trie.is_spelt(*found, key) == is_exact);
  }
  for (const auto* key : {"", "userNam", "userName1", "ser", "a key of more than sixteen byte!",
                          "a key of more thAn_sixteen bytes", "{k\xC3\xA9@", "[k\xC3\x89@", "[k\xC3\xA9`"}) {
    INFO(key);
    CHECK(fixture.find(FieldTrie::root, key) == nullptr);
  }
}

TEST_CASE("long keys that differ only in the middle are told apart") {
  std::vector<FieldPathKeys> paths;
  for (int i = 0; i < 50; ++i) paths.push_back(trie_path({"12345678" + std::to_string(100 + i) + "abcdefgh"}));
  const TrieFixture fixture(paths);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    CHECK(fixture.child(FieldTrie::root, paths[i].keys[0]) == fixture.node_of(i));
  }
  CHECK(fixture.child(FieldTrie::root, "12345678150abcdefgh") == no_field);
}

TEST_CASE("keys equal up to case are several children, one behind another") {
  const TrieFixture fixture(
      {trie_path({"ab"}), trie_path({"AB"}), trie_path({"aB"}), trie_path({"abc"}), trie_path({"Ab", "x"})});
  for (const std::string_view key : {"ab", "AB", "aB", "Ab"}) {
    INFO(key);
    bool exact = false;
    const FieldTrie::Child* child = fixture.find(FieldTrie::root, key, exact);
    REQUIRE(child != nullptr);
    CHECK(exact == fixture.trie.is_spelt(*child, key));
    std::set<FieldId> nodes = {child->node};
    std::size_t spelt = fixture.trie.is_spelt(*child, key) ? 1 : 0;
    while (!child->last) {
      ++child;
      nodes.insert(child->node);
      spelt += fixture.trie.is_spelt(*child, key) ? 1 : 0;
    }
    CHECK(nodes.size() == 4);
    CHECK_FALSE(nodes.contains(fixture.node_of(3)));
    CHECK(spelt == 1);
  }
  CHECK(fixture.find(FieldTrie::root, "ABC")->last);
}

TEST_CASE("a path that takes only its own spelling shares no node with one that takes any") {
  const TrieFixture fixture({trie_path({"a"}, true), trie_path({"a"}), trie_path({"a", "b"})});
  CHECK(fixture.node_of(0) != fixture.node_of(1));
  const FieldTrie::Child* child = fixture.find(FieldTrie::root, "A");
  REQUIRE(child != nullptr);
  REQUIRE_FALSE(child->last);
  CHECK(child[1].last);
  for (int i = 0; i < 2; ++i, ++child) {
    CHECK(child->exact == (child->node == fixture.node_of(0)));
    CHECK(child->has_children == (child->node == fixture.node_of(1)));
    CHECK(fixture.trie.is_spelt(*child, "a"));
    CHECK_FALSE(fixture.trie.is_spelt(*child, "A"));
  }
}

TEST_CASE("the event itself may be asked for, and listed") {
  const std::array<FieldPathKeys, 2> paths = {FieldPathKeys{.keys = {}, .exact = false},
                                              FieldPathKeys{.keys = {"a"}, .exact = false}};
  const FieldTrie listed(paths);
  CHECK((listed.asks_root() && listed.lists_root()));
  CHECK(listed.nodes_of_paths().front() == FieldTrie::root);
  const FieldTrie unlisted(paths, {false, true});
  CHECK((unlisted.asks_root() && !unlisted.lists_root()));
  CHECK_FALSE(TrieFixture({trie_path({"a"})}).trie.asks_root());
}

TEST_CASE("keys are equal up to ASCII case and nothing else") {
  CHECK(equal_keys("", ""));
  CHECK(equal_keys("aBz9_", "AbZ9_"));
  CHECK_FALSE(equal_keys("a", "ab"));
  CHECK_FALSE(equal_keys("@", "`"));
  CHECK_FALSE(equal_keys("[", "{"));
  CHECK_FALSE(equal_keys("\xC3\xA9", "\xC3\x89"));
}

// Keys that are much alike: few letters, in both cases.
std::string random_key(Chance& chance) {
  constexpr std::array<std::string_view, 8> parts = {"a", "A", "b", "B", "_", "aaaaaaaa", "\xC3\xA9", "bbbbbbbbbbbb"};
  std::string key;
  const std::size_t size = chance.one_in(3) ? chance.below(41) : chance.below(4);
  while (key.size() < size) key += chance.pick(parts);
  key.resize(size);
  return key;
}

TEST_CASE("keys of 0 to 40 bytes are found as a look at all of them finds them") {
  Chance chance(1);
  std::size_t found_any = 0;
  std::size_t found_none = 0;
  for (int round = 0; round < 400; ++round) {
    std::set<FieldPathKeys> chosen;
    for (std::size_t i = 1 + chance.below(60); i > 0; --i) {
      FieldPathKeys one = trie_path({random_key(chance)}, chance.one_in(8));
      if (chance.one_in(3)) one.keys.push_back(random_key(chance));
      chosen.insert(std::move(one));
    }
    const TrieFixture fixture({chosen.begin(), chosen.end()});
    const auto check = [&](const std::string& key) {
      std::multiset<std::pair<std::string, bool>> expected;  // spellings of children, and whether they are exact
      std::set<std::pair<std::string, bool>> seen;
      const std::string lower = ascii_lower(key);
      for (const FieldPathKeys& each : fixture.paths) {
        const std::string& one = each.keys[0];
        if (std::string_view(ascii_lower(one)) == lower && seen.emplace(one, each.exact).second) {
          expected.emplace(each.keys[0], each.exact);
        }
      }
      bool exact = false;
      const FieldTrie::Child* child = fixture.find(FieldTrie::root, key, exact);
      CAPTURE(key);
      REQUIRE((child != nullptr) == !expected.empty());
      ++(child != nullptr ? found_any : found_none);
      if (child == nullptr) return;
      REQUIRE(exact == fixture.trie.is_spelt(*child, key));
      for (bool last = false; !last; ++child) {
        const auto at = std::find_if(expected.begin(), expected.end(), [&](const auto& one) {
          return one.second == child->exact && fixture.trie.is_spelt(*child, one.first);
        });
        REQUIRE(at != expected.end());
        for (std::size_t i = 0; i < fixture.paths.size(); ++i) {
          const FieldPathKeys& each = fixture.paths[i];
          if (each.keys[0] != at->first || each.exact != at->second) continue;
          if (each.keys.size() == 1) REQUIRE(child->node == fixture.node_of(i));
          if (each.keys.size() == 2) {
            REQUIRE(fixture.node_of(i) > child->node);
            REQUIRE(fixture.node_of(i) < fixture.trie.node(child->node).end);
          }
        }
        expected.erase(at);
        last = child->last;
      }
      REQUIRE(expected.empty());
    };
    for (const FieldPathKeys& each : fixture.paths) {
      check(each.keys[0]);
      std::string other = each.keys[0];
      for (char& byte : other)
        byte = byte >= 'a' && byte <= 'b' && chance.one_in(2) ? static_cast<char>(byte - 32) : byte;
      check(other);
    }
    for (int i = 0; i < 30; ++i) check(random_key(chance));
  }
  CHECK(found_any > 1'000);
  CHECK(found_none > 1'000);
}

}  // namespace
}  // namespace picket
