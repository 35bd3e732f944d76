// Where nodes and the bytes of their texts stand.
#include <string>

#include "tests/catch.hpp"
#include "tests/unit/yaml/yaml_text.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

// Where the word `needle` of the scalar at `path` stands in the file, by the text's own map.
std::string place_of_word(const LoadedYaml& loaded, const std::vector<std::string>& path, std::string_view needle) {
  const SourceText text = yaml::source_text(loaded.source, at(*loaded.root, path));
  const std::size_t found = text.text.find(needle);
  if (found == std::string::npos) return "not in: " + text.text;
  const SourceSpan span = text.span(found, found + needle.size());
  return places(*loaded.source, span) + " " + std::string(loaded.source->text(span));
}

std::string span_at(const LoadedYaml& loaded, const std::vector<std::string>& path) {
  return places(*loaded.source, at(*loaded.root, path).span);
}

}  // namespace

TEST_CASE("nodes know where they begin and end") {
  const LoadedYaml loaded = load_yaml(
      "a: plain text  # remark\n"
      "b: \"in \\\"quotes\\\"\"\n"
      "c: |  # header\n"
      "  one\n"
      "  two\n"
      "\n"
      "d: [x, {y: 1, z: }, 'it''s' ]  # list\n"
      "e:\n"
      "- p\n"
      "- q: 1\n"
      "  r:\n"
      "f: &anchor !!str tagged\n"
      "g: *anchor\n"
      "h: several\n"
      "  lines\n"
      "i:\n");
  REQUIRE(loaded.root != nullptr);
  CHECK(span_at(loaded, {}) == "1:1-16:3");
  CHECK(span_at(loaded, {"a"}) == "1:4-1:14");
  CHECK(span_at(loaded, {"b"}) == "2:4-2:19");
  CHECK(span_at(loaded, {"c"}) == "3:4-5:6");
  CHECK(span_at(loaded, {"d"}) == "7:4-7:30");
  CHECK(span_at(loaded, {"d", "0"}) == "7:5-7:6");
  CHECK(span_at(loaded, {"d", "1"}) == "7:8-7:19");
  CHECK(span_at(loaded, {"d", "1", "z"}) == "7:17-7:17");
  CHECK(span_at(loaded, {"d", "2"}) == "7:21-7:28");
  CHECK(span_at(loaded, {"e"}) == "9:1-11:5");
  CHECK(span_at(loaded, {"e", "1"}) == "10:3-11:5");
  CHECK(span_at(loaded, {"e", "1", "r"}) == "11:5-11:5");
  CHECK(span_at(loaded, {"f"}) == "12:18-12:24");
  CHECK(span_at(loaded, {"g"}) == "12:18-12:24");
  CHECK(span_at(loaded, {"h"}) == "14:4-15:8");
  CHECK(span_at(loaded, {"i"}) == "16:3-16:3");
}

TEST_CASE("keys know where they stand, quotes included") {
  const LoadedYaml loaded = load_yaml("\"a b\": 1\n'c': {d: 2, \"e\":3}\n&x f: 4\n? g\n: 5\n");
  REQUIRE(loaded.root != nullptr);
  std::string found;
  for (const auto& entry : loaded.root->mapping()->entries)
    found += entry.key + " " + places(*loaded.source, entry.key_span) + "; ";
  CHECK(found == "a b 1:1-1:6; c 2:1-2:4; f 3:4-3:5; g 4:3-4:4; ");
}

TEST_CASE("words of every style of scalar are found in the file") {
  const LoadedYaml loaded = load_yaml(
      "plain: alpha beta\n"
      "  gamma\n"
      "\n"
      "  delta\n"
      "literal: |\n"
      "  alpha\n"
      "    beta\n"
      "\n"
      "  gamma\n"
      "folded: >-\n"
      "  alpha beta\n"
      "  gamma\n"
      "\n"
      "  delta\n"
      "single: 'alpha it''s beta\n"
      "    gamma'\n"
      "double: \"alpha \\\"beta\\\" \\u00e9 gamma \\\n"
      "    delta\n"
      "    omega\"\n"
      "flow: {k: alpha beta, l: [ 'gamma' ]}\n"
      "indented: |2\n"
      "    alpha\n"
      "   beta\n");
  REQUIRE(loaded.root != nullptr);
  CHECK(place_of_word(loaded, {"plain"}, "beta") == "1:14-1:18 beta");
  CHECK(place_of_word(loaded, {"plain"}, "gamma") == "2:3-2:8 gamma");
  CHECK(place_of_word(loaded, {"plain"}, "delta") == "4:3-4:8 delta");
  CHECK(place_of_word(loaded, {"literal"}, "alpha") == "6:3-6:8 alpha");
  CHECK(place_of_word(loaded, {"literal"}, "  beta") == "7:3-7:9   beta");
  CHECK(place_of_word(loaded, {"literal"}, "gamma") == "9:3-9:8 gamma");
  CHECK(place_of_word(loaded, {"folded"}, "beta") == "11:9-11:13 beta");
  CHECK(place_of_word(loaded, {"folded"}, "gamma") == "12:3-12:8 gamma");
  CHECK(place_of_word(loaded, {"folded"}, "delta") == "14:3-14:8 delta");
  CHECK(place_of_word(loaded, {"single"}, "it's") == "15:16-15:21 it''s");
  CHECK(place_of_word(loaded, {"single"}, "gamma") == "16:5-16:10 gamma");
  CHECK(place_of_word(loaded, {"double"}, "\"beta\"") == R"(17:16-17:24 \"beta\")");
  CHECK(place_of_word(loaded, {"double"}, "\xc3\xa9") == "17:25-17:31 \\u00e9");
  CHECK(place_of_word(loaded, {"double"}, "delta") == "18:5-18:10 delta");
  CHECK(place_of_word(loaded, {"double"}, "omega") == "19:5-19:10 omega");
  CHECK(place_of_word(loaded, {"flow", "k"}, "beta") == "20:17-20:21 beta");
  CHECK(place_of_word(loaded, {"flow", "l", "0"}, "gamma") == "20:29-20:34 gamma");
  CHECK(place_of_word(loaded, {"indented"}, "alpha") == "22:5-22:10 alpha");
  CHECK(place_of_word(loaded, {"indented"}, "beta") == "23:4-23:8 beta");
}

TEST_CASE("columns count characters, and line ends and a byte order mark do not shift places") {
  const LoadedYaml loaded = load_yaml(
      "\xef\xbb\xbf# \xe2\x82\xac\r\n"
      "a: \"\xc3\xa9\xc3\xa9 beta\"\r\n"
      "b: |\r\n"
      "  \xe6\x97\xa5\xe6\x9c\xac gamma\r\n"
      "  delta\r\n"
      "c: \xf0\x9f\x98\x80 omega\r\n"
      "  psi\r\n");
  REQUIRE(loaded.root != nullptr);
  CHECK(place_of_word(loaded, {"a"}, "beta") == "2:8-2:12 beta");
  CHECK(place_of_word(loaded, {"b"}, "gamma") == "4:6-4:11 gamma");
  CHECK(place_of_word(loaded, {"b"}, "delta") == "5:3-5:8 delta");
  CHECK(place_of_word(loaded, {"c"}, "omega") == "6:6-6:11 omega");
  CHECK(place_of_word(loaded, {"c"}, "psi") == "7:3-7:6 psi");
}

TEST_CASE("the end of a text points behind its last character") {
  for (const std::string text :
       {"a: x eq\n", "a: \"x eq\"\n", "a: |\n  x eq\n", "a: >-\n  x eq\n\n\n", "a: {b: x eq}\n"}) {
    CAPTURE(text);
    const LoadedYaml loaded = load_yaml(text);
    REQUIRE(loaded.root != nullptr);
    const yaml::Node& first = at(*loaded.root, {"a"});
    const yaml::Node& node = first.mapping() != nullptr ? at(first, {"b"}) : first;
    const SourceText decoded = yaml::source_text(loaded.source, node);
    const std::size_t end = decoded.text.find("eq") + 2;
    CHECK(decoded.span(end, end).begin == text.find("eq") + 2);
  }
}
