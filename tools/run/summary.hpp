// What `picket run` says at its end.
#pragma once

#include <string>
#include <vector>

#include "engine/ruleset/ruleset.hpp"
#include "engine/stream/pipeline.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

struct RunReport {
  Tally tally;
  double seconds = 0;
  std::size_t inputs = 0;             // that were opened
  std::vector<std::string> left_out;  // files of folders that hold no events
  RunEnd end = RunEnd::input_ended;
};

// Several lines, the last one ended: events, bytes and time; what could not be judged and why; matches by rule, the
// most first.
[[nodiscard]] std::string run_summary(const RunReport& report, const RuleSet& rules, Palette paint);

}  // namespace picket
