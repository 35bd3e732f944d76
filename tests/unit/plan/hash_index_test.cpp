#include "engine/plan/hash_index.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"
#include "tests/unit/event/padded.hpp"

namespace picket {
namespace {

using bench::Chance;
using tests::Padded;

std::uint64_t hash_of(std::string_view text, char around) {
  const Padded padded(text, around);
  return hash_of_text(padded.view());
}

bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); }

// Of every length up to the one at which long texts begin to share hashes.
constexpr std::size_t longest_told_apart = 24;

std::string text_of(std::size_t length) {
  constexpr std::string_view bytes = "kT0-z_Q9.mB/\xC3\xA9 aX:7";
  std::string text;
  for (std::size_t i = 0; i < length; ++i) text += bytes[i % bytes.size()];
  return text;
}

TEST_CASE("the hash of a text ignores ASCII case and what stands around the text") {
  for (std::size_t length = 0; length <= 100; ++length) {
    const std::string text = text_of(length);
    std::string upper = text;
    std::string lower = text;
    for (std::size_t i = 0; i < length; ++i) {
      if (!is_letter(text[i])) continue;
      upper[i] = static_cast<char>(text[i] & ~0x20);
      lower[i] = static_cast<char>(text[i] | 0x20);
    }
    INFO(text);
    for (const char around : {' ', 'k', '\xff', '\0'}) {
      REQUIRE(hash_of(text, around) == hash_of_copy(text));
      REQUIRE(hash_of(upper, around) == hash_of_copy(text));
      REQUIRE(hash_of(lower, around) == hash_of_copy(text));
    }
  }
}

TEST_CASE("texts of up to 24 bytes that differ in one byte by more than case have hashes of their own") {
  for (std::size_t length = 1; length <= longest_told_apart; ++length) {
    const std::string text = text_of(length);
    for (std::size_t i = 0; i < length; ++i) {
      for (int bit = 0; bit < 8; ++bit) {
        if (bit == 5) continue;  // that of case
        std::string other = text;
        other[i] = static_cast<char>(other[i] ^ (1 << bit));
        INFO(text << " and " << other);
        REQUIRE(hash_of_copy(other) != hash_of_copy(text));
      }
    }
  }
}

TEST_CASE("texts of different lengths have hashes of their own") {
  std::set<std::uint64_t> hashes;
  for (std::size_t length = 0; length <= 100; ++length) {
    hashes.insert(hash_of_copy(std::string(length, 'a')));
    hashes.insert(hash_of_copy(std::string(length, '\0')));
  }
  CHECK(hashes.size() == 201);  // the two empty texts are one
}

TEST_CASE("numbers, bools and texts are told apart by their hashes") {
  CHECK(hash_of_number(0.0) == hash_of_number(-0.0));
  CHECK(hash_of_bool(true) != hash_of_bool(false));
  std::set<std::uint64_t> hashes = {hash_of_bool(true), hash_of_bool(false)};
  for (int i = 0; i < 1'000; ++i) {
    hashes.insert(hash_of_number(i));
    hashes.insert(hash_of_copy(std::to_string(i)));
  }
  hashes.insert({hash_of_number(-1), hash_of_number(0.5), hash_of_number(1e300), hash_of_copy("true")});
  CHECK(hashes.size() == 2'006);
}

template <std::size_t words>
void check_filter() {
  Chance chance(1);
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{5}, std::size_t{1'000}}) {
    HashFilter<words> filter;
    std::vector<std::uint64_t> hashes;
    for (std::size_t i = 0; i < count; ++i) hashes.push_back(chance.next());
    for (const std::uint64_t hash : hashes) filter.add(hash);
    for (const std::uint64_t hash : hashes) REQUIRE(filter.may_hold(hash));
    // Of most others it tells that they are not there, while it holds few.
    std::size_t others = 0;
    for (int i = 0; i < 1'000; ++i) others += filter.may_hold(chance.next()) ? 1 : 0;
    if (count <= 5) CHECK(others < 500);
    if (count == 0) CHECK(others == 0);
  }
}

TEST_CASE("a filter never denies what is in it") {
  check_filter<1>();
  check_filter<4>();
  check_filter<64>();
}

TEST_CASE("an empty index finds nothing") {
  const HashIndex index;
  for (const std::uint64_t hash : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}}) {
    CHECK(index.find(hash) == HashIndex::none);
    CHECK(index.view().find(hash) == HashIndex::none);
  }
  CHECK(HashIndex::View().find(0) == HashIndex::none);
}

TEST_CASE("the first index filed for a hash stays") {
  // Hashes are told apart by their upper halves.
  constexpr std::uint64_t one = std::uint64_t{1} << 32U;
  HashIndex index;
  CHECK(index.insert(7 * one, 3) == 3);
  CHECK(index.insert(7 * one, 4) == 3);
  CHECK(index.find(7 * one) == 3);
  CHECK(index.insert(0, 0) == 0);
  CHECK(index.find(0) == 0);
  CHECK(index.find(8 * one) == HashIndex::none);
}

TEST_CASE("an index that grows keeps all that was filed, wherever it wants to stand") {
  Chance chance(2);
  // Hashes that differ in their upper bits, and those of which many want one place.
  for (const std::uint64_t places :
       {~std::uint64_t{0}, std::uint64_t{0xFFFFFFFF00000000U}, std::uint64_t{0xFFFFFFFF00000003U}}) {
    HashIndex index;
    std::map<std::uint64_t, std::uint32_t> filed;
    for (std::uint32_t i = 0; i < 3'000; ++i) {
      const std::uint64_t hash = (chance.next() & 0xFFFFFFFFU) | std::uint64_t{i + 1} << 32U;
      filed.emplace(hash & places, i);
      REQUIRE(index.insert(hash & places, i) == i);
      if (i % 97 == 0) {
        for (const auto& [of, what] : filed) REQUIRE(index.find(of) == what);
      }
    }
    const HashIndex::View view = index.view();
    for (const auto& [hash, what] : filed) REQUIRE(view.find(hash) == what);
    for (std::uint64_t i = 4'000; i < 8'000; ++i)
      REQUIRE(view.find((chance.next() & 0xFFFFFFFFU) | i << 32U) == HashIndex::none);
  }
}

}  // namespace
}  // namespace picket
