#include "engine/plan/literal_index.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/plan/hash_index.hpp"
#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"
#include "tests/unit/plan/literals.hpp"

namespace picket {
namespace {

using bench::Chance;
using tests::Padded;
using tests::Places;

// Literals filed by `hashed` bytes at an offset of their own.
struct Filed {
  std::string text;
  std::size_t offset = 0;
  std::size_t hashed = 0;
};

// Where each literal is sought in a text, of which all places are looked at with every number of bytes.
Places sought_in(const LiteralIndex& index, const std::set<std::size_t>& lengths, std::string_view text) {
  const Padded padded(text, 'a');
  Places places;
  for (const std::size_t length : lengths) {
    for (std::size_t at = 0; at + length <= text.size(); ++at) {
      const std::uint64_t hash = hash_of_text(padded.view().substr(at, length));
      index.find(hash, padded.view(), at,
                 [&](std::uint32_t literal, std::size_t place) { places.emplace(literal, place); });
    }
  }
  return places;
}

LiteralIndex index_of(const std::vector<Filed>& literals) {
  LiteralIndex index;
  for (std::uint32_t i = 0; i < literals.size(); ++i) {
    const Padded padded(literals[i].text, 'z');
    index.add(hash_of_text(padded.view().substr(literals[i].offset, literals[i].hashed)), i, padded.view(),
              literals[i].offset);
  }
  index.finish();
  return index;
}

TEST_CASE("an index of nothing seeks nothing") {
  LiteralIndex index;
  index.finish();
  CHECK(sought_in(index, {1, 2, 4}, "some text").empty());
}

TEST_CASE("a literal is sought where its hashed bytes stand, from its beginning on") {
  const LiteralIndex index = index_of({{.text = "abcdef", .offset = 2, .hashed = 4}});
  CHECK(sought_in(index, {4}, "abcdef") == Places{{0, 0}});
  CHECK(sought_in(index, {4}, "..ABCdef..") == Places{{0, 2}});
  CHECK(sought_in(index, {4}, "cdef").empty());   // it would begin before the text
  CHECK(sought_in(index, {4}, "xcdef").empty());  // likewise
  CHECK(sought_in(index, {4}, "abcde").empty());
}

TEST_CASE("other bytes than those hashed rule out most of what is none") {
  const std::string literal = "0123456789abcdefghijklmnopqrstuvwxyz";
  for (std::size_t offset = 0; offset + 4 <= literal.size(); ++offset) {
    const LiteralIndex index = index_of({{.text = literal, .offset = offset, .hashed = 4}});
    const std::string around = std::string(40, '.') + literal.substr(offset, 4) + std::string(40, '.');
    INFO(offset);
    CHECK(sought_in(index, {4}, around).empty());
    CHECK(sought_in(index, {4}, "." + literal + ".") == Places{{0, 1}});
  }
}

TEST_CASE("a literal may be filed several times") {
  LiteralIndex index;
  const Padded literal("abcdefgh");
  for (const std::size_t offset : {0U, 1U, 4U}) {
    index.add(hash_of_text(literal.view().substr(offset, 4)), 7, literal.view(), offset);
  }
  index.finish();
  CHECK(sought_in(index, {4}, "..abcdefgh") == Places{{7, 2}});
}

TEST_CASE("very long literals are found by bytes far behind their beginning") {
  std::string literal;
  Chance chance(1);
  while (literal.size() < 70'000) literal += chance.hex(1'000);
  for (const std::size_t offset :
       {std::size_t{0}, std::size_t{1}, std::size_t{20'000}, std::size_t{59'990}, LiteralIndex::longest}) {
    const LiteralIndex index = index_of({{.text = literal, .offset = offset, .hashed = 16}});
    INFO(offset);
    CHECK(sought_in(index, {16}, literal).count({0, 0}) == 1);
    CHECK(sought_in(index, {16}, "." + literal + ".").count({0, 1}) == 1);
  }
}

TEST_CASE("every occurrence of every literal is sought") {
  Chance chance(2);
  tests::SearchTally tally;
  for (int round = 0; round < 2'000; ++round) {
    std::vector<Filed> literals;
    std::vector<std::string> texts;
    std::set<std::size_t> lengths;
    for (std::size_t i = 1 + chance.below(30); i > 0; --i) {
      Filed one{.text = tests::random_text(chance, 1, 40)};
      one.hashed = std::min(one.text.size(), std::size_t{1} << chance.below(5));
      one.offset = chance.below(one.text.size() - one.hashed + 1);
      lengths.insert(one.hashed);
      texts.push_back(one.text);
      literals.push_back(std::move(one));
    }
    const LiteralIndex index = index_of(literals);
    const std::string text = tests::text_around(texts, chance);
    const Places sought = sought_in(index, lengths, text);
    INFO(text);
    tally.add(sought, tests::occurrences_of(texts, text));
  }
  tally.check();
}

}  // namespace
}  // namespace picket
