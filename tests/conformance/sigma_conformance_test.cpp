// The Sigma part of the conformance suite against both engines.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/sigma/modifiers.hpp"
#include "tests/catch.hpp"
#include "tests/conformance/sigma_case.hpp"

namespace picket::tests {
namespace {

std::vector<std::filesystem::path> files_of_suite() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(project_dir() / "tests" / "conformance" / "sigma")) {
    if (entry.path().extension() == ".yml") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

TEST_CASE("every Sigma conformance case gives what it says") {
  std::size_t count = 0;
  for (const auto& path : files_of_suite()) {
    std::vector<std::string> faults;
    const std::vector<SigmaCase> cases = read_sigma_cases(path, faults);
    for (const std::string& fault : faults) FAIL_CHECK(fault);
    for (const SigmaCase& tested : cases) {
      count += tested.size();
      for (const std::string& wrong : check_sigma_case(tested)) FAIL_CHECK(wrong);
    }
  }
  CHECK(count >= 400);
}

TEST_CASE("a Sigma conformance case that does not hold is told from one that does") {
  SigmaCase made;
  made.place = "here";
  made.sources = {std::make_shared<const Source>(
      "rule.yml", "title: a\nid: a\nlogsource: {category: conformance}\ndetection: {s: {f: x}, condition: s}\n")};
  made.fits = {Object{{"f", "x"}}};
  CHECK(check_sigma_case(made).empty());
  made.fits = {Object{{"f", "y"}}};
  CHECK(check_sigma_case(made) == std::vector<std::string>{R"(here: the executor leaves {"f":"y"})",
                                                           R"(here: the interpreter leaves {"f":"y"})"});
  made.fits = {};
  made.misses = {Object{{"f", "x"}}};
  CHECK(check_sigma_case(made).size() == 2);
  made.error = "bad-modifier";
  CHECK(check_sigma_case(made) == std::vector<std::string>{"here: expected bad-modifier, got no error"});
}

TEST_CASE("the Sigma conformance suite uses every modifier") {
  std::string texts;
  for (const auto& path : files_of_suite()) {
    std::vector<std::string> faults;
    for (const SigmaCase& tested : read_sigma_cases(path, faults)) {
      if (!tested.error.empty()) continue;
      for (const SourcePtr& source : tested.sources) texts += source->text();
    }
  }
  for (const sigma::ModifierRow& row : sigma::modifiers()) {
    const std::string written = "|" + std::string(row.spelling);
    if (texts.find(written) == std::string::npos) FAIL_CHECK("no case has `" << written << "`");
  }
}

}  // namespace
}  // namespace picket::tests
