// The documents as tests: every fenced example compiles (or gives the error it names), every rule in them passes its
// own tests, every example table gives what it says, and the generated tables are those of the code. How an example
// says what it is stands in grammar/LANGUAGE.md, section 16.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/analyse/analyse.hpp"
#include "engine/event/json.hpp"
#include "engine/event/time.hpp"
#include "engine/pack/pack.hpp"
#include "engine/ruletest/ruletest.hpp"
#include "engine/yaml/node.hpp"
#include "tests/catch.hpp"
#include "tests/conformance/evaluate_case.hpp"
#include "tests/docs/language_tables.hpp"
#include "tests/docs/markdown.hpp"

namespace picket::tests {
namespace {

constexpr std::string_view language_page = "grammar/LANGUAGE.md";
// What `now` is in the examples.
constexpr std::string_view example_now = "2026-01-31T12:00:00Z";

std::string read_page(std::string_view name) {
  std::ifstream stream(project_dir() / name, std::ios::binary);
  REQUIRE(stream.good());
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string in_words(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    const LineColumn at = diagnostic.source->locate(diagnostic.span.begin);
    text += "\n  " + diagnostic.source->name() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) +
            ": " + std::string(row_of(diagnostic.code).word) + ": " + diagnostic.message;
  }
  return text;
}

ConformanceCase example(std::string place, std::string text, Evaluates evaluates) {
  ConformanceCase made;
  made.place = place;
  made.evaluates = evaluates;
  made.text = SourceText::standalone(std::move(place), std::move(text));
  made.event = Object{};
  made.now = parse_time(example_now).value();
  return made;
}

// What is wrong with a ```picket block, or nothing.
std::string try_block(const std::string& place, const FencedBlock& block) {
  const std::string what = block.words.size() > 1 ? block.words[1] : "condition";
  const std::map<std::string, Evaluates> kinds{{"condition", Evaluates::condition},
                                               {"error", Evaluates::condition},
                                               {"definitions", Evaluates::condition},
                                               {"expression", Evaluates::expression},
                                               {"entries", Evaluates::context}};
  const auto kind = kinds.find(what);
  if (kind == kinds.end()) return "`" + what + "` is no kind of example";
  ConformanceCase made = example(place, block.text, kind->second);
  if (what == "definitions") {
    made.let = made.text;
    made.text = SourceText::standalone(place, "");
  }
  if (what != "error") return compile_errors(made);
  if (block.words.size() != 3) return "it does not say which error";
  made.expected.error = block.words[2];
  return evaluate_case(made);
}

std::string try_row(ConformanceCase made, const std::string& event, const std::string& value) {
  const auto read = read_json(event);
  if (!std::holds_alternative<Value>(read)) return "the event is no JSON";
  made.event = std::get<Value>(read);
  if (made.evaluates == Evaluates::text_template) {
    made.expected.text = value;
  } else {
    const auto wanted = read_json(value);
    if (!std::holds_alternative<Value>(wanted)) return "the value is no JSON: " + value;
    made.expected.value = std::get<Value>(wanted);
  }
  return evaluate_case(made);
}

// Checks a table of examples; false if the table is something else.
bool try_table(const std::string& page, const Table& table) {
  const bool is_template = table.header.front() == "template";
  if (table.header.front() != "expression" && !is_template) return false;
  const bool row_has_event = table.header.size() == 3 && table.header[1] == "event";
  for (const Table::Row& row : table.rows) {
    const std::string place = page + ":" + std::to_string(row.line);
    INFO(place << ": " << row.cells.front());
    CHECK(row.cells.size() == table.header.size());
    if (row.cells.size() != table.header.size()) continue;
    const ConformanceCase made =
        example(place, row.cells.front(), is_template ? Evaluates::text_template : Evaluates::expression);
    if (row_has_event) {
      CHECK(try_row(made, row.cells[1], row.cells[2]) == "");
      continue;
    }
    for (std::size_t column = 1; column < row.cells.size(); ++column) {
      INFO("event " << table.header[column]);
      CHECK(try_row(made, table.header[column], row.cells[column]) == "");
    }
  }
  return true;
}

// Whether the file has an `AnalysisType`; a block that is no YAML at all is a failure.
bool is_analysis(const SourcePtr& source) {
  Diagnostics diagnostics;
  const yaml::NodePtr root = yaml::load(source, diagnostics);
  INFO(in_words(diagnostics));
  CHECK_FALSE(diagnostics.has_errors());
  return root && root->mapping() != nullptr && root->mapping()->find("AnalysisType") != nullptr;
}

// All rules, libraries and models of a page are one pack: it has neither errors nor warnings, and its tests pass.
void try_rules(const std::vector<SourcePtr>& sources, const PackOptions& options_of_pack) {
  Diagnostics diagnostics;
  const auto pack = std::make_shared<const Pack>(load_sources(sources, options_of_pack, diagnostics));
  const CheckedPack checked = analyse(pack, {}, diagnostics);
  INFO(in_words(diagnostics));
  CHECK(diagnostics.size() == 0);
  std::vector<TestCase> cases;
  for (const CheckedRule& rule : checked.rules) {
    for (const RuleTest& test : rule.rule->tests) cases.push_back({&rule, &test});
  }
  for (const CheckedCorrelation& rule : checked.correlations) {
    for (const CorrelationTest& test : rule.rule->tests) {
      cases.push_back({.correlation = &rule, .correlation_test = &test});
    }
  }
  TestOptions options;
  options.now = parse_time(example_now).value();
  for (const TestResult& result : run_tests(checked, cases, options)) {
    INFO(result.test_case.about().id.value << ": " << result.test_case.heading().name.value);
    for (const TestFailure& failure : result.failures) {
      FAIL_CHECK(failure.message << ": expected " << failure.expected << ", got " << failure.actual);
    }
  }
}

void try_page(const std::string& page) {
  const Document document = read_markdown(read_page(page));
  std::vector<SourcePtr> sources;
  PackOptions options;
  for (const FencedBlock& block : document.blocks) {
    if (block.words.empty()) continue;
    if (block.words.front() == "csv" && block.words.size() == 2) {  // a file that stands beside the page
      const std::string name = (std::filesystem::path(page).parent_path() / block.words[1]).string();
      options.unsaved.emplace(name, std::make_shared<const Source>(name, block.text));
    }
    const std::string place = page + ":" + std::to_string(block.line);
    INFO(place);
    if (block.words.front() == "picket") CHECK(try_block(place, block) == "");
    if (block.words.front() != "yaml") continue;
    // Blank lines before the block let every place in a message be that of the page.
    const auto source = std::make_shared<const Source>(page, std::string(block.line - 1, '\n') + block.text);
    if (is_analysis(source)) sources.push_back(source);
  }
  try_rules(sources, options);
  for (const Table& table : document.tables) static_cast<void>(try_table(page, table));
}

TEST_CASE("the examples of the language's reference hold") { try_page(std::string(language_page)); }

TEST_CASE("the examples of the README hold") { try_page("README.md"); }

TEST_CASE("the examples of the guide to writing rules hold") { try_page("rules/README.md"); }

TEST_CASE("the reference's tables are those of the code") {
  const std::string page = read_page(language_page);
  for (const std::string_view part : {"operators", "is", "functions", "codes"}) {
    INFO(part);
    CHECK(page.find("<!-- " + std::string(part) + " begin -->") != std::string::npos);
    CHECK(page.find("<!-- " + std::string(part) + " end -->") != std::string::npos);
  }
  INFO("to write them anew: cmake --build BUILD --target picket_language_tables");
  CHECK(with_language_tables(page) == page);
}

TEST_CASE("an example that does not hold is told from one that does") {
  const auto tried = [](std::vector<std::string> words, std::string text) {
    FencedBlock block;
    block.words = std::move(words);
    block.text = std::move(text);
    return try_block("page:1", block);
  };
  CHECK(tried({"picket"}, "a eq 1\nb in [2]\n") == "");
  CHECK_FALSE(tried({"picket"}, "a eq\n") == "");
  CHECK(tried({"picket", "definitions"}, "x = 1\n") == "");
  CHECK_FALSE(tried({"picket", "definitions"}, "a eq 1\n") == "");
  CHECK(tried({"picket", "error", "chained-comparison"}, "a eq 1 eq 2\n") == "");
  CHECK_FALSE(tried({"picket", "error", "bad-regex"}, "a eq 1 eq 2\n") == "");
  CHECK(tried({"picket", "poem"}, "a eq 1\n") == "`poem` is no kind of example");
  const ConformanceCase sum = example("page:2", "n + 1", Evaluates::expression);
  CHECK(try_row(sum, "{\"n\": 1}", "2") == "");
  CHECK(try_row(sum, "{\"n\": 1}", "3") == "expected 3, got 2");
  CHECK(try_row(sum, "n", "3") == "the event is no JSON");
}

TEST_CASE("the reference has examples to check") {
  const Document document = read_markdown(read_page(language_page));
  std::size_t rows = 0;
  for (const Table& table : document.tables) {
    if (table.header.front() == "expression")
      rows += table.rows.size() * (table.header.size() == 3 ? 1 : table.header.size() - 1);
  }
  CHECK(document.blocks.size() >= 15);
  CHECK(rows >= 150);
}

}  // namespace
}  // namespace picket::tests
