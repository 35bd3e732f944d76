// The correlation part of the Sigma conformance suite.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/frontend/correlation_demand.hpp"
#include "tests/catch.hpp"
#include "tests/conformance/correlation_case.hpp"

namespace picket::tests {
namespace {

std::vector<CorrelationCase> all_cases() {
  std::vector<std::filesystem::path> paths;
  const auto folder = project_dir() / "tests" / "conformance" / "sigma" / "correlations";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<CorrelationCase> cases;
  for (const auto& path : paths) {
    std::vector<std::string> faults;
    std::ranges::move(read_correlation_cases(path, faults), std::back_inserter(cases));
    for (const std::string& fault : faults) FAIL_CHECK(fault);
  }
  return cases;
}

TEST_CASE("every correlation case fires as it says") {
  const std::vector<CorrelationCase> cases = all_cases();
  for (const CorrelationCase& tested : cases) {
    for (const std::string& wrong : check_correlation_case(tested)) FAIL_CHECK(wrong);
  }
  CHECK(cases.size() >= 100);
}

TEST_CASE("the correlation cases use every type and every comparison") {
  std::string texts;
  for (const CorrelationCase& tested : all_cases()) {
    if (!tested.firings.empty()) texts += tested.sources.front()->text();
  }
  for (const MeasureKind kind : measure_kinds) CHECK(texts.find(spelling(kind)) != std::string::npos);
  for (const Relation relation : relations) {
    CHECK(texts.find('"' + std::string(spelling(relation)) + '"') != std::string::npos);
  }
}

TEST_CASE("a correlation case that does not hold is told from one that does") {
  std::vector<CorrelationCase> cases = all_cases();
  const auto fires = std::ranges::find_if(cases, [](const CorrelationCase& one) { return one.firings.size() == 1; });
  REQUIRE(fires != cases.end());
  CHECK(check_correlation_case(*fires).empty());
  CorrelationCase wrong = *fires;
  wrong.firings.clear();
  CHECK(check_correlation_case(wrong).size() == 1);
  wrong = *fires;
  wrong.alerts = {"nobody"};
  CHECK(check_correlation_case(wrong).size() == 1);
  wrong = *fires;
  wrong.error = "bad-value";
  CHECK(check_correlation_case(wrong).size() == 1);
}

}  // namespace
}  // namespace picket::tests
