// Reading and printing times. Owns the date library.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/event/value.hpp"

namespace picket {

// Every Time made here or by time_at() lies in the years 0 to 9999, which RFC 3339 can write.

// RFC 3339 (`2026-01-31T12:00:00.5Z`, `+02:00`, a blank in place of the T), the same without an offset taken as UTC, or
// a date alone. Digits beyond the microsecond are cut. Nothing for anything else, impossible dates and leap seconds
// included.
[[nodiscard]] std::optional<Time> parse_time(std::string_view text);
// Seconds, milliseconds, microseconds or nanoseconds since 1970 by magnitude (from 1e11, 1e14, 1e17).
[[nodiscard]] std::optional<Time> time_from_epoch(std::int64_t number);
[[nodiscard]] std::optional<Time> time_from_epoch(double number);
// Nothing for a time outside the years 0 to 9999.
[[nodiscard]] std::optional<Time> time_at(std::int64_t microseconds);

// RFC 3339 in UTC; three or six digits of fraction only if it is not zero.
[[nodiscard]] std::string print_time(Time time);
// In the largest unit of which it is a whole number: "90m", "2h"; below a millisecond with a fraction: "1.5ms".
[[nodiscard]] std::string print_duration(Duration duration);
// strftime in UTC and English, with %f for six digits of fraction: %Y %y %m %d %e %H %I %M %S %f %p %j %G %V %a %A %b
// %B %u %w %F %T %D %R %s %z %Z %n %t %%. Nothing for a format with any other conversion.
[[nodiscard]] std::optional<std::string> format_time(Time time, std::string_view format);

}  // namespace picket
