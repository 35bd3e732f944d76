#include "grammar/filter/filter.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

std::string dump(const FilterExpr& expr);

std::string dump(const FilterTerm& term) {
  constexpr std::string_view ops[] = {"eq", "ne", "lt", "le", "gt", "ge"};
  std::string text = term.name;
  if (term.op) text += " " + std::string(ops[static_cast<std::size_t>(*term.op)]);
  for (const FilterValue& value : term.values) {
    constexpr std::string_view kinds[] = {"word", "text", "regex"};
    text +=
        " " + std::string(kinds[static_cast<std::size_t>(value.kind)]) + (value.folded ? "-i" : "") + ":" + value.text;
  }
  return text;
}

std::string dump(const FilterExpr& expr) {
  if (const auto* term = std::get_if<FilterTerm>(&expr.node)) return dump(*term);
  if (const auto* negation = std::get_if<FilterNot>(&expr.node)) return "!" + dump(negation->operand.front());
  const auto& group = std::get<FilterGroup>(expr.node);
  std::string text;
  for (const FilterExpr& operand : group.operands)
    text += (text.empty() ? "" : group.any ? " | " : " & ") + dump(operand);
  return "(" + text + ")";
}

// What is read, or "BEGIN-END MESSAGE".
std::string read(std::string_view text) {
  const auto parsed = parse_filter(text);
  if (const auto* expr = std::get_if<FilterExpr>(&parsed)) return dump(*expr);
  const auto& error = std::get<FilterError>(parsed);
  return std::to_string(error.span.begin) + "-" + std::to_string(error.span.end) + " " + error.message;
}

// A name within so many parentheses.
std::string nested(std::size_t depth) {
  std::string text(depth, '(');
  text += 'a';
  text.append(depth, ')');
  return text;
}

struct Row {
  std::string_view text;
  std::string_view wanted;
};

}  // namespace

TEST_CASE("filters are read") {
  const std::vector<Row> rows = {
      {"enabled", "enabled"},
      {"  tag( aws , okta* ) ", "tag word:aws word:okta*"},
      {"severity >= high", "severity ge word:high"},
      {"severity>=high", "severity ge word:high"},
      {"severity ge high", "severity ge word:high"},
      {"severity!=low", "severity ne word:low"},
      {"severity = \"low\"", "severity eq text:low"},
      {"id(AWS.[!a]*)", "id word:AWS.[!a]*"},
      {"id(/a\\/b (c)/i)", "id regex-i:a\\/b (c)"},
      {"path(rules/aws/x)", "path word:rules/aws/x"},
      {"tag('it)s', \"a b\")", "tag text:it)s text:a b"},
      {"tag(and)", "tag word:and"},
      {"android and notable", "(android & notable)"},
      {"a and not b and not not c", "(a & !b & c)"},
      {"not (a or b) and c", "(!(a | b) & c)"},
      {"a and (b or c) and d", "(a & (b | c) & d)"},
      {"((a))", "a"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(read(row.text) == row.wanted);
  }
}

TEST_CASE("what is wrong with a filter is told with its place") {
  const std::vector<Row> rows = {
      {"", "0-0 something to choose rules by is missing here, like `tag(aws)`"},
      {"a and", "5-5 something to choose rules by is missing here, like `tag(aws)`"},
      {"a and or b", "6-8 something to choose rules by is missing here, like `tag(aws)`"},
      {"a or b and c", "7-10 `and` and `or` are mixed; say by parentheses what belongs together"},
      {"(a or b", "0-1 this `(` is never closed"},
      {"a (b", "4-4 `)` is missing here"},
      {"(a b)", "3-4 this is neither `and`, `or` nor `)`"},
      {"a b", "2-3 this is neither `and` nor `or`"},
      {"a)", "1-2 this is neither `and` nor `or`"},
      {"tag()", "4-5 a word, a text in quotes or a /regex/ is missing here"},
      {"tag(a b)", "6-7 this is neither `,` nor `)`"},
      {"severity >=", "11-11 a word, a text in quotes or a /regex/ is missing here"},
      {"tag(\"aws)", "4-9 this text is never closed"},
      {"id(/aws)", "3-8 this regex is never closed by `/`"},
      {"id(/aws/x)", "8-9 behind a regex stands nothing but `i`, which ignores case"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(read(row.text) == row.wanted);
  }
}

TEST_CASE("filters are bounded") {
  CHECK(read(nested(64)) == "a");
  CHECK(read(nested(65)) == "64-65 parentheses are nested more than 64 deep");
  CHECK(read(std::string(5000, 'a')) == "0-1 this is longer than 4096 bytes");
  std::string nots;
  for (int i = 0; i < 1001; ++i) nots += "not ";
  CHECK(read(nots + "a") == "!a");
}

}  // namespace picket
