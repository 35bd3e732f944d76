// Mistakes in YAML: each is told in our own words, at the place where the author must look.
#include <string>

#include "tests/catch.hpp"
#include "tests/unit/yaml/yaml_text.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

struct SyntaxRow {
  std::string text;
  std::string outcome;
  std::string says;        // part of the message
  std::string fixed = {};  // the text after its first fix, if it has one
};

std::string fix(const LoadedYaml& loaded, const Diagnostic& diagnostic) {
  std::string text(loaded.source->text());
  if (diagnostic.fixes.empty()) return {};
  const Fix& first = diagnostic.fixes.front();
  return text.replace(first.span.begin, first.span.end - first.span.begin, first.replacement);
}

const std::vector<SyntaxRow>& rows() {
  static const std::vector<SyntaxRow> table = {
      // tabs
      {"a:\n\t- b\n", "yaml-syntax 2:1", "a tab indents this line", "a:\n  - b\n"},
      {"a: b\n\tc: d\n", "yaml-syntax 2:1", "a tab indents this line"},
      {"a:\n  b: 1\n\tc: d\n", "yaml-syntax 3:1", "a tab indents this line", "a:\n  b: 1\n  c: d\n"},
      {"\ta: b\n", "yaml-syntax 1:1", "a tab indents this line"},
      {"a: |\n  x\n\ty\nb: 1\n", "yaml-syntax 3:1", "a tab indents this line"},
      {"a: {\n\t\"b\": 1,\n\t\"c\": [\n\t\t1]}\n", R"({"a":{"b":1,"c":[1]}})", ""},
      // quotes
      {"a: \"foo\nb: c\nd: e\n", "yaml-syntax 1:4", "the quote that opens here is never closed"},
      {"a: 'foo\nb: c\n", "yaml-syntax 1:4", "the quote that opens here is never closed"},
      {"a: {b: \"foo}\nc: d\n", "yaml-syntax 1:8", "the quote that opens here is never closed"},
      {"a: \"x\n---\ny\"\n", "yaml-syntax 1:4", "the quote that opens here is never closed"},
      {"a: \"x\" y\nb: 1\n", "yaml-syntax 1:8", "there is text after the closing quote"},
      {"a: 'it's'\nb: 1\n", "yaml-syntax 1:8", "there is text after the closing quote"},
      {"a: \"x\"y\n", "yaml-syntax 1:7", "there is text after the closing quote"},
      // escapes
      {"a: \"\\q\"\n", "yaml-syntax 1:5", "`\\q` is no escape", "a: \"\\\\q\"\n"},
      {"a: \"C:\\Windows\\\xc3\xa9\"\n", "yaml-syntax 1:7", "`\\W` is no escape"},
      {"a: \"\\ud83d\\ude00\"\n", "yaml-syntax 1:5", "`\\ud83d` is no character"},
      {"a: \"\\xZZ\"\n", "yaml-syntax 1:5", "is no character"},
      // brackets
      {"a: [1\nb: 2\n", "yaml-syntax 1:4", "the `[` is never closed"},
      {"a: [b", "yaml-syntax 1:4", "the `[` is never closed"},
      {"a: [b, c # d\n\n", "yaml-syntax 1:4", "the `[` is never closed"},
      {"a: {b: [c, d\n", "yaml-syntax 1:8", "the `[` is never closed"},
      {"a: {b: 1, c\n", "yaml-syntax 1:4", "the `{` is never closed"},
      {"a: {b: 1\nc: 2\n", "yaml-syntax 1:4", "the `{` is never closed"},
      {"a: [1, 2]]\nb: 1\n", "yaml-syntax 1:10", "no bracket is open that this `]` could close"},
      {"[a, [b\n", "yaml-syntax 1:1", "the `[` is never closed"},
      {"a: }\n", "yaml-syntax 1:4", "no bracket is open"},
      {"a: [a, }\n", "yaml-syntax 1:8", "the `[` is closed by a `}`"},
      {"a: [\"x\" \"y\"]\n", "yaml-syntax 1:9", "a comma is missing"},
      {"a: {\"x\": 1 \"y\": 2}\n", "yaml-syntax 1:12", "a comma is missing"},
      {"a: {\"x\": \"1\"\n  \"y\": 2}\n", "yaml-syntax 2:3", "a comma is missing"},
      {"a: [a,,b]\n", "yaml-syntax 1:6", "an item of the list is missing"},
      // colons
      {"a: 1\nb\nc: 2\n", "yaml-syntax 2:1", "a colon is missing: `b`"},
      {"a:\n  b\nc\n", "yaml-syntax 3:1", "a colon is missing: `c`"},
      {"a:b\nc: 1\n", "yaml-syntax 1:2", "a blank is missing after the colon", "a: b\nc: 1\n"},
      {"\"a\":1\n", "yaml-syntax 1:4", "a blank is missing after the colon", "\"a\": 1\n"},
      {"a: {b:1}\n", "yaml-syntax 1:6", "a blank is missing after the colon", "a: {b: 1}\n"},
      {"a: b: c\n", "yaml-syntax 1:5", "a second `: ` on the line", "a: 'b: c'\n"},
      {"a: User said: it's on\nb: 1\n", "yaml-syntax 1:13", "a second `: ` on the line",
       "a: 'User said: it''s on'\nb: 1\n"},
      {"a: text\n  b: 1\n", "yaml-syntax 2:3", "indented as if it belonged to the text above"},
      {"Severity:\nHigh\nb: 1\n", "yaml-syntax 2:1", "a colon is missing: `High`"},
      {"b: 1\nSeverity:\nHigh\n", "yaml-syntax 3:1", "a colon is missing: `High`"},
      {": a\n", "yaml-syntax 1:1", "a key is missing"},
      {std::string(1100, 'k').append(": b\n"), "yaml-syntax 1:1", "longer than 1024 characters"},
      // first letters
      {"a: @foo\n", "yaml-syntax 1:4", "may not begin with `@`", "a: '@foo'\n"},
      {"a: `foo` bar # x\n", "yaml-syntax 1:4", "may not begin with", "a: '`foo` bar' # x\n"},
      {"a: %foo\n", "yaml-syntax 1:4", "may not begin with `%`", "a: '%foo'\n"},
      {"a: [b, ?q, e]\n", "yaml-syntax 1:8", "may not begin with `?`", "a: [b, '?q', e]\n"},
      {"a: *x\n", "unknown-anchor 1:4", "no anchor `&x`"},
      // indentation
      {"a:\n  b: 1\n c: 2\n", "yaml-syntax 3:2", "the indentation of this line fits no line above it"},
      {"a:\n  - x\n - y\n", "yaml-syntax 3:2", "the indentation of this line fits no line above it"},
      {"a: |\n  x\n y\nb: 1\n", "yaml-syntax 3:2", "the indentation of this line fits no line above it"},
      {"a: 1\n- b\n", "yaml-syntax 2:1", "a list item stands among the keys"},
      {"a:\n  - x\n  b: 1\n", "yaml-syntax 3:3", "a key stands among the items of a list"},
      {"a: - b\n", "yaml-syntax 1:4", "a list begins in the middle of a line"},
      {"- a\nb: 1\n", "yaml-syntax 2:1", "a key stands after the list"},
      {"{a: 1}\nb: 2\n", "yaml-syntax 2:1", "a key stands after the mapping"},
      // block scalars, tags, keys, documents
      {"a: | foo\n  x\n", "yaml-syntax 1:6", "does not belong after the `|`"},
      {"a: |0\n  x\n", "yaml-syntax 1:5", "does not belong after the `|`"},
      {"a: !custom x\n", "yaml-syntax 1:4", "the tag `!custom` is not known here"},
      {"a: &x !custom x\n", "yaml-syntax 1:7", "the tag `!custom` is not known here"},
      {"a: !!int \"5\"\n", "yaml-syntax 1:4", "the tag `!!int`"},
      {"a: !!set {b}\n", "yaml-syntax 1:4", "the tag `!!set`"},
      {"? [a, b]\n: c\n", "yaml-syntax 1:3", "a key is a list"},
      {"{a: 1}: c\n", "yaml-syntax 1:1", "a key is a mapping"},
      {"? a\n? b\n", "yaml-syntax 1:3", "a colon is missing"},
      {"a: &\n", "yaml-syntax 1:5", "an anchor, alias or tag is not well formed"},
      {"a: 1\n---\nb: 2\n", "several-documents 2:1", "a second YAML document"},
      {"a: 1\n...\nb: 1\n", "several-documents 2:1", "a second YAML document"},
      {"a: 1\n---\n", "several-documents 2:1", "a second YAML document"},
      {"---\na: 1\n...\n", "{\"a\":1}", ""},
      {"%YAML 1.2\n---\na: 1\n", "{\"a\":1}", ""},
      {", a\n", "yaml-syntax 1:1", "nothing is expected"},
      // bytes
      {"a: \xff\n", "not-utf8 1:4", "is not UTF-8"},
      {"a: \xed\xa0\x80\n", "not-utf8 1:4", "is not UTF-8"},
      {std::string("a: b\0c\n", 7), "nul-byte 1:5", "NUL"},
      {"a: b\x04\n", "yaml-syntax 1:5", "the control character U+0004"},
      {"a: \x1b[31m\n", "yaml-syntax 1:4", "the control character U+001B"},
      {"a: 1\r b: 2\r\n", "yaml-syntax 1:5", "a carriage return without a line feed"},
      {std::string("\xff\xfe"
                   "a\0:\0",
                   6),
       "not-utf8 1:1", "is not UTF-8"},
  };
  return table;
}

}  // namespace

TEST_CASE("mistakes are told where they are, with a cure where there is one") {
  for (const SyntaxRow& row : rows()) {
    CAPTURE(row.text.substr(0, 60));
    const LoadedYaml loaded = load_yaml(row.text);
    CHECK(outcome(loaded) == row.outcome);
    if (loaded.diagnostics.size() == 0) continue;
    CHECK(loaded.root == nullptr);
    REQUIRE(loaded.diagnostics.size() == 1);
    const Diagnostic& diagnostic = loaded.diagnostics.all().front();
    CAPTURE(diagnostic.message, row.says);
    CHECK(diagnostic.message.find(row.says) != std::string::npos);
    CHECK_FALSE(diagnostic.help.empty());
    if (!row.fixed.empty()) CHECK(fix(loaded, diagnostic) == row.fixed);
  }
}

TEST_CASE("a fix of the YAML leaves a file that loads") {
  for (const SyntaxRow& row : rows()) {
    if (row.fixed.empty()) continue;
    CAPTURE(row.fixed);
    CHECK(load_yaml(row.fixed).root != nullptr);
  }
}

TEST_CASE("an alias with a typo is offered the anchor that was meant") {
  const LoadedYaml loaded = load_yaml("a: &internal [1]\nb: &external [2]\nc: *internl\n");
  REQUIRE(loaded.diagnostics.size() == 1);
  const Diagnostic& diagnostic = loaded.diagnostics.all().front();
  CHECK(diagnostic.help == "did you mean `*internal`?");
  CHECK(fix(loaded, diagnostic) == "a: &internal [1]\nb: &external [2]\nc: *internal\n");
}
