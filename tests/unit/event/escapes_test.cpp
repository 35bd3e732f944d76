#include "engine/event/escapes.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "engine/event/json.hpp"
#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"
#include "tests/unit/event/padded.hpp"

namespace picket {
namespace {

using bench::Chance;
using tests::Padded;

// Whether the first backslash of the text begins an escape.
bool first_is_valid(std::string_view text, char around = ' ') {
  const Padded padded(text, around);
  return is_valid_escape(padded.view().data() + text.find('\\') + 1, false);
}

std::string unescaped(std::string_view raw) {
  const Padded padded(raw, '\\');
  std::string out(raw.size() + 16, '\0');
  out.resize(unescape(padded.view(), out.data()));
  return out;
}

TEST_CASE("an escape is one of RFC 8259") {
  for (const auto* sound : {R"(\")", R"(\\)", R"(\/)", R"(\b)", R"(\f)", R"(\n)", R"(\r)", R"(\t)", R"(\u0000)",
                            R"(\u0041)", R"(\uabCD)", R"(\uD7FF)", R"(\ue000)", R"(\uffff)"}) {
    INFO(sound);
    CHECK(first_is_valid(sound));
    CHECK(first_is_valid(sound, '\\'));
    CHECK(first_is_valid(sound, '0'));
  }
  for (const auto* broken : {R"(\a)", R"(\x41)", R"(\')", R"(\0)", R"(\B)", R"(\N)", R"(\U0041)", R"(\ )", R"(\u)",
                             R"(\u004)", R"(\u004g)", R"(\u00 41)", R"(\u-041)", R"(\u+041)", R"(\u{41})"}) {
    INFO(broken);
    CHECK_FALSE(first_is_valid(broken));
  }
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = {'\\', static_cast<char>(byte)};
    INFO(byte);
    CHECK(first_is_valid(text) ==
          (byte != 0 && std::string_view("\"\\/bfnrt").find(text[1]) != std::string_view::npos));
  }
}

TEST_CASE("a surrogate needs its other half") {
  struct Case {
    const char* text;
    std::size_t backslash;  // which place is asked about
    bool is_valid;
  };
  for (const auto& [text, backslash, is_valid] : {
           Case{R"(\ud83d\ude00)", 0, true},
           {R"(\ud83d\ude00)", 6, true},
           {R"(\uD800\uDC00)", 0, true},
           {R"(\uDBFF\uDFFF)", 6, true},
           {R"(\ud800)", 0, false},
           {R"(\udc00)", 0, false},
           {R"(\ude00\ud83d)", 0, false},
           {R"(\ude00\ud83d)", 6, false},
           {R"(\ud83d\ud83d)", 0, false},
           {R"(\ude00\ude00)", 6, false},
           {R"(\ud83dx\ude00)", 0, false},
           {R"(\ud83dx\ude00)", 7, false},
           {R"(\ud83d\u0041)", 0, false},
           {R"(\u0041\ude00)", 6, false},
           {R"(\ud83d\\ude00)", 0, false},
           {R"(\ud83d ude00)", 0, false},
           {R"( ud83d\ude00)", 6, false},
           {R"(\ud83d\ude0)", 0, false},
       }) {
    INFO(text << " at " << backslash);
    const Padded padded(text);
    const char* const first = padded.view().data() + 1;
    const bool behind_high = backslash == 6 && first[-1] == '\\' && is_high_surrogate(first);
    CHECK(is_valid_escape(padded.view().data() + backslash + 1, behind_high) == is_valid);
  }
}

TEST_CASE("each escape stands for its character") {
  CHECK(unescaped("") == "");
  CHECK(unescaped("plain") == "plain");
  CHECK(unescaped(R"(\"\\\/\b\f\n\r\t)") == "\"\\/\b\f\n\r\t");
  CHECK(unescaped(R"(\u0000)") == std::string(1, '\0'));
  CHECK(unescaped(R"(\u007f|\u0080|\u07ff|\u0800|\uFFFF)") == "\x7f|\xC2\x80|\xDF\xBF|\xE0\xA0\x80|\xEF\xBF\xBF");
  CHECK(unescaped(R"(\ud800\udc00|\uDBFF\uDFFF)") == "\xF0\x90\x80\x80|\xF4\x8F\xBF\xBF");
  CHECK(unescaped(R"(\\u0041\\\u0041)") == R"(\u0041\A)");
}

// What may stand within a string.
std::string random_raw(Chance& chance) {
  constexpr std::array<std::string_view, 22> parts = {"a",
                                                      "N",
                                                      "key",
                                                      "0123456789abcdef",
                                                      " ",
                                                      R"(\n)",
                                                      R"(\")",
                                                      R"(\\)",
                                                      R"(\/)",
                                                      R"(\u0041)",
                                                      R"(\u00e9)",
                                                      R"(\ud83d\ude00)",
                                                      R"(\u0000)",
                                                      "\xC3\xA9",
                                                      R"(\t)",
                                                      R"(\b)",
                                                      R"(\u2028)",
                                                      "u0041",
                                                      "\xF0\x9F\x98\x80",
                                                      R"(\\\\\\\\)",
                                                      "/",
                                                      R"(\r\f)"};
  std::string raw;
  for (std::size_t i = chance.below(12); i > 0; --i) raw += chance.pick(parts);
  return raw;
}

TEST_CASE("what is unescaped is what a reader of JSON reads") {
  Chance chance(1);
  for (int i = 0; i < 20'000; ++i) {
    const std::string raw = random_raw(chance);
    INFO(raw);
    const auto read = read_json("\"" + raw + "\"");
    REQUIRE(std::holds_alternative<Value>(read));
    REQUIRE(unescaped(raw) == *std::get<Value>(read).string());
  }
}

TEST_CASE("unescaping never makes a text longer, nor writes beyond its bounds") {
  Chance chance(2);
  constexpr char guard = '\x5a';
  for (int i = 0; i < 5'000; ++i) {
    const std::string raw = random_raw(chance);
    const Padded padded(raw, '\\');
    std::string out(raw.size() + 64, guard);
    INFO(raw);
    REQUIRE(unescape(padded.view(), out.data()) <= raw.size());
    const auto behind = out.begin() + static_cast<std::ptrdiff_t>(raw.size() + 16);
    REQUIRE(std::all_of(behind, out.end(), [](char byte) { return byte == guard; }));
  }
}

TEST_CASE("a text is escaped in one certain way") {
  CHECK(escape("") == "");
  CHECK(escape("a/b\xC3\xA9\x7f") == "a/b\xC3\xA9\x7f");
  CHECK(escape("\"\\\b\f\n\r\t") == R"(\"\\\b\f\n\r\t)");
  CHECK(escape(std::string("\0\x01\x0b\x1f", 4)) == std::string("\0\x01\x0b\x1f", 4));
}

TEST_CASE("what is escaped is what was unescaped, and writing it anew changes nothing") {
  Chance chance(3);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t n = chance.below(40); n > 0; --n) {
      text +=
          static_cast<char>(chance.one_in(3) ? "\\\"\n\tbnu/"[chance.below(8)] : static_cast<char>(chance.below(256)));
    }
    const std::string once = escape(text);
    INFO(once);
    REQUIRE(unescaped(once) == text);
    REQUIRE(escape(unescaped(once)) == once);
  }
}

TEST_CASE("texts that mean the same are written the same, by escapes of one letter only") {
  Chance chance(4);
  for (int i = 0; i < 5'000; ++i) {
    const std::string raw = random_raw(chance);
    const std::string canonical = escape(unescaped(raw));
    INFO(raw);
    REQUIRE(unescaped(canonical) == unescaped(raw));
    for (std::size_t at = canonical.find('\\'); at < canonical.size(); at = canonical.find('\\', at + 2)) {
      REQUIRE(std::string_view("\"\\bfnrt").find(canonical.at(at + 1)) != std::string_view::npos);
    }
  }
}

}  // namespace
}  // namespace picket
