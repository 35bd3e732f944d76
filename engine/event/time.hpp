// Reading and printing times. Owns the date library.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/event/value.hpp"

namespace picket {

// RFC 3339 (`2026-01-31T12:00:00.5Z`, `+02:00`, a blank or `_`-free `T`), `YYYY-MM-DD HH:MM:SS[.f]` taken as UTC, or a date
// alone. Digits beyond the microsecond are cut. Nothing for anything else, impossible dates included.
[[nodiscard]] std::optional<Time> parse_time(std::string_view text);
// Seconds, milliseconds, microseconds or nanoseconds since 1970 by magnitude (from 1e11, 1e14, 1e17).
[[nodiscard]] std::optional<Time> time_from_epoch(double number);

// RFC 3339 in UTC; three or six digits of fraction only if it is not zero.
[[nodiscard]] std::string print_time(Time time);
// In the largest unit that leaves it short: "90m", "2h", "1.5ms".
[[nodiscard]] std::string print_duration(Duration duration);
// strftime in UTC; nothing for a format with an unknown conversion.
[[nodiscard]] std::optional<std::string> format_time(Time time, std::string_view format);

}  // namespace picket
