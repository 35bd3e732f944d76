#include "tools/test/test_report.hpp"

#include <algorithm>

namespace picket {

std::size_t TestReport::passed() const {
  return static_cast<std::size_t>(
      std::count_if(results.begin(), results.end(), [](const TestResult& result) { return result.passed(); }));
}

std::size_t TestReport::failed() const {
  return static_cast<std::size_t>(std::count_if(
      results.begin(), results.end(), [](const TestResult& result) { return !result.skipped && !result.passed(); }));
}

std::size_t TestReport::count(Level level) const {
  return static_cast<std::size_t>(std::count_if(diagnostics.begin(), diagnostics.end(),
                                                [level](const Diagnostic& one) { return one.level == level; }));
}

}  // namespace picket
