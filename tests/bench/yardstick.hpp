// The yardsticks: how fast simdjson alone goes over the same bytes. This file's source is compiled at -O3 for the
// machine that it is built on, unlike Picket, which is built for any machine of the architecture: nobody shall say that
// the yardstick was slowed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace picket::bench {

// Readable bytes that the yardsticks need behind lines.
constexpr std::size_t yardstick_padding = 64;

// F: simdjson's On-Demand walk over every value of every line: keys and values are found, not decoded. Returns how many
// values there are; throws std::runtime_error if a line is no JSON.
[[nodiscard]] std::size_t walk_raw(std::string_view padded_lines);

// D: the same walk with strings and keys unescaped and numbers parsed.
[[nodiscard]] std::size_t walk_decoded(std::string_view padded_lines);

// simdjson's parse of every line into its tree.
[[nodiscard]] std::size_t parse_tree(std::string_view padded_lines);

// Which of simdjson's kernels those use: "haswell (stage 1) and haswell (walk)".
[[nodiscard]] std::string yardstick_kernel();

}  // namespace picket::bench
