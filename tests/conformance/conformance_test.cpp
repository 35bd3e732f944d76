// The conformance suite (README.md beside this) against the interpreter, and the suite against the tables of the
// language: each operator and function must be in it.
#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast/functions.hpp"
#include "grammar/ast/operators.hpp"
#include "tests/catch.hpp"
#include "tests/conformance/case_file.hpp"
#include "tests/conformance/evaluate_case.hpp"

namespace picket::tests {
namespace {

std::vector<CaseFile> read_suite() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(project_dir() / "tests" / "conformance")) {
    if (entry.path().extension() == ".yml") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<CaseFile> files;
  for (const auto& path : paths) files.push_back(read_case_file(path));
  return files;
}

// All texts of the suite that stand between blanks, so that whole words can be searched for.
std::string all_texts() {
  std::string texts;
  for (const CaseFile& file : read_suite()) {
    for (const ConformanceCase& tested : file.cases) texts += " " + tested.text.text + " \n";
  }
  return texts;
}

TEST_CASE("every conformance case gives what it says") {
  std::size_t count = 0;
  for (const CaseFile& file : read_suite()) {
    for (const std::string& fault : file.faults) FAIL_CHECK(fault);
    for (const ConformanceCase& tested : file.cases) {
      ++count;
      const std::string wrong = evaluate_case(tested);
      if (wrong.empty()) continue;
      FAIL_CHECK(tested.place << ": " << tested.text.text << "\n    event " << to_json(tested.event) << "\n    "
                              << wrong);
    }
  }
  CHECK(count >= 700);
}

ConformanceCase sum_of_one_and_one() {
  ConformanceCase made;
  made.text = SourceText::standalone("sum", "1 + 1");
  made.event = Object{};
  return made;
}

TEST_CASE("a conformance case that does not hold is told from one that does") {
  ConformanceCase made = sum_of_one_and_one();
  made.expected.value = 2;
  CHECK(evaluate_case(made) == "");
  made.expected.kind = "double";
  CHECK(evaluate_case(made) == "expected the kind double, got int 2");
  made = sum_of_one_and_one();
  made.expected.value = 3;
  CHECK(evaluate_case(made) == "expected 3, got 2");
  made = sum_of_one_and_one();
  made.expected.text = "two";
  CHECK(evaluate_case(made) == "expected the text `two`, got `2`");
  made = sum_of_one_and_one();
  made.expected.error = "bad-regex";
  CHECK(evaluate_case(made) == "expected the error bad-regex, got none");
  made.expected.error = "no-such-code";
  CHECK(evaluate_case(made) == "there is no error code `no-such-code`");
}

TEST_CASE("no conformance case is there twice") {
  for (const CaseFile& file : read_suite()) {
    std::set<std::string> seen;
    for (const ConformanceCase& tested : file.cases) {
      if (!seen.insert(tested.key).second) FAIL_CHECK(tested.place << ": the same case stands above");
    }
  }
}

TEST_CASE("the conformance suite uses every form of every operator") {
  const std::string texts = all_texts();
  const auto expect = [&](const std::string& form) {
    if (texts.find(form) == std::string::npos) FAIL_CHECK("no case has `" << form << "`");
  };
  for (const OpRow& row : operators()) {
    const std::string spelling(row.spelling);
    expect(" " + spelling + " ");
    expect(" not " + spelling + " ");
    if (row.folds) expect(" " + spelling + "~ ");
    if (row.folds) expect(" not " + spelling + "~ ");
    if (row.list_right) expect(" " + spelling + " [");
    if (row.all) expect(" " + spelling + " all [");
  }
  for (const IsKindRow& row : is_kinds()) expect(" is " + std::string(row.spelling) + " ");
}

TEST_CASE("the conformance suite calls every function with values there and absent") {
  const std::string texts = all_texts();
  for (const FunctionRow& row : functions()) {
    const std::string call = std::string(row.spelling) + "(";
    if (texts.find(call) == std::string::npos) FAIL_CHECK("no case calls " << row.spelling);
    if (texts.find(call + "missing") == std::string::npos) FAIL_CHECK("no case calls " << row.spelling << "(missing)");
  }
}

}  // namespace
}  // namespace picket::tests
