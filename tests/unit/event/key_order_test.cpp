#include "engine/event/key_order.hpp"

#include <string>
#include <vector>

#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"
#include "tests/unit/event/padded.hpp"

namespace picket {
namespace {

using bench::Chance;
using tests::Padded;

// The root has children, and so has each of `inner`.
std::vector<FieldPathKeys> paths_with(std::size_t inner) {
  std::vector<FieldPathKeys> paths = {{.keys = {"a"}}};
  for (std::size_t i = 0; i < inner; ++i) paths.push_back({.keys = {"inner" + std::to_string(i), "x"}});
  return paths;
}

// The nodes of a trie that have children.
std::vector<FieldId> parents_of(const FieldTrie& trie) {
  std::vector<FieldId> parents;
  for (FieldId id = 0; id < trie.size(); ++id) {
    if (trie.node(id).mask != 0) parents.push_back(id);
  }
  return parents;
}

// A known key that is asked for by a number of its own.
AskedKey asked(FieldId number) { return {number, AskedKey::asked}; }

// An order over one object, and the keys of that object as a reader meets them.
struct OrderFixture {
  explicit OrderFixture(std::size_t inner = 0) : paths(paths_with(inner)), trie(paths), order(trie) {}

  // A key as it stands in a text, and what `around` is there besides.
  static std::string member(std::string_view key) { return '"' + std::string(key) + "\":"; }
  [[nodiscard]] static bool is_at(KeyOrder::Cursor cursor, std::string_view key, char around = ' ') {
    const Padded padded(member(key), around);
    return cursor->is_at(padded.view().data());
  }
  [[nodiscard]] KeyOrder::Cursor find(std::string_view key, FieldId node = FieldTrie::root) const {
    const Padded padded(member(key), ' ');
    const std::string_view standing = padded.view().substr(1, key.size());
    return order.find(node, standing, field_trie::words_of(standing).hash);
  }
  void learn(KeyOrder::Cursor& cursor, std::string_view key, AskedKey what, FieldId node = FieldTrie::root) {
    learn_from(cursor, member(key), key.size(), what, node);
  }
  // Of a key of some size that begins behind the first byte of a text.
  void learn_from(KeyOrder::Cursor& cursor, std::string_view text, std::size_t size, AskedKey what,
                  FieldId node = FieldTrie::root) {
    const Padded padded(text, ' ');
    order.learn(node, cursor, padded.view().substr(1, size), what);
  }
  // Learns the keys in their order; each is asked for by its place.
  void learn_all(const std::vector<std::string>& keys) {
    KeyOrder::Cursor cursor = order.begin(FieldTrie::root);
    for (std::size_t i = 0; i < keys.size(); ++i) learn(cursor, keys[i], asked(static_cast<FieldId>(i)));
  }

  std::vector<FieldPathKeys> paths;
  FieldTrie trie;
  KeyOrder order;
};

TEST_CASE("what is asked of a key is one word") {
  CHECK(AskedKey().is_nothing());
  for (const FieldId node : {FieldId{0}, FieldId{1}, FieldId{1'000'000}}) {
    const AskedKey some(node, AskedKey::asked | AskedKey::has_children);
    CHECK_FALSE(some.is_nothing());
    CHECK(some.node() == node);
    CHECK(some.has(AskedKey::asked));
    CHECK(some.has(AskedKey::has_children));
    CHECK_FALSE(some.has(AskedKey::listed));
    CHECK_FALSE(some.has(AskedKey::special));
    CHECK_FALSE(AskedKey(node, 0).is_nothing());
  }
}

TEST_CASE("at first no key is known, nor expected") {
  const OrderFixture fixture;
  const KeyOrder::Cursor cursor = fixture.order.begin(FieldTrie::root);
  for (const std::string_view key :
       {"", "a", "inner", "a key of more than eight", "a key of more than 29 bytes is it"}) {
    CHECK(fixture.find(key) == nullptr);
    for (std::size_t i = 0; i <= KeyOrder::passed; ++i) CHECK_FALSE(OrderFixture::is_at(cursor + i, key));
  }
}

TEST_CASE("keys are expected in the order in which they stood") {
  OrderFixture fixture;
  const std::vector<std::string> keys = {"first", "second", "a third of some length", "4", "the fifth one"};
  fixture.learn_all(keys);
  KeyOrder::Cursor cursor = fixture.order.begin(FieldTrie::root);
  for (std::size_t i = 0; i < keys.size(); ++i, ++cursor) {
    INFO(keys[i]);
    for (std::size_t j = 0; j < keys.size(); ++j) CHECK(OrderFixture::is_at(cursor, keys[j]) == (i == j));
    CHECK(cursor->asked.node() == i);
  }
  // Behind the last one a cursor may look beyond, and knows nothing there.
  for (std::size_t i = 0; i <= KeyOrder::passed; ++i) {
    for (const std::string& key : keys) CHECK_FALSE(OrderFixture::is_at(cursor + i, key));
    CHECK_FALSE(OrderFixture::is_at(cursor + i, ""));
  }
}

TEST_CASE("a key that is new among known ones is expected where it stood") {
  OrderFixture fixture;
  fixture.learn_all({"a", "c", "d"});
  KeyOrder::Cursor cursor = fixture.order.begin(FieldTrie::root) + 1;
  fixture.learn(cursor, "b", asked(9));
  CHECK(OrderFixture::is_at(cursor, "c"));
  cursor = fixture.order.begin(FieldTrie::root);
  for (const std::string_view key : {"a", "b", "c", "d"}) CHECK(OrderFixture::is_at(cursor++, key));
  CHECK(fixture.find("b")->asked.node() == 9);
  CHECK(fixture.find("d")->asked.node() == 2);
}

TEST_CASE("a key is found wherever it stands, with what is asked of it and what came next") {
  OrderFixture fixture;
  std::vector<std::string> keys;
  for (int i = 0; i < 200; ++i) keys.push_back("key number " + std::to_string(i));
  fixture.learn_all(keys);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    INFO(keys[i]);
    const KeyOrder::Cursor found = fixture.find(keys[i]);
    REQUIRE(found != nullptr);
    CHECK(OrderFixture::is_at(found, keys[i]));
    CHECK(found->asked.node() == i);
    if (i + 1 < keys.size()) CHECK(OrderFixture::is_at(found + 1, keys[i + 1]));
  }
  for (const std::string_view key : {"key number", "key number 200", "KEY NUMBER 1", "key number 1 ", ""}) {
    CHECK(fixture.find(key) == nullptr);
  }
}

TEST_CASE("a key is known by each of its bytes and by its length, whatever stands around it") {
  for (std::size_t length = 1; length <= key_order::longest_key; ++length) {
    std::string key;
    for (std::size_t i = 0; i < length; ++i) key += static_cast<char>('a' + i);
    OrderFixture fixture;
    fixture.learn_all({key});
    const KeyOrder::Cursor known = fixture.order.begin(FieldTrie::root);
    INFO(key);
    for (const char around : {' ', '"', 'a', static_cast<char>('a' + length)}) {
      REQUIRE(OrderFixture::is_at(known, key, around));
      REQUIRE_FALSE(OrderFixture::is_at(known, key + key.back(), around));
      REQUIRE_FALSE(OrderFixture::is_at(known, key + static_cast<char>('a' + length), around));
      REQUIRE_FALSE(OrderFixture::is_at(known, key.substr(1), around));
      REQUIRE_FALSE(OrderFixture::is_at(known, key.substr(0, length - 1), around));
      for (std::size_t i = 0; i < length; ++i) {
        std::string other = key;
        other[i] = static_cast<char>(other[i] ^ (i % 2 == 0 ? 0x20 : 0x01));
        REQUIRE_FALSE(OrderFixture::is_at(known, other, around));
        REQUIRE(fixture.find(other) == nullptr);
      }
    }
  }
}

TEST_CASE("keys that are too long are not learned") {
  OrderFixture fixture;
  const std::string longest(key_order::longest_key, 'x');
  fixture.learn_all({"", longest, longest + "x", "a"});
  CHECK(fixture.find(longest + "x") == nullptr);
  KeyOrder::Cursor cursor = fixture.order.begin(FieldTrie::root);
  for (const std::string& key : {std::string(), longest, std::string("a")}) {
    CHECK(OrderFixture::is_at(cursor++, key));
    CHECK(fixture.find(key) != nullptr);
  }
}

TEST_CASE("a key with a blank before its colon is not learned, and costs nothing") {
  OrderFixture fixture;
  KeyOrder::Cursor cursor = fixture.order.begin(FieldTrie::root);
  for (int i = 0; i < 10'000; ++i) fixture.learn_from(cursor, R"("key" :)", 3, asked(1));
  CHECK(fixture.find("key") == nullptr);
  fixture.learn(cursor, "key", asked(2));
  CHECK(fixture.find("key") != nullptr);
}

TEST_CASE("a key is known only where its quotes and its colon stand around it") {
  OrderFixture fixture;
  fixture.learn_all({"key"});
  const KeyOrder::Cursor known = fixture.order.begin(FieldTrie::root);
  const auto is_at = [known](std::string_view text) { return known->is_at(Padded(text, '\0').view().data()); };
  CHECK(is_at(R"("key":)"));
  for (const std::string_view text : {R"("key" )", R"("key")", R"("key",)", R"('key":)", R"("key':)", R"(key":)", ""}) {
    INFO(text);
    CHECK_FALSE(is_at(text));
  }
}

TEST_CASE("the objects of two nodes have orders of their own") {
  OrderFixture fixture(1);
  const std::vector<FieldId> parents = parents_of(fixture.trie);
  REQUIRE(parents.size() == 2);
  KeyOrder::Cursor cursor = fixture.order.begin(parents[1]);
  fixture.learn(cursor, "a", asked(1), parents[1]);
  CHECK(fixture.find("a", parents[0]) == nullptr);
  CHECK(fixture.find("a", parents[1]) != nullptr);
  CHECK(OrderFixture::is_at(fixture.order.begin(parents[1]), "a"));
}

TEST_CASE("an object with ever new keys makes the order no longer than a bound") {
  OrderFixture fixture;
  std::vector<std::string> keys;
  KeyOrder::Cursor cursor = fixture.order.begin(FieldTrie::root);
  for (FieldId i = 0; i < 10'000; ++i) {
    for (int event = 0; event < 100; ++event) fixture.order.start_event();
    keys.push_back("key" + std::to_string(i));
    fixture.learn(cursor, keys.back(), asked(i));
  }
  std::size_t known = 0;
  for (FieldId i = 0; i < keys.size(); ++i) {
    const KeyOrder::Cursor found = fixture.find(keys[i]);
    if (found == nullptr) continue;
    ++known;
    REQUIRE(found->asked.node() == i);
  }
  CHECK(known >= 100);
  CHECK(known <= 1'000);
}

TEST_CASE("learning is rationed, and events give it back bit by bit") {
  OrderFixture fixture(30);
  const std::vector<FieldId> parents = parents_of(fixture.trie);
  // The number of keys learned of so many new ones, spread over the nodes.
  FieldId next = 0;
  const auto learn_some = [&](std::size_t count) {
    std::size_t learned = 0;
    for (std::size_t i = 0; i < count; ++i, ++next) {
      const FieldId node = parents[next % parents.size()];
      KeyOrder::Cursor cursor = fixture.order.begin(node);
      const std::string key = "key" + std::to_string(next);
      fixture.learn(cursor, key, asked(next), node);
      learned += fixture.find(key, node) != nullptr ? 1 : 0;
    }
    return learned;
  };
  const std::size_t at_once = learn_some(3'000);
  CHECK(at_once >= 100);
  CHECK(at_once < 3'000);
  CHECK(learn_some(100) == 0);
  std::size_t events = 0;
  while (learn_some(1) == 0 && events < 1'000) {
    fixture.order.start_event();
    ++events;
  }
  CHECK(events > 1);
  CHECK(events < 1'000);
  CHECK(learn_some(1) == 0);
  // Events without number give no more back than there was.
  for (int i = 0; i < 100'000; ++i) fixture.order.start_event();
  CHECK(learn_some(3'000) <= at_once);
}

TEST_CASE("whatever is learned, and where, a key is found as what it was learned as") {
  Chance chance(1);
  for (int round = 0; round < 300; ++round) {
    OrderFixture fixture;
    std::vector<std::string> keys;
    const std::size_t count = chance.below(120);
    for (FieldId i = 0; i < count; ++i) {
      std::string key = chance.hex(1 + chance.below(key_order::longest_key));
      if (fixture.find(key) != nullptr) continue;
      KeyOrder::Cursor cursor = fixture.order.begin(FieldTrie::root) + chance.below(keys.size() + 1);
      fixture.learn(cursor, key, asked(static_cast<FieldId>(keys.size())));
      REQUIRE(OrderFixture::is_at(cursor - 1, key));
      keys.push_back(std::move(key));
    }
    for (FieldId i = 0; i < keys.size(); ++i) {
      INFO(keys[i]);
      REQUIRE(fixture.find(keys[i]) != nullptr);
      REQUIRE(fixture.find(keys[i])->asked.node() == i);
    }
  }
}

}  // namespace
}  // namespace picket
