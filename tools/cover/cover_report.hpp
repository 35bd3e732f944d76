// The reports of `picket cover`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/coverage/coverage.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

struct CoverReport {
  Coverage coverage;
  std::vector<const Rule*> untested;
  CoverageShares shares;  // of all rules; libraries are not counted again
};

// What tests leave open, a phrase each: "`eventName eq "x"` was never false", "\"destroy\" never matched".
[[nodiscard]] std::vector<std::string> gaps_of(const TextCoverage& text);

// For people: a line for each rule; `details` lists every part.
[[nodiscard]] std::string human_cover(const CoverReport& report, bool details, Palette paint, std::size_t columns);
// As tools/README.md documents it.
[[nodiscard]] std::string json_cover(const CoverReport& report);
// The tracefile of lcov (man 1 geninfo): lines with a comparison, and for each the branches true and false.
[[nodiscard]] std::string lcov_cover(const CoverReport& report);

}  // namespace picket
