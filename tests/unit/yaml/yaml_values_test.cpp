// The dialect: what YAML texts mean. The expectations are those of PyYAML with Panther's resolvers.
#include <string>

#include "tests/catch.hpp"
#include "tests/unit/yaml/yaml_text.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

std::string json_outcome(std::string text) { return outcome(load_yaml(std::move(text))); }

struct ValueRow {
  std::string text;
  std::string value;
};

}  // namespace

TEST_CASE("plain scalars resolve as Panther's loader resolves them") {
  const std::vector<ValueRow> rows = {{"true", "true"},
                                      {"False", "false"},
                                      {"TRUE", "true"},
                                      {"yes", "\"yes\""},
                                      {"On", "\"On\""},
                                      {"tRUE", "\"tRUE\""},
                                      {"null", "null"},
                                      {"~", "null"},
                                      {"Null", "null"},
                                      {"NULL", "null"},
                                      {"nil", "\"nil\""},
                                      {"", "null"},
                                      {"12", "12"},
                                      {"-12", "-12"},
                                      {"+12", "12"},
                                      {"0644", "644"},
                                      {"0", "0"},
                                      {"000", "0"},
                                      {"-0", "0"},
                                      {"1_000", "1000"},
                                      {"0x1F", "31"},
                                      {"0o17", "15"},
                                      {"0b101", "5"},
                                      {"-0x10", "-16"},
                                      {"0x", "\"0x\""},
                                      {"0xZZ", "\"0xZZ\""},
                                      {"1:30:00", "\"1:30:00\""},
                                      {"2026-01-31", "\"2026-01-31\""},
                                      {"2026-01-31 12:00:00", "\"2026-01-31 12:00:00\""},
                                      {"1.5", "1.5"},
                                      {"1.", "1"},
                                      {".5", "0.5"},
                                      {"-.5", "-0.5"},
                                      {"1e3", "1000"},
                                      {"1.5e-3", "0.0015"},
                                      {"1e", "\"1e\""},
                                      {"1.2.3", "\"1.2.3\""},
                                      {"10.0.0.1", "\"10.0.0.1\""},
                                      {".", "\".\""},
                                      {"-", "yaml-syntax 1:4"},
                                      {"+", "\"+\""},
                                      {".inf", "\".inf\""},
                                      {".nan", "\".nan\""},
                                      {"1e999", "\"1e999\""},
                                      {"18446744073709551616", "18446744073709551616"},
                                      {"9223372036854775807", "9223372036854775807"},
                                      {"0012.50", "12.5"},
                                      {"'12'", "\"12\""},
                                      {"\"true\"", "\"true\""},
                                      {"!!str 12", "\"12\""},
                                      {"! 12", "\"12\""},
                                      {"!!str", "\"\""},
                                      {"12abc", "\"12abc\""},
                                      {"_1", "\"_1\""}};
  for (const ValueRow& row : rows) {
    CAPTURE(row.text);
    CHECK(json_outcome("a: " + row.text + "\n") ==
          (row.value.starts_with("yaml") ? row.value : "{\"a\":" + row.value + "}"));
  }
}

TEST_CASE("a null key is the text that was written, and a value that is there is not taken for the next key") {
  CHECK(json_outcome("a:\nnull: 3\n") == R"({"a":null,"null":3})");
  CHECK(json_outcome("a:\n~: 3\n") == R"({"a":null,"~":3})");
  CHECK(json_outcome("{null: 1, a: null}") == R"({"null":1,"a":null})");
  CHECK(json_outcome("- \n- null\n- x\n") == R"([null,null,"x"])");
  CHECK(json_outcome("4624: logon\ntrue: x\n") == R"({"4624":"logon","true":"x"})");
}

TEST_CASE("a file without a node is null") {
  for (const std::string text : {"", "\n\n", "# only a remark\n", "---\n", "\xef\xbb\xbf", "   "}) {
    CAPTURE(text);
    CHECK(json_outcome(text) == "null");
  }
}

TEST_CASE("anchors, aliases and merge keys work") {
  CHECK(json_outcome("a: &x {k: 1}\nb: *x\n") == R"({"a":{"k":1},"b":{"k":1}})");
  CHECK(json_outcome("a: &x {k: 1, l: 2}\nb: {<<: *x, l: 3, m: 4}\n") ==
        R"({"a":{"k":1,"l":2},"b":{"l":3,"m":4,"k":1}})");
  CHECK(json_outcome("a: &x {k: 1}\nb: &y {k: 2, l: 2}\nc:\n  <<: [*x, *y]\n") ==
        R"({"a":{"k":1},"b":{"k":2,"l":2},"c":{"k":1,"l":2}})");
  CHECK(json_outcome("a: {\"<<\": 1}\n") == R"({"a":{"<<":1}})");
  CHECK(json_outcome("&k a: 1\nb: *k\n") == R"({"a":1,"b":"a"})");
  CHECK(json_outcome("a: &x\n  b: 1\nc: *x\n") == R"({"a":{"b":1},"c":{"b":1}})");
  CHECK(json_outcome("a: &x\nb: *x\n") == R"({"a":null,"b":null})");
  CHECK(json_outcome("a: {<<: 1}\n") == "yaml-syntax 1:5");
  CHECK(json_outcome("a: &x [*x]\n") == "unknown-anchor 1:8");
  CHECK(json_outcome("a: &some [1]\nb: *soma\n") == "unknown-anchor 2:4");
}

TEST_CASE("every duplicate key is reported, and the first of them stays") {
  const LoadedYaml loaded = load_yaml("a: 1\nb: {c: 1, d: 2, c: 3}\na: 2\na: 3\n");
  REQUIRE(loaded.root != nullptr);
  CHECK(to_json(loaded.root->value()) == R"({"a":1,"b":{"c":1,"d":2}})");
  REQUIRE(loaded.diagnostics.size() == 3);
  std::vector<std::string> found;
  for (const Diagnostic& diagnostic : loaded.diagnostics.all()) {
    CHECK(diagnostic.code == Code::duplicate_key);
    REQUIRE(diagnostic.related.size() == 1);
    found.push_back(places(*loaded.source, diagnostic.span) + " of " +
                    places(*loaded.source, diagnostic.related[0].span));
  }
  CHECK(found == std::vector<std::string>{"2:17-2:18 of 2:5-2:6", "3:1-3:2 of 1:1-1:2", "4:1-4:2 of 1:1-1:2"});
}

TEST_CASE("line ends and a byte order mark change nothing") {
  const std::string unix_text = "a: |\n  x\n\n  y\nb: >-\n  p\n  q\nc: \"m\n  n\"\nd: e\n  f\n";
  std::string windows_text;
  for (const char c : unix_text) windows_text += c == '\n' ? "\r\n" : std::string(1, c);
  const std::string expected = R"({"a":"x\n\ny\n","b":"p q","c":"m n","d":"e f"})";
  CHECK(json_outcome(unix_text) == expected);
  CHECK(json_outcome(windows_text) == expected);
  CHECK(json_outcome("\xef\xbb\xbf" + windows_text) == expected);
}

TEST_CASE("kinds in words") {
  const LoadedYaml loaded = load_yaml("[a, 1, true, null, [], {}, '1', ]");
  std::string words;
  for (const yaml::NodePtr& item : loaded.root->sequence()->items) words += std::string(item->kind_in_words()) + ", ";
  CHECK(words == "a string, a number, true or false, nothing, a list, a mapping, a string, ");
}

TEST_CASE("a question mark within a word is a letter, between brackets too") {
  for (const auto& [text, value] : std::vector<ValueRow>{
           {"a: {url: http://x/y?z=1}", R"({"a":{"url":"http://x/y?z=1"}})"},
           {"[a ?b c, d?]", R"(["a ?b c","d?"])"},
           {"[a?b, X?, \"p?q\", 'r?s', t??u]", R"(["a?b","X?","p?q","r?s","t??u"])"},
           {"{c: a?b, d?: e}", R"({"c":"a?b","d?":"e"})"},
           {"a: what?\nb: ?x\nc: |\n  is? it\n", R"({"a":"what?","b":"?x","c":"is? it\n"})"},
           {R"({a?: "\x7f\u00ff?"})", "{\"a?\":\"\x7f\xc3\xbf?\"}"},
           {"{? a : b, c: d?}", R"({"a":"b","c":"d?"})"},
           {"\xef\xbb\xbf[a?b]", R"(["a?b"])"},
       }) {
    INFO(text);
    CHECK(json_outcome(text) == value);
  }
  const LoadedYaml loaded = load_yaml("a: {url: http://x/y?z=1, b: c}");
  CHECK(places(*loaded.source, at(*loaded.root, {"a", "url"}).span) == "1:10-1:24");
}
