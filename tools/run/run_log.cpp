#include "tools/run/run_log.hpp"

#include <chrono>
#include <string_view>

#include "engine/event/time.hpp"

namespace picket {
namespace {

std::string time_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return print_time({std::chrono::duration_cast<std::chrono::milliseconds>(now).count() * 1000});
}

std::string_view word_for(LogLevel level) {
  switch (level) {
    case LogLevel::note:
      return "note";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  return {};
}

std::string label(LogLevel level, Palette paint) {
  if (level == LogLevel::note) return {};
  return paint(level == LogLevel::error ? Style::error : Style::warning, word_for(level)) + ": ";
}

// An object that more may be added to: without its last brace.
std::string opened(LogLevel level, const std::string& message) {
  std::string line = to_json(Value(Object{{"time", time_now()}, {"level", word_for(level)}, {"message", message}}));
  line.pop_back();
  return line;
}

}  // namespace

std::string log_line(LogForm form, LogLevel level, const std::string& message, Palette paint) {
  if (form == LogForm::json) return opened(level, message) + "}";
  return "picket run: " + label(level, paint) + message;
}

std::string log_line_of_summary(const std::string& summary_json) {
  return opened(LogLevel::note, "ended") + ",\"summary\":" + summary_json + "}";
}

}  // namespace picket
