#include <algorithm>
#include <set>
#include <string>

#include "grammar/ast/functions.hpp"
#include "grammar/ast/operators.hpp"
#include "grammar/text/unicode.hpp"
#include "tests/catch.hpp"

using namespace picket;

TEST_CASE("the operator table and its look-ups agree") {
  for (const OpRow& row : operators()) {
    INFO(row.spelling);
    CHECK(op_from_spelling(row.spelling) == row.op);
    CHECK(&row_of(row.op) == &row);
    CHECK_FALSE(row.meaning.empty());
  }
  CHECK(op_from_spelling("==") == Op::eq);
  CHECK(op_from_spelling("=~") == Op::matches);
  CHECK(op_from_spelling("match") == Op::matches);
  CHECK_FALSE(op_from_spelling("").has_value());
  CHECK_FALSE(op_from_spelling("equals").has_value());
}

TEST_CASE("what people try in other languages is no operator, and means one") {
  for (const std::string written : {"=", "===", "equals", "regex", "IN", "<>", "startsWith", "has"}) {
    INFO(written);
    CHECK_FALSE(op_from_spelling(written).has_value());
    const auto meant = meant_operator(written);
    REQUIRE(meant.has_value());
    std::string spelling(*meant);
    if (spelling.ends_with('~')) spelling.pop_back();
    CHECK(op_from_spelling(spelling).has_value());
  }
}

TEST_CASE("the reserved words are the nineteen of the language") {
  CHECK(reserved_words().size() == 19);
  CHECK(std::ranges::is_sorted(reserved_words()));
  CHECK(is_reserved("count"));
  CHECK_FALSE(is_reserved("event"));
  CHECK_FALSE(is_reserved("eq"));
}

TEST_CASE("every function row reads") {
  std::set<std::string_view> spellings;
  for (const FunctionRow& row : functions()) {
    INFO(row.spelling);
    CHECK(spellings.insert(row.spelling).second);
    CHECK(function_from_spelling(row.spelling) == row.function);
    CHECK(row.least_arguments() <= row.most_arguments());
    CHECK(row.result.bits != 0);
    bool optional_before = false;
    for (const FunctionParameter& parameter : row.parameters) {
      CHECK(parameter.kinds.bits != 0);
      CHECK((parameter.optional || !optional_before));  // what may be left out stands last
      optional_before = parameter.optional;
    }
  }
  CHECK(row_of(Function::min).most_arguments() == SIZE_MAX);
  CHECK(row_of(Function::split).least_arguments() == 1);
  CHECK(row_of(Function::split).most_arguments() == 3);
}
