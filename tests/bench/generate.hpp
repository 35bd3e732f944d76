// What the programs are measured on: rules with tests and events, made anew every time from fixed seeds, the same on
// every machine. No network, no data folder.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "tests/bench/chance.hpp"

namespace picket::bench {

// Writes `rules` rule files into the folder, over 60 log types, with 1 to 4 comparisons each, and `tests` tests in all,
// all of which pass. REQUIRES: tests >= 2 * rules.
void write_rules(const std::filesystem::path& folder, std::size_t rules, std::size_t tests);

// Appends one CloudTrail-like event, with `p_log_type`, and a line end: 0.6 to 3 kB, 25 to 60 fields, no two alike.
void append_event(std::string& out, Chance& chance);

}  // namespace picket::bench
