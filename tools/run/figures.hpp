// Numbers as people read them.
#pragma once

#include <cstdint>
#include <string>

namespace picket {

// "2,900".
[[nodiscard]] std::string with_commas(std::uint64_t number);
// "1,234 bytes" as "1.2 kB"; powers of 1,000.
[[nodiscard]] std::string bytes_text(std::uint64_t bytes);
// "85 ms", "0.41 s", "12.3 s", "2 min 05 s".
[[nodiscard]] std::string seconds_text(double seconds);
// "1 rule", "2,900 rules".
[[nodiscard]] std::string count_text(std::uint64_t count, const std::string& noun);
// The same for a noun that takes no s: "2 matches".
[[nodiscard]] std::string count_text(std::uint64_t count, const std::string& one, const std::string& many);

}  // namespace picket
