#include <string>

#include "engine/pattern/pattern.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

Regex regex(std::string_view pattern, bool folded = false) {
  auto compiled = Regex::compile(pattern, {folded});
  INFO(pattern);
  REQUIRE(std::holds_alternative<Regex>(compiled));
  return std::get<Regex>(std::move(compiled));
}

PatternError error(std::string_view pattern, std::size_t memory = 1024 * 1024) {
  auto compiled = Regex::compile(pattern, {false, memory});
  INFO(pattern);
  REQUIRE(std::holds_alternative<PatternError>(compiled));
  return std::get<PatternError>(std::move(compiled));
}

TEST_CASE("a regex is searched for, in UTF-8, with Perl classes") {
  CHECK(regex("b+").found_in("abbc"));
  CHECK_FALSE(regex("^b").found_in("abc"));
  CHECK(regex("^.$").found_in("\xF0\x9F\x98\x80"));
  CHECK(regex(R"(\d\s\w)").found_in("1 a"));
  CHECK(regex("").found_in(""));
  CHECK(regex("a.b").found_in(std::string("a\0b", 3)));
  CHECK(regex("STRASSE", true).found_in("strasse"));
  CHECK(regex("\xC3\xA9", true).found_in("\xC3\x89"));
  CHECK_FALSE(regex("A").found_in("a"));
}

TEST_CASE("groups are found by number and by name") {
  const Regex pair = regex("(?P<key>[a-z]+)=([0-9]+)?");
  CHECK(pair.group_count() == 2);
  CHECK(pair.group_named("key") == 1U);
  CHECK_FALSE(pair.group_named("value").has_value());
  const std::string text = "x ab=12 cd=";
  auto groups = pair.find(text);
  REQUIRE(groups.size() == 3);
  CHECK(text.substr(groups[1].begin, groups[1].end - groups[1].begin) == "ab");
  groups = pair.find(text, groups[0].end);
  REQUIRE(groups.size() == 3);
  CHECK(groups[0].begin == 8);
  CHECK(groups[2].begin == Regex::npos);
  CHECK(pair.find(text, text.size()).empty());
  CHECK(pair.find(text, text.size() + 1).empty());
}

TEST_CASE("every match is replaced") {
  const auto replaced = [](std::string_view pattern, std::string_view text, std::string_view by) {
    return regex(pattern).replace_all(text, by, 1000);
  };
  CHECK(replaced("(a)(b)", "xabyab", R"(\2\1)") == "xbayba");
  CHECK(replaced("a*", "baaac", "X") == "XbXcX");
  CHECK(replaced("", "\xC3\xA9z", "-") == "-\xC3\xA9-z-");
  CHECK(replaced("b", "abc", R"([\0\\])") == R"(a[b\]c)");
  CHECK(replaced("(x)?b", "ab", R"(<\1>)") == "a<>");
  CHECK(replaced("b", "abc", R"(\1)") == "abc");  // there is no such group
  CHECK(replaced("b", "abc", R"(\)") == "abc");
  CHECK(replaced("z", "abc", "y") == "abc");
  CHECK_FALSE(regex("a").replace_all(std::string(100, 'a'), std::string(100, 'b'), 9'999).has_value());
}

TEST_CASE("what is no regex has a reason and a place") {
  CHECK(error("a(b").reason == "missing closing )");
  CHECK(error("[a").reason == "missing closing ]");
  CHECK(error("a**").reason == "repetition of a repetition");
  CHECK(error("*a").reason == "nothing to repeat");
  CHECK(error("ab\\").reason == "backslash at the end");
  CHECK(error("[z-a]").reason == "character range in the wrong order");
  CHECK(error("a{2000}").reason == "repetition count out of range");
  CHECK(error("a(?=b)").reason == "look-around and other Perl groups are not supported");
  CHECK(error("a(?=b)").offset == 1);
  CHECK(error(R"((a)\1)").reason == "unknown escape");
  CHECK(error(R"((a)\1)").offset == 3);
  CHECK(error(R"(ab\C)").offset == 2);
  CHECK(error("\xff").reason == "not UTF-8");
}

TEST_CASE("a huge regex is refused") {
  CHECK(error("((((a{100}){100}){100}){100})").reason == "repetition count out of range");
  CHECK(error(R"(\pL{1000})").reason == "regex too large");
  CHECK(error("[a-z]{100}", 1000).reason == "regex too large");
  CHECK(regex(R"(\\Cx)").found_in(R"(\Cx)"));
  CHECK(regex(R"(\Q\C\E)").found_in(R"(\C)"));
}

}  // namespace
}  // namespace picket
