#include "grammar/text/unicode.hpp"

#include "tests/catch.hpp"

using namespace picket;

TEST_CASE("what is not UTF-8 is found where it is") {
  CHECK_FALSE(find_invalid_utf8("plain, \u00e4, \u20ac, \U0001F600").has_value());
  CHECK(find_invalid_utf8("ab\xff") == 2U);
  CHECK(find_invalid_utf8("a\xc3") == 1U);             // cut short
  CHECK(find_invalid_utf8("\xc0\xaf") == 0U);          // overlong
  CHECK(find_invalid_utf8("\xe0\x80\x80") == 0U);      // overlong
  CHECK(find_invalid_utf8("\xed\xa0\x80") == 0U);      // a surrogate
  CHECK(find_invalid_utf8("\xf4\x90\x80\x80") == 0U);  // beyond U+10FFFF
  CHECK(find_invalid_utf8("\x80") == 0U);              // a continuation alone
}

TEST_CASE("code points survive the way there and back") {
  for (const char32_t code_point :
       {U'\x01', U'\x7f', U'\x80', U'\u07ff', U'\u0800', U'\uffff', U'\U00010000', U'\U0010ffff'}) {
    std::string text;
    append_utf8(text, code_point);
    std::size_t at = 0;
    CHECK(next_code_point(text, at) == code_point);
    CHECK(at == text.size());
    CHECK_FALSE(find_invalid_utf8(text).has_value());
    CHECK(count_code_points(text) == 1);
  }
}

TEST_CASE("bytes that are no UTF-8 are replaced for formats that cannot hold them") {
  CHECK(valid_utf8("caf\xE9!") == "caf\xEF\xBF\xBD!");
  CHECK(valid_utf8("café") == "café");
}
