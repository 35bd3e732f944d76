// The formats in which alerts are written: one table, for files, standard output and web hooks.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/state/alert.hpp"

namespace picket {

// Appends an alert as one line of JSON without its line end; always valid JSON and UTF-8.
using WriteAlert = void (*)(std::string& out, const Alert& alert);

struct AlertFormat {
  std::string_view name;  // as options spell it
  WriteAlert write;
};

// Picket's own format first.
[[nodiscard]] std::span<const AlertFormat> alert_formats();
// The one of this name; Picket's own for a name that is none of theirs.
[[nodiscard]] const AlertFormat& line_format(std::string_view name);

}  // namespace picket
