#include "engine/event/literal.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "engine/event/escapes.hpp"
#include "grammar/text/ascii.hpp"
#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"
#include "tests/unit/event/padded.hpp"

namespace picket {
namespace {

using Answer = Literal::Answer;
using bench::Chance;
using tests::Padded;

Answer answer_of(bool truth) { return truth ? Answer::yes : Answer::no; }

// Texts without escapes; the text that is sought in stands between bytes that continue a match.
struct Sought {
  Sought(std::string_view sought, std::string_view text, char around)
      : escaped(escape(text)), padded(escaped, around), literal(escape(sought)) {}

  [[nodiscard]] Answer begins() const { return literal.begins(padded.view()); }
  [[nodiscard]] Answer ends() const { return literal.ends(padded.view()); }
  [[nodiscard]] Answer stands_in() const { return literal.stands_in(padded.view()); }

  std::string escaped;
  Padded padded;
  Literal literal;
};

TEST_CASE("a literal is found in a text up to ASCII case") {
  struct Case {
    const char* literal;
    const char* text;
    bool begins;
    bool ends;
    bool stands_in;
  };
  for (const auto& [literal, text, begins, ends, stands_in] : {
           Case{"", "", true, true, true},
           {"", "abc", true, true, true},
           {"a", "", false, false, false},
           {"a", "A", true, true, true},
           {"abc", "aBcdE", true, false, true},
           {"cde", "abCDe", false, true, true},
           {"bcd", "abCDe", false, false, true},
           {"abcde", "abcd", false, false, false},
           {"@[`{", "`{@[", false, false, false},  // differ by the bit of case, and are no letters
           {"[", "{", false, false, false},
           {"{", "[", false, false, false},
           {"@", "`", false, false, false},
           {"\xC3\xA9", "\xC3\x89", false, false, false},  // folded before they are sought, or not at all
           {"\xC3\xA9", "caf\xC3\xA9", false, true, true},
           {"k", "\xE2\x84\xAA", false, false, false},
           {"\n", "a\nb", false, false, true},
           {"\n", "a\\nb", false, false, false},
           {"n", "a\nb", false, false, false},
           {"\"", "a\"", false, true, true},
           {"\"", "\\\"", false, true, true},
           {"\\", "\"", false, false, false},
           {"\\", "\\\\", true, true, true},
           {"\\n", "\\\\n", false, true, true},
           {"\b", "\\b", false, false, false},
           {"\\temp\\", "C:\\Temp\\x", false, false, true},
           {"temp", "C:\\\temp", false, false, false},
       }) {
    INFO("<" << literal << "> in <" << text << ">");
    for (const char around : {' ', '\\', 'a', 'n', '"'}) {
      const Sought sought(literal, text, around);
      CHECK(sought.begins() == answer_of(begins));
      CHECK(sought.ends() == answer_of(ends));
      CHECK(sought.stands_in() == answer_of(stands_in));
    }
  }
}

TEST_CASE("a literal of any length is found at any place, and not if one byte of it differs") {
  for (std::size_t length = 1; length <= 40; ++length) {
    std::string literal;
    for (std::size_t i = 0; i < length; ++i) literal += static_cast<char>('a' + i % 26);
    for (std::size_t before = 0; before <= 40; ++before) {
      std::string text = std::string(before, '.') + literal + std::string(before % 19, '.');
      INFO(literal << " at " << before);
      REQUIRE(Sought(literal, text, 'a').stands_in() == Answer::yes);
      REQUIRE(Sought(literal, text, 'a').begins() == answer_of(before == 0));
      REQUIRE(Sought(literal, text, 'a').ends() == answer_of(before % 19 == 0));
      text[before + (length * before) % length] = '-';
      text[before + (before * 7) % length] = '-';
      REQUIRE(Sought(literal, text, 'a').stands_in() == Answer::no);
    }
  }
}

TEST_CASE("a literal stands at one place and no other") {
  const Padded text("xaBcabC", 'c');
  const Literal literal("abc");
  for (std::size_t at = 0; at <= 12; ++at) CHECK(literal.stands_at(text.view(), at) == (at == 1 || at == 4));
}

TEST_CASE("what stands behind an odd number of backslashes is the second half of an escape") {
  for (std::size_t run = 0; run < 16; ++run) {
    const Padded text("x" + std::string(run, '\\') + "n", '\\');
    INFO(run);
    CHECK(Literal::is_whole_at(text.view(), run + 1) == answer_of(run % 2 == 0));
  }
  const Padded only(std::string(8, '\\'), '\\');
  CHECK(Literal::is_whole_at(only.view(), 0) == Answer::yes);  // what stands before the text does not count
  CHECK(Literal::is_whole_at(only.view(), 1) == Answer::no);
  CHECK(Literal::is_whole_at(only.view(), 8) == Answer::yes);
  const Padded many(std::string(1'000, '\\'));
  CHECK(Literal::is_whole_at(many.view(), 500) == Answer::unsure);
}

// Texts that hold parts of one another's escapes.
std::string random_text(Chance& chance, std::size_t most) {
  constexpr std::array<std::string_view, 16> parts = {"a",  "b",  "n", "\\", "\\", "\"",       "\n",       "\b",
                                                      "ab", "bn", "/", "t",  "\t", "\xC3\xA9", "nbnbnbnb", "\\n"};
  std::string text;
  const std::size_t kinds = 2 + chance.below(parts.size() - 1);
  for (std::size_t i = chance.below(most + 1); i > 0; --i) text += parts[chance.below(kinds)];
  if (chance.one_in(20)) text.insert(chance.below(text.size() + 1), chance.below(25), '\\');
  return text;
}

TEST_CASE("the answer is that of a search in the text without its escapes") {
  Chance chance(1);
  std::array<std::size_t, 3> answers{};
  for (int i = 0; i < 100'000; ++i) {
    std::string text = random_text(chance, 30);
    std::string literal = random_text(chance, 3);
    if (chance.one_in(3) && !text.empty()) {
      const std::size_t begin = chance.below(text.size());
      literal = text.substr(begin, chance.below(20));
    }
    // Letters of the text only: those of escapes have no case.
    for (char& byte : text) byte = byte >= 'a' && byte <= 'z' && chance.one_in(2) ? static_cast<char>(byte - 32) : byte;
    const Sought sought(literal, text, "\\ an\""[chance.below(5)]);
    const std::string folded = ascii_lower(text);
    const bool many = sought.escaped.find(std::string(16, '\\')) != std::string::npos;
    CAPTURE(text, literal);
    const auto check = [many](Answer answer, bool truth) {
      if (answer == Answer::unsure) return many;
      return answer == answer_of(truth);
    };
    REQUIRE(sought.begins() == answer_of(folded.starts_with(literal)));
    REQUIRE(check(sought.ends(), folded.ends_with(literal)));
    REQUIRE(check(sought.stands_in(), folded.find(literal) != std::string::npos));
    ++answers.at(static_cast<std::size_t>(sought.stands_in()));
  }
  for (const std::size_t count : answers) CHECK(count > 20);
}

}  // namespace
}  // namespace picket
