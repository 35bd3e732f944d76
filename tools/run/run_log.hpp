// What a run says beside its alerts, on standard error: sentences for people, or one object of JSON a line.
#pragma once

#include <cstdint>
#include <string>

#include "engine/event/value.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

enum class LogForm : std::uint8_t { text, json };
enum class LogLevel : std::uint8_t { note, warning, error };

// Something that has happened, in a sentence, and how bad it is.
struct Remark {
  LogLevel level = LogLevel::note;
  std::string text;
};

// One message without its line end. As JSON: `time` (RFC 3339), `level` ("note", "warning", "error"), `message`; and
// `summary`, if one is given.
[[nodiscard]] std::string log_line(LogForm form, LogLevel level, const std::string& message, Palette paint);
[[nodiscard]] std::string log_line_of_summary(const std::string& summary_json);

}  // namespace picket
