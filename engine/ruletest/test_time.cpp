#include "engine/ruletest/test_time.hpp"

namespace picket {
namespace {

constexpr std::int64_t year = 366 * 24 * 60 * microseconds_per_minute;

}  // namespace

Value written_time(Time time) {
  if (time.microseconds > year) return print_time(time);
  const auto minutes = time.microseconds / microseconds_per_minute;
  if (minutes * microseconds_per_minute == time.microseconds) return minutes;
  return static_cast<double>(time.microseconds) / microseconds_per_minute;
}

std::string in_words(Time time) {
  const Value written = written_time(time);
  return (written.string() == nullptr ? "minute " : "") + to_text(written);
}

}  // namespace picket
