#include "engine/webhook/retry_delay.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace picket {
namespace {

constexpr std::int64_t microseconds_per_millisecond = 1'000;
constexpr std::string_view digits = "0123456789";

// A number of exactly so many digits at that place.
std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t length) {
  const std::string_view part = text.substr(at, length);
  int number = 0;
  if (part.find_first_not_of(digits) != std::string_view::npos) return std::nullopt;
  const auto [rest, error] = std::from_chars(part.data(), part.data() + part.size(), number);
  if (error != std::errc() || rest != part.data() + part.size()) return std::nullopt;
  return number;
}

std::optional<unsigned> month_named(std::string_view name) {
  constexpr std::array<std::string_view, 12> names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto* const found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<unsigned>(found - names.begin()) + 1;
}

// IMF-fixdate, the one form that senders may use: "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<std::chrono::sys_seconds> parse_date(std::string_view text) {
  constexpr std::size_t length = 29;
  constexpr std::string_view shape = "---, -- --- ---- --:--:-- GMT";
  if (text.size() != length) return std::nullopt;
  for (std::size_t i = 0; i < length; ++i) {
    if (shape[i] != '-' && shape[i] != text[i]) return std::nullopt;
  }
  const auto day = number_at(text, 5, 2);
  const auto month = month_named(text.substr(8, 3));
  const auto year = number_at(text, 12, 4);
  const auto hour = number_at(text, 17, 2);
  const auto minute = number_at(text, 20, 2);
  const auto second = number_at(text, 23, 2);
  if (!day || !month || !year || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*month),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second);
}

}  // namespace

Milliseconds retry_delay(std::uint64_t failures, std::optional<Milliseconds> hint, double chance,
                         const RetryBounds& bounds) {
  Milliseconds bound = bounds.first;
  for (std::uint64_t i = 1; i < failures && bound < bounds.longest; ++i) bound *= 2;
  bound = std::min(bound, bounds.longest);
  const Milliseconds jitter(static_cast<std::int64_t>(chance * static_cast<double>(bound.count())));
  return std::min(hint.value_or(Milliseconds(0)), bounds.longest_hint) + jitter;
}

std::optional<Milliseconds> parse_retry_after(std::string_view text, Time now) {
  if (!text.empty() && text.find_first_not_of(digits) == std::string_view::npos) {
    constexpr std::size_t most_digits = 9;  // more than 31 years
    std::int64_t seconds = 0;
    const std::string_view some = text.size() > most_digits ? std::string_view("999999999") : text;
    std::from_chars(some.data(), some.data() + some.size(), seconds);
    return std::chrono::seconds(seconds);
  }
  const auto date = parse_date(text);
  if (!date) return std::nullopt;
  const Milliseconds then = date->time_since_epoch();
  return std::max(Milliseconds(0), then - Milliseconds(now.microseconds / microseconds_per_millisecond));
}

}  // namespace picket
