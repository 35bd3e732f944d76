// The reports of `picket check`.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "grammar/text/diagnostic.hpp"
#include "tools/report/formats.hpp"

namespace picket {

struct CheckReport {
  std::vector<Diagnostic> diagnostics;  // sorted
  std::vector<std::string> files;       // that were checked, sorted; those that could not be read included
};

// JUnit XML: a case for each file. Errors are failures; the rest is output of the case.
[[nodiscard]] std::string junit_check(const CheckReport& report);
// The Test Anything Protocol: a point for each file.
[[nodiscard]] std::string tap_check(const CheckReport& report);
// For GitHub's step summary.
[[nodiscard]] std::string markdown_check(const CheckReport& report);

// The formats of `picket check`.
[[nodiscard]] std::span<const Format<CheckReport>> check_formats();

}  // namespace picket
