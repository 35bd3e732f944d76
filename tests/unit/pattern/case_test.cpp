#include <string>

#include "engine/pattern/pattern.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

TEST_CASE("folding is Unicode's simple one, code point by code point") {
  CHECK(fold_case("Hello W\xC3\x96RLD") == "hello w\xC3\xB6rld");
  CHECK(fold_case("\xC3\x9F") == "\xC3\x9F");                                  // ß: `ss` is a full folding
  CHECK(fold_case("\xE1\xBA\x9E") == "\xC3\x9F");                              // ẞ
  CHECK(fold_case("\xCE\xA3\xCF\x82\xCF\x83") == "\xCF\x83\xCF\x83\xCF\x83");  // Σςσ
  CHECK(fold_case("\xE2\x84\xAA") == "k");                                     // KELVIN SIGN
  CHECK(fold_case("I\xC4\xB0") == "i\xC4\xB0");  // İ has no simple folding outside Turkish
  CHECK(fold_case(std::string("A\0B", 3)) == std::string("a\0b", 3));
  CHECK(
      equal_folded("STRA\xC3\x9F"
                   "E",
                   "stra\xC3\x9F"
                   "e"));
  CHECK(equal_folded("K", "\xE2\x84\xAA"));
  CHECK_FALSE(equal_folded("ab", "a"));
  CHECK_FALSE(equal_folded("", "a"));
}

TEST_CASE("an affix is compared folded, code point by code point") {
  const std::string text = "\u212aELVIN und Stra\u1e9eE";  // K and ß as longer characters than those they fold to
  for (const std::string_view affix : {"", "k", "K", "kelvin", "\u212aelvin "}) CHECK(starts_with_folded(text, affix));
  for (const std::string_view affix : {"", "e", "\u00dfe", "STRA\u00dfe", " STRA\u1e9ee"})
    CHECK(ends_with_folded(text, affix));
  for (const std::string_view affix : {"e", "kelvim", "kelvin und strasse und"})
    CHECK_FALSE(starts_with_folded(text, affix));
  for (const std::string_view affix : {"s", "se", "x kelvin und stra\u00dfe"})
    CHECK_FALSE(ends_with_folded(text, affix));
  CHECK(starts_with_folded(text, fold_case(text)));
  CHECK(ends_with_folded(text, fold_case(text)));
}

TEST_CASE("the full mappings may change the length") {
  CHECK(to_upper("stra\xC3\x9F"
                 "e") == "STRASSE");
  CHECK(to_lower("\xCE\x9F\xCE\xA3") == "\xCE\xBF\xCF\x82");  // a final sigma
  CHECK(to_lower("I") == "i");
  CHECK(to_title("hello wORLD o'neill") == "Hello World O'neill");
  CHECK(to_title("") == "");
  CHECK(to_title("dana@example.com says a:b, 3rd quick-brown don't_do") ==
        "Dana@Example.com Says A:B, 3rd Quick-Brown Don't_do");
  CHECK(to_title("stra\u00dfe \u00dfa \ufb01le \u01c6em \u03c3\u03ac\u03c2 \u00c9t\u00c9") ==
        "Stra\u00dfe Ssa File \u01c5em \u03a3\u03ac\u03c2 \u00c9t\u00e9");
  CHECK(to_upper(std::string("a\0b", 3)) == std::string("A\0B", 3));
}

TEST_CASE("white space is Unicode's") {
  for (const char32_t c : {U' ', U'\t', U'\n', U'\u0085', U'\u00A0', U'\u2003', U'\u3000'}) CHECK(is_white_space(c));
  for (const char32_t c : {U'a', U'\u200B', U'_', U'\0'}) CHECK_FALSE(is_white_space(c));
}

}  // namespace
}  // namespace picket
