// The reports of `picket cover`.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/coverage/coverage.hpp"
#include "tools/report/finding.hpp"
#include "tools/report/formats.hpp"

namespace picket {

struct CoverReport {
  Coverage coverage;
  std::vector<const Rule*> untested;
  CoverageShares shares;  // of all rules; libraries are not counted again
};

// What tests leave open, a phrase each: "`eventName eq "x"` was never false", "\"destroy\" never matched".
struct Gap {
  const Site* site = nullptr;
  std::string words;
};
[[nodiscard]] std::vector<Gap> gaps_of(const TextCoverage& text);
// The gaps of all rules; those of libraries are not repeated.
[[nodiscard]] std::vector<Finding> findings_of(const CoverReport& report);

// For people: a line for each rule; details list every part.
[[nodiscard]] std::string human_cover(const CoverReport& report, const Canvas& canvas);
// As tools/README.md documents it.
[[nodiscard]] std::string json_cover(const CoverReport& report);
// The tracefile of lcov (man 1 geninfo): lines with a comparison, and for each the branches true and false.
[[nodiscard]] std::string lcov_cover(const CoverReport& report);

// The formats of `picket cover`.
[[nodiscard]] std::span<const Format<CoverReport>> cover_formats();

}  // namespace picket
