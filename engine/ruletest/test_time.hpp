// Times as tests give them: minutes, or dates.
#pragma once

#include <string>

#include "engine/event/time.hpp"
#include "engine/event/value.hpp"

namespace picket {

// What its author would have written: a number of minutes, or a text, "2026-01-31T12:00:00Z".
[[nodiscard]] Value written_time(Time time);

// "minute 6", or the date.
[[nodiscard]] std::string in_words(Time time);

}  // namespace picket
