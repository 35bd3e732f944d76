#include <string>

#include "engine/pattern/pattern.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

bool fits(std::string_view pattern, std::string_view text, bool folded = false) {
  const auto glob = Glob::compile(pattern, folded);
  INFO(pattern);
  REQUIRE(std::holds_alternative<Glob>(glob));
  return std::get<Glob>(glob).fits(text);
}

TEST_CASE("stars, question marks and sets") {
  CHECK(fits("", ""));
  CHECK_FALSE(fits("", "a"));
  CHECK(fits("*", ""));
  CHECK(fits("a*", "abc"));
  CHECK(fits("*c", "abc"));
  CHECK(fits("a*b*c", "aXbYbc"));
  CHECK(fits("a**c", "ac"));
  CHECK_FALSE(fits("a*b*c", "aXcb"));
  CHECK(fits("*ab*ab", "abab"));
  CHECK_FALSE(fits("*ab*ab", "aab"));
  CHECK(fits("?", "\xF0\x9F\x98\x80"));
  CHECK_FALSE(fits("??", "\xF0\x9F\x98\x80"));
  CHECK(fits("*?", "x\n"));
  CHECK(fits("[a-c]x", "bx"));
  CHECK_FALSE(fits("[!a-c]x", "bx"));
  CHECK(fits("[!a-c]x", "\xC3\xA9x"));
  CHECK(fits("[*][?][[]", "*?["));
  CHECK(fits("[]a]", "]"));
  CHECK(fits("[!]]", "a"));
  CHECK(fits("[a-]", "-"));
  CHECK(fits("[-a]", "-"));
  CHECK(fits("a]", "a]"));
  CHECK(fits("\\*", "\\anything"));
  CHECK_FALSE(fits("[z-a]", "m"));
}

TEST_CASE("folded, both sides lose their case") {
  CHECK(fits("REPORT*.exe", "report-1.EXE", true));
  CHECK(fits("[A-C]", "b", true));
  CHECK(fits("[a-c]", "B", true));
  CHECK_FALSE(fits("[!A-C]", "b", true));
  CHECK(fits("\xC3\x89*", "\xC3\xA9t", true));
  CHECK(fits("[\xC3\x80-\xC3\x9C]", "\xC3\xA9", true));
  CHECK(fits("[k]", "\xE2\x84\xAA", true));  // KELVIN SIGN folds to k
}

TEST_CASE("an unclosed set is an error where it opens") {
  for (const auto& [pattern, offset] : {std::pair{"ab[c", 2}, {"[", 0}, {"[]", 0}, {"[!", 0}, {"x[a-", 1}}) {
    const auto glob = Glob::compile(pattern, false);
    REQUIRE(std::holds_alternative<PatternError>(glob));
    CHECK(std::get<PatternError>(glob).reason == "missing closing ]");
    CHECK(std::get<PatternError>(glob).offset == static_cast<std::size_t>(offset));
  }
  CHECK(std::holds_alternative<PatternError>(Glob::compile(std::string(Glob::longest + 1, 'a'), false)));
}

TEST_CASE("many stars do not make it slow") {
  std::string pattern;
  for (int i = 0; i < 100; ++i) pattern += "*a";
  CHECK_FALSE(fits(pattern + "b", std::string(10'000, 'a')));
  CHECK(fits(pattern, std::string(10'000, 'a')));
}

}  // namespace
}  // namespace picket
