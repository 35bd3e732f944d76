// Parsing: what is refused, with which code, where, and with which cure.
#include "grammar/condition/parse.hpp"

#include <string>
#include <utility>
#include <vector>

#include "tests/catch.hpp"

using namespace picket;

namespace {

struct Fault {
  std::string text;
  std::string code;
  std::string marked;  // what the span covers
  std::string fix;     // the first fix's replacement, or empty
};

enum class As { condition, definitions, expression, tmpl, entries };

Diagnostics faults_of(const std::string& text, As as) {
  Diagnostics diagnostics;
  const SourceText source = SourceText::standalone("test", text);
  switch (as) {
    case As::condition:
      CHECK_FALSE(parse_condition(source, diagnostics).has_value());
      break;
    case As::definitions:
      CHECK_FALSE(parse_definitions(source, diagnostics).has_value());
      break;
    case As::expression:
      CHECK_FALSE(parse_expression(source, diagnostics).has_value());
      break;
    case As::tmpl:
      CHECK_FALSE(parse_template(source, diagnostics).has_value());
      break;
    case As::entries:
      CHECK_FALSE(parse_entries(source, diagnostics).has_value());
      break;
  }
  return diagnostics;
}

void check(const std::vector<Fault>& faults, As as) {
  for (const Fault& fault : faults) {
    INFO(fault.text);
    const Diagnostics diagnostics = faults_of(fault.text, as);
    REQUIRE(diagnostics.size() == 1);
    const Diagnostic& diagnostic = diagnostics.all().front();
    INFO(diagnostic.message);
    CHECK(row_of(diagnostic.code).word == fault.code);
    CHECK(diagnostic.source->text(diagnostic.span) == fault.marked);
    CHECK((diagnostic.fixes.empty() ? "" : diagnostic.fixes.front().replacement) == fault.fix);
    CHECK_FALSE(diagnostic.message.ends_with('.'));
  }
}

}  // namespace

TEST_CASE("operators that are none") {
  check({{"action equals \"x\"", "unknown-operator", "equals", "eq"},
         {"$.a = 1", "unknown-operator", "=", "eq"},
         {"a === 1", "unknown-operator", "===", "eq"},
         {"a <> 1", "unknown-operator", "<>", "ne"},
         {"a => 1", "unknown-operator", "=>", "ge"},
         {"a IN [1]", "unknown-operator", "IN", "in"},
         {"a regex 'x'", "unknown-operator", "regex", "matches"},
         {"a starts with \"x\"", "unknown-operator", "starts with", "starts_with"},
         {"a not equals 1", "unknown-operator", "equals", "eq"},
         {"a conatins 1", "unknown-operator", "conatins", "contains"},
         {"a & b", "unknown-operator", "&", "and"},
         {"a | b", "unknown-operator", "|", "or"},
         {"(a eqq 1)", "unknown-operator", "eqq", "eq"},
         {"a eq \"x\" adn b", "unknown-operator", "adn", "and"}},
        As::condition);
}

TEST_CASE("connectives and chains") {
  check({{"a and b or c", "mixed-and-or", "or", ""},
         {"a or b and c", "mixed-and-or", "and", ""},
         {"a and b\n or c", "mixed-and-or", "or", ""},
         {"a && b || c", "mixed-and-or", "||", ""},
         {"a lt b lt c", "chained-comparison", "lt", ""},
         {"a eq b is null", "chained-comparison", "is", ""},
         {"a contains~ all", "missing-operand", "contains~ all", ""}},
        As::condition);
}

TEST_CASE("what is missing") {
  check({{"a eq", "missing-operand", "eq", ""},
         {"a eq\n", "missing-operand", "eq", ""},
         {"a and", "missing-operand", "and", ""},
         {"a eq or b", "missing-operand", "eq", ""},
         {"not", "missing-operand", "not", ""},
         {"a in cidr ~ b", "missing-operand", "in cidr", ""},
         {"a + ", "missing-operand", "+", ""},
         {"a ?? ", "missing-operand", "??", ""},
         {"a.", "missing-operand", ".", ""},
         {"a.\"x\"", "missing-operand", ".", "[\"x\"]"},
         {"a.0", "missing-operand", ".", "[0]"},
         {"x = ", "missing-operand", "=", ""},
         {"== 1", "missing-operand", "==", ""},
         {"a is", "missing-operand", "", ""},
         {"a is \"x\"", "unexpected-token", "\"x\"", ""},
         {"if a then b", "unexpected-end", "", ""},
         {"if a b", "unknown-operator", "b", ""},
         {"if a thenx b", "unknown-operator", "thenx", ""},
         {"when a { 1 }", "unexpected-token", "}", ""},
         {"when a", "unexpected-end", "", ""},
         {"any xs", "unexpected-end", "", ""},
         {"any xs eq 1", "unexpected-token", "eq", ""}},
        As::condition);
}

TEST_CASE("brackets and strings") {
  check({{"a eq (1", "unclosed-bracket", "(", ""},
         {"a eq [1, 2", "unclosed-bracket", "[", ""},
         {"any {a", "unclosed-bracket", "{", ""},
         {"f(1", "unclosed-bracket", "(", ""},
         {"a eq [1)", "unclosed-bracket", ")", "]"},
         {"(a]", "unclosed-bracket", "]", ")"},
         {"a)", "unexpected-token", ")", ""},
         {"a eq 1}", "unexpected-token", "}", ""},
         {"a eq \"x", "unclosed-string", "\"", ""},
         {"a eq \"x\n\"", "unclosed-string", "\"", ""},
         {"a eq 'x", "unclosed-string", "'", ""},
         {"a eq f\"x {b}", "unclosed-string", "f\"", ""},
         {R"(a eq "\q")", "bad-escape", "\\q", "\\\\"},
         {R"(a eq "C:\Windows")", "bad-escape", "\\W", "\\\\"},
         {R"(a eq "\u12")", "bad-escape", "\\u", ""},
         {"a eq f\"x } y\"", "stray-brace", "}", "}}"},
         {"a eq f\"{}\"", "bad-hole", "{}", ""}},
        As::condition);
}

TEST_CASE("numbers, durations, strangers, reserved words") {
  check({{"a gt 5min", "bad-duration", "5min", ""},
         {"a gt 99999999999999w", "bad-duration", "99999999999999w", ""},
         {"a gt 007", "bad-number", "007", ""},
         {"a gt 1e999", "bad-number", "1e999", ""},
         {"a gt 0x1F", "bad-number", "0x1F", ""},
         {"a eq 1_000", "bad-number", "1_000", ""},
         {"@timestamp eq 1", "unexpected-character", "@", ""},
         {"a eq \u201cx\u201d", "unexpected-character", "\u201c", "\""},
         {"a eq 1 2", "unexpected-token", "2", ""},
         {"a \"x\"", "unexpected-token", "\"x\"", ""},
         {"a eq 1, b", "unexpected-token", ",", ""},
         {"count eq 1", "reserved-word", "count", "$.count"},
         {"a eq first", "reserved-word", "first", "$.first"},
         {"a eq not b", "reserved-word", "not", ""},
         {"a then b", "unexpected-token", "then", ""},
         {"a eq all [1]", "misplaced-all", "all", ""},
         {"a gt~ 1", "misplaced-fold", "~", ""}},
        As::condition);
}

TEST_CASE("nesting is bounded everywhere, and quickly") {
  const auto many = [](const std::string& part, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += part;
    return text;
  };
  for (const std::string& text :
       {many("(", 10'000) + "a", many("[", 100'000), many("not ", 10'000) + "a", many("-", 10'000) + "a",
        "a" + many(".b", 10'000), "a" + many("[b", 10'000), "a" + many(" + a", 10'000), many("any a { ", 10'000),
        many("f(", 10'000), many("if ", 10'000), many("when { ", 10'000), many("{a: ", 10'000), many("f\"{", 10'000),
        "a" + many(" ?? a", 10'000)}) {
    INFO(text.substr(0, 20));
    const Diagnostics diagnostics = faults_of(text, As::condition);
    REQUIRE(diagnostics.size() == 1);
    CHECK(row_of(diagnostics.all().front().code).word == "nesting-too-deep");
  }
  // Wide is not deep.
  Diagnostics diagnostics;
  CHECK(parse_condition(SourceText::standalone("test", "a" + many(" and a", 10'000)), diagnostics).has_value());
  CHECK(parse_condition(SourceText::standalone("test", many("a\n", 10'000)), diagnostics).has_value());
}

TEST_CASE("a text has a bound") {
  Diagnostics diagnostics;
  CHECK_FALSE(parse_condition(SourceText::standalone("test", std::string(300'000, ' ')), diagnostics).has_value());
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics.all().front().code == Code::text_too_long);
}

TEST_CASE("definitions, expressions, templates, entries") {
  check({{"a eq 1", "not-a-definition", "a", ""},
         {"x = 1\ny", "not-a-definition", "y", ""},
         {"count = 1", "reserved-word", "count", ""},
         {"x = 1 y = 2", "unknown-operator", "y", ""}},
        As::definitions);
  check({{"", "unexpected-end", "", ""}, {"a\nb", "unknown-operator", "b", ""}, {"a eq", "missing-operand", "eq", ""}},
        As::expression);
  check({{"x {a", "bad-hole", "{", ""},
         {"x } y", "stray-brace", "}", "}}"},
         {"{}", "bad-hole", "{}", ""},
         {"{a b}", "unknown-operator", "b", ""},
         {"{a eq}", "missing-operand", "eq", ""}},
        As::tmpl);
  check({{"a: 1 b: 2", "unknown-operator", "b", ""},
         {"lower(x)", "unexpected-token", "lower(x)", ""},
         {"a:", "missing-operand", ":", ""}},
        As::entries);
}

TEST_CASE("newlines separate in braces and at the top, and are blanks in brackets") {
  const auto lines = [](const std::string& text) {
    Diagnostics diagnostics;
    const auto block = parse_condition(SourceText::standalone("test", text), diagnostics);
    INFO(text);
    REQUIRE(block.has_value());
    return block->lines.size();
  };
  CHECK(lines("a\nb") == 2);
  CHECK(lines("a; b") == 2);
  CHECK(lines("(a\nand b)") == 1);
  CHECK(lines("a in [\n1,\n2,\n]") == 1);
  CHECK(lines("a\nand b") == 1);
  CHECK(lines("a eq\n1") == 1);
  CHECK(lines("a\n?? b") == 1);
  CHECK(lines("a\n# only a comment\nb") == 2);
  CHECK(lines("") == 0);
  CHECK(lines("# nothing\n\n") == 0);
  CHECK(lines("a\r\nb\r\n") == 2);
  CHECK(lines("any {\n a\n b\n}\nc") == 2);
  CHECK(lines("f(\na,\nb\n) eq {\nx: 1\ny: 2\n}") == 1);
  CHECK(lines("if a\nthen b\nelse c") == 1);
}

TEST_CASE("strings decode") {
  const auto value = [](const std::string& text) {
    Diagnostics diagnostics;
    const auto expr = parse_expression(SourceText::standalone("test", text), diagnostics);
    INFO(text);
    REQUIRE(expr.has_value());
    return std::get<StringLiteral>(expr->node).value;
  };
  CHECK(value(R"("a\"\\\/\b\f\n\r\t")") == "a\"\\/\b\f\n\r\t");
  CHECK(value(R"("\u00e4\u20ac")") == "\u00e4\u20ac");
  CHECK(value(R"("\ud83d\ude00")") == "\U0001F600");
  CHECK(value(R"("\ud83d")") == "\uFFFD");
  CHECK(value(R"('C:\x ''q'' "d"')") == R"(C:\x 'q' "d")");
  CHECK(value("''").empty());
}
