// What `picket run` says at its end.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ruleset/ruleset.hpp"
#include "engine/stream/pipeline.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

struct RunReport {
  Tally tally;
  DetectorCounts detected;
  std::size_t forgotten = 0;  // pieces of state that mean nothing any more
  double seconds = 0;
  std::size_t inputs = 0;             // that were opened
  std::vector<std::string> left_out;  // files of folders that hold no events
  RunEnd end = RunEnd::input_ended;
  bool followed = false;    // logs that have no end
  std::size_t refused = 0;  // alerts, by the web hook
};

// Several lines, the last one ended: events, bytes and time; what could not be judged and why; matches by rule, the
// most first.
[[nodiscard]] std::string run_summary(const RunReport& report, const RuleSet& rules, Palette paint);

// One object of JSON on a line, as tools/run/README.md documents it; what `--summary` writes.
[[nodiscard]] std::string run_summary_json(const RunReport& report, const RuleSet& rules);

// How many events each rule judged, by id; of those that judged any.
[[nodiscard]] std::map<std::string_view, std::uint64_t> events_by_rule(const Tally& tally, const RuleSet& rules);

}  // namespace picket
