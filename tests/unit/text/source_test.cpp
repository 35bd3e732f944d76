#include "grammar/text/source.hpp"

#include "tests/catch.hpp"

using namespace picket;

TEST_CASE("a source locates by line and code point") {
  const Source source("f.yml", "ab\n\u00e4\u20acx\r\n\tq");
  CHECK(source.locate(0) == LineColumn{1, 1});
  CHECK(source.locate(2) == LineColumn{1, 3});
  CHECK(source.locate(3) == LineColumn{2, 1});
  CHECK(source.locate(8) == LineColumn{2, 3});   // after two and three bytes
  CHECK(source.locate(12) == LineColumn{3, 2});  // a tab is one column
  CHECK(source.locate(999) == LineColumn{3, 3});
  CHECK(source.line(2) == "\u00e4\u20acx");
  CHECK(source.line(0).empty());
  CHECK(source.line(9).empty());
}

TEST_CASE("a byte order mark takes no column") {
  const Source source("f.yml",
                      "\xEF\xBB\xBF"
                      "ab");
  CHECK(source.locate(3) == LineColumn{1, 1});
  CHECK(source.locate(4) == LineColumn{1, 2});
  CHECK(source.line(1) == "ab");
}

TEST_CASE("a text map carries spans through escapes and folded lines") {
  // Source: `"a\tb"` from 10; decoded: a, tab, b.
  TextMap map(11);
  map.append({.decoded = 0, .decoded_length = 1, .source = 11, .source_length = 1});
  map.append({.decoded = 1, .decoded_length = 1, .source = 12, .source_length = 2});
  map.append({.decoded = 2, .decoded_length = 1, .source = 14, .source_length = 1});
  CHECK(map.to_source({0, 1}) == SourceSpan{11, 12});
  CHECK(map.to_source({1, 2}) == SourceSpan{12, 14});
  CHECK(map.to_source({2, 3}) == SourceSpan{14, 15});
  CHECK(map.to_source({0, 3}) == SourceSpan{11, 15});
  CHECK(map.to_source({3, 3}) == SourceSpan{15, 15});  // the end of the text
}

TEST_CASE("the map of an empty text stands where the text would") {
  const TextMap map(7);
  CHECK(map.to_source({0, 0}) == SourceSpan{7, 7});
}

TEST_CASE("adjacent verbatim pieces are one") {
  TextMap map(0);
  map.append({.decoded = 0, .decoded_length = 3, .source = 5, .source_length = 3});
  map.append({.decoded = 3, .decoded_length = 2, .source = 8, .source_length = 2});
  map.append({.decoded = 5, .decoded_length = 2, .source = 20, .source_length = 2});
  CHECK(map.to_source({2, 4}) == SourceSpan{7, 9});
  CHECK(map.to_source({4, 6}) == SourceSpan{9, 21});
}
