// The difference of two packs as people and machines read it. Pure: text out, nothing printed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/difference/alert_difference.hpp"
#include "engine/difference/pack_difference.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

struct DiffReport {
  PackDifference packs;
  std::optional<AlertDifference> alerts;  // if there were events to judge

  [[nodiscard]] bool empty() const;
};

struct AlertTotals {
  std::uint64_t gained = 0;
  std::uint64_t lost = 0;
  std::uint64_t changed = 0;
  std::uint64_t kept = 0;
};
[[nodiscard]] AlertTotals totals_of(const AlertDifference& alerts);
[[nodiscard]] bool differs(const RuleAlerts& alerts);

// A line of a change: what is gone, what is new, or what these stand in.
struct DiffLine {
  char sign = ' ';         // '+', '-', or a blank
  std::uint32_t line = 0;  // in the newer file, or the older one of what is gone; 0 for none
  std::size_t depth = 0;
  std::string text;  // control characters escaped
};
// Of a key whose parts are told; of one that is told whole its old and its new value.
[[nodiscard]] std::vector<DiffLine> diff_lines(const KeyChange& key);

// "2 rules added, 1 changed, 1 library changed; 3 more rules affected", or "no difference in meaning".
[[nodiscard]] std::string summary_of(const PackDifference& packs);
// "1,200 events: 3 alerts gained, 1 lost, 20 as before".
[[nodiscard]] std::string summary_of(const AlertDifference& alerts);

[[nodiscard]] std::string human_diff(const DiffReport& report, Palette paint, std::size_t columns);
[[nodiscard]] std::string markdown_diff(const DiffReport& report);
// One object, as tools/README.md documents it, with a line end.
[[nodiscard]] std::string json_diff(const DiffReport& report);

}  // namespace picket
