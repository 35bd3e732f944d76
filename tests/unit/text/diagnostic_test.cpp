#include "grammar/text/diagnostic.hpp"

#include <set>

#include "tests/catch.hpp"

using namespace picket;

TEST_CASE("every code is a word of its own") {
  std::set<std::string_view> words;
  for (const CodeRow& row : diagnostic_codes()) {
    INFO(row.word);
    CHECK(words.insert(row.word).second);
    CHECK(row.word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos);
    CHECK_FALSE(row.title.ends_with('.'));
    CHECK(code_from_word(row.word) == row.code);
    CHECK(&row_of(row.code) == &row);
  }
  CHECK_FALSE(code_from_word("no-such-code").has_value());
}

TEST_CASE("diagnostics are shown by file, then place") {
  const auto first = std::make_shared<const Source>("a.yml", "xyz");
  const auto second = std::make_shared<const Source>("b.yml", "xyz");
  Diagnostics diagnostics;
  diagnostics.add(Code::unknown_key, second, {0, 1}, "1");
  diagnostics.add(Code::unknown_key, first, {2, 3}, "2");
  diagnostics.add(Code::unknown_key, first, {0, 1}, "3");
  CHECK(diagnostics.has_errors());
  diagnostics.sort();
  std::string order;
  for (const Diagnostic& diagnostic : diagnostics.all()) order += diagnostic.message;
  CHECK(order == "321");
}

TEST_CASE("what is said twice of one place is shown once") {
  const auto source = std::make_shared<const Source>("a.yml", "xyz");
  Diagnostics diagnostics;
  for (int i = 0; i < 2; ++i) {
    diagnostics.add(Code::unknown_key, source, {0, 1}, "1");
    diagnostics.add(Code::unknown_key, source, {1, 2}, "1");
  }
  diagnostics.add(Code::unknown_key, source, {1, 2}, "2");
  diagnostics.sort();
  CHECK(diagnostics.size() == 3);
}

TEST_CASE("warnings are no errors") {
  Diagnostics diagnostics;
  diagnostics.add(Code::unused_definition, std::make_shared<const Source>("a", ""), {}, "m");
  CHECK_FALSE(diagnostics.has_errors());
}
