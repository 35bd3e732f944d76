#include "engine/sigma/encodings.hpp"

#include <algorithm>
#include <random>
#include <string>

#include "engine/event/base64.hpp"
#include "engine/sigma/wild_text.hpp"
#include "tests/catch.hpp"

namespace picket::sigma {
namespace {

TEST_CASE("whatever stands around it, one of the three is in the Base64 of a text") {
  std::mt19937 random(3);
  const auto bytes = [&random](std::size_t length) {
    std::string made(length, '\0');
    std::ranges::generate(made, [&random] { return static_cast<char>(random()); });
    return made;
  };
  for (int i = 0; i < 3'000; ++i) {
    const std::string sought = bytes(3 + random() % 9);
    const std::string before = bytes(random() % 7);
    const std::string encoded = to_base64(before + sought + bytes(random() % 7));
    const auto offsets = base64_offsets(sought);
    REQUIRE_FALSE(offsets.at(before.size() % 3).empty());
    REQUIRE(encoded.find(offsets.at(before.size() % 3)) != std::string::npos);
  }
}

TEST_CASE("UTF-16 in both orders, with surrogates") {
  CHECK(to_utf16("aä", false) == std::string("a\0\xe4\0", 4));
  CHECK(to_utf16("aä", true) == std::string("\0a\0\xe4", 4));
  CHECK(to_utf16("\xf0\x9f\x98\x80", true) == std::string("\xd8\x3d\xde\0", 4));
}

TEST_CASE("dashes change only where an option begins, and many of them are a wildcard each") {
  const auto count = [](std::string_view text) { return with_any_dash(WildText::parse(text), 1'000).size(); };
  CHECK(count("no dash") == 1);
  CHECK(count("-a") == 5);
  CHECK(count("/a -b") == 25);
  CHECK(count("a-b c/d") == 1);
  CHECK(count("- a") == 1);
  CHECK(count("--long") == 5);
  // What is no letter of a word, in any script, ends one; what is, does not.
  CHECK(count("\xe2\x80\x9c-a") == 5);  // a quotation mark before it
  CHECK(count("\xc2\xa0-a") == 5);      // a blank that does not break
  CHECK(count("\xe6\x97\xa5-a") == 1);  // a letter
  CHECK(count(" -\xe2\x80\x9c"
              "a") == 1);
  CHECK(count(" -\xc3\xa9") == 5);
  CHECK(count("-a -b -c -d -e") == 1);
  CHECK(with_any_dash(WildText::parse("-a /b*"), 5).front().question().text == "[/–—―-]a [/–—―-]b*");
}

TEST_CASE("a Sigma text asks what it means") {
  const auto asked = [](std::string_view text) {
    const WildText::Question question = WildText::parse(text).question();
    return std::string(row_of(question.op).spelling) + " " + question.text;
  };
  CHECK(asked("abc") == "eq abc");
  CHECK(asked("*abc*") == "contains abc");
  CHECK(asked("abc*") == "starts_with abc");
  CHECK(asked("*abc") == "ends_with abc");
  CHECK(asked("a*c") == "like a*c");
  CHECK(asked("*a?c") == "like *a?c");
  CHECK(asked(R"([x]\**)") == "starts_with [x]*");
  CHECK(asked(R"([x]\*?)") == "like [[]x][*]?");
  CHECK(asked(R"(a\\*)") == R"(starts_with a\)");
}

}  // namespace
}  // namespace picket::sigma
