// Times are read by hand, digit by digit, because a fixed form of some twenty bytes does not need a stream with a
// locale, which is what the date library would read from; the library then says whether the date exists and counts its
// days.
#include "engine/event/time.hpp"

#include <date/date.h>

#include <array>
#include <chrono>
#include <cmath>
#include <string>

namespace picket {
namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t week = 7 * day;

std::int64_t days_of(const date::year_month_day& ymd) { return date::sys_days(ymd).time_since_epoch().count(); }

// Reads a text from its front; every step says whether it could.
class TimeReader {
 public:
  explicit TimeReader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  bool number(std::size_t digits, std::int64_t& value) {
    if (rest_.size() < digits) return false;
    value = 0;
    for (const char c : rest_.substr(0, digits)) {
      if (c < '0' || c > '9') return false;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(digits);
    return true;
  }

  bool one_of(std::string_view characters) {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Digits of a fraction, as microseconds.
  bool fraction(std::int64_t& microseconds) {
    std::int64_t unit = second / 10;
    std::size_t digits = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      microseconds += unit * (rest_.front() - '0');
      unit /= 10;
      ++digits;
      rest_.remove_prefix(1);
    }
    return digits > 0;
  }

 private:
  std::string_view rest_;
};

// "12:34:56.789" as microseconds of the day.
bool read_clock(TimeReader& reader, std::int64_t& microseconds) {
  std::int64_t h = 0;
  std::int64_t m = 0;
  std::int64_t s = 0;
  std::int64_t fraction = 0;
  if (!reader.number(2, h) || !reader.one_of(":") || !reader.number(2, m) || !reader.one_of(":") ||
      !reader.number(2, s) || h > 23 || m > 59 || s > 59) {
    return false;
  }
  if (reader.one_of(".") && !reader.fraction(fraction)) return false;
  microseconds = h * hour + m * minute + s * second + fraction;
  return true;
}

// "Z", "+02:00" or nothing, as microseconds east of UTC.
bool read_offset(TimeReader& reader, std::int64_t& microseconds) {
  microseconds = 0;
  if (reader.at_end() || reader.one_of("Zz")) return true;
  const bool west = reader.one_of("-");
  if (!west && !reader.one_of("+")) return false;
  std::int64_t h = 0;
  std::int64_t m = 0;
  if (!reader.number(2, h) || !reader.one_of(":") || !reader.number(2, m) || h > 23 || m > 59) return false;
  microseconds = (west ? -1 : 1) * (h * hour + m * minute);
  return true;
}

void append_padded(std::string& out, std::int64_t number, std::size_t width, char pad = '0') {
  const std::string digits = std::to_string(number);
  if (digits.size() < width) out.append(width - digits.size(), pad);
  out += digits;
}

// A time taken apart on the calendar.
struct Calendar {
  explicit Calendar(Time time) {
    const auto since = date::floor<date::days>(std::chrono::microseconds(time.microseconds));
    days = date::sys_days(since);
    ymd = date::year_month_day(days);
    rest = time.microseconds - since.count() * day;
  }
  [[nodiscard]] std::int64_t year() const { return static_cast<int>(ymd.year()); }
  [[nodiscard]] std::int64_t month() const { return static_cast<unsigned>(ymd.month()); }
  [[nodiscard]] std::int64_t day_of_month() const { return static_cast<unsigned>(ymd.day()); }
  [[nodiscard]] std::int64_t day_of_year() const { return days_of(ymd) - days_of(ymd.year() / 1 / 1) + 1; }
  // ISO 8601: a week begins on Monday, and belongs to the year of its Thursday.
  [[nodiscard]] Calendar thursday() const {
    Calendar made = *this;
    made.days += date::days(3 - static_cast<int>((weekday() + 6) % 7));
    made.ymd = date::year_month_day(made.days);
    return made;
  }
  [[nodiscard]] unsigned weekday() const { return date::weekday(days).c_encoding(); }  // Sunday is 0

  date::sys_days days;
  date::year_month_day ymd;
  std::int64_t rest = 0;  // microseconds of the day
};

constexpr std::array<std::string_view, 7> weekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                      "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};

// The conversions that stand for others.
std::optional<std::string_view> expansion(char conversion) {
  switch (conversion) {
    case 'F':
      return "%Y-%m-%d";
    case 'T':
      return "%H:%M:%S";
    case 'R':
      return "%H:%M";
    case 'D':
      return "%m/%d/%y";
    default:
      return std::nullopt;
  }
}

bool append_calendar(std::string& out, const Calendar& calendar, char conversion) {
  switch (conversion) {
    case 'Y':
      append_padded(out, calendar.year(), 4);
      return true;
    case 'y':
      append_padded(out, calendar.year() % 100, 2);
      return true;
    case 'm':
      append_padded(out, calendar.month(), 2);
      return true;
    case 'd':
      append_padded(out, calendar.day_of_month(), 2);
      return true;
    case 'e':
      append_padded(out, calendar.day_of_month(), 2, ' ');
      return true;
    case 'j':
      append_padded(out, calendar.day_of_year(), 3);
      return true;
    case 'G':
      append_padded(out, calendar.thursday().year(), 4);
      return true;
    case 'V':
      append_padded(out, (calendar.thursday().day_of_year() - 1) / 7 + 1, 2);
      return true;
    case 'a':
      out += weekdays[calendar.weekday()].substr(0, 3);
      return true;
    case 'A':
      out += weekdays[calendar.weekday()];
      return true;
    case 'b':
      out += months[static_cast<std::size_t>(calendar.month() - 1)].substr(0, 3);
      return true;
    case 'B':
      out += months[static_cast<std::size_t>(calendar.month() - 1)];
      return true;
    case 'u':
      append_padded(out, calendar.weekday() == 0 ? 7 : calendar.weekday(), 1);
      return true;
    case 'w':
      append_padded(out, calendar.weekday(), 1);
      return true;
    default:
      return false;
  }
}

bool append_clock(std::string& out, const Calendar& calendar, char conversion) {
  const std::int64_t hours = calendar.rest / hour;
  switch (conversion) {
    case 'H':
      append_padded(out, hours, 2);
      return true;
    case 'I':
      append_padded(out, hours % 12 == 0 ? 12 : hours % 12, 2);
      return true;
    case 'M':
      append_padded(out, calendar.rest % hour / minute, 2);
      return true;
    case 'S':
      append_padded(out, calendar.rest % minute / second, 2);
      return true;
    case 'f':
      append_padded(out, calendar.rest % second, 6);
      return true;
    case 'p':
      out += hours < 12 ? "AM" : "PM";
      return true;
    case 's':
      append_padded(out, days_of(calendar.ymd) * (day / second) + calendar.rest / second, 1);
      return true;
    case 'z':
      out += "+0000";
      return true;
    case 'Z':
      out += "UTC";
      return true;
    case 'n':
      out += '\n';
      return true;
    case 't':
      out += '\t';
      return true;
    case '%':
      out += '%';
      return true;
    default:
      return false;
  }
}

bool append_format(std::string& out, const Calendar& calendar, std::string_view format) {
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      out += format[i];
      continue;
    }
    if (++i == format.size()) return false;
    if (const auto longer = expansion(format[i])) {
      append_format(out, calendar, *longer);
    } else if (!append_calendar(out, calendar, format[i]) && !append_clock(out, calendar, format[i])) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<Time> time_at(std::int64_t microseconds) {
  static const std::int64_t first = days_of(date::year(0) / 1 / 1) * day;
  static const std::int64_t beyond = days_of(date::year(10000) / 1 / 1) * day;
  if (microseconds < first || microseconds >= beyond) return std::nullopt;
  return Time{microseconds};
}

std::optional<Time> parse_time(std::string_view text) {
  TimeReader reader(text);
  std::int64_t year = 0;
  std::int64_t month = 0;
  std::int64_t day_of_month = 0;
  if (!reader.number(4, year) || !reader.one_of("-") || !reader.number(2, month) || !reader.one_of("-") ||
      !reader.number(2, day_of_month)) {
    return std::nullopt;
  }
  const date::year_month_day ymd(date::year(static_cast<int>(year)), date::month(static_cast<unsigned>(month)),
                                 date::day(static_cast<unsigned>(day_of_month)));
  if (!ymd.ok()) return std::nullopt;
  const std::int64_t midnight = days_of(ymd) * day;
  if (reader.at_end()) return time_at(midnight);
  std::int64_t clock = 0;
  std::int64_t offset = 0;
  if (!reader.one_of("Tt ") || !read_clock(reader, clock) || !read_offset(reader, offset) || !reader.at_end()) {
    return std::nullopt;
  }
  return time_at(midnight + clock - offset);
}

std::optional<Time> time_from_epoch(std::int64_t number) {
  if (number >= 100'000'000'000'000'000 || number <= -100'000'000'000'000'000) {
    return time_at(number / 1000 - (number % 1000 < 0 ? 1 : 0));
  }
  if (number >= 100'000'000'000'000 || number <= -100'000'000'000'000) return time_at(number);
  if (number >= 100'000'000'000 || number <= -100'000'000'000) return time_at(number * 1000);
  return time_at(number * second);
}

std::optional<Time> time_from_epoch(double number) {
  const double magnitude = std::fabs(number);
  if (!(magnitude < 1e20)) return std::nullopt;  // nanoseconds far beyond the year 9999
  double microseconds = number * 1e6;
  if (magnitude >= 1e17) {
    microseconds = number / 1e3;
  } else if (magnitude >= 1e14) {
    microseconds = number;
  } else if (magnitude >= 1e11) {
    microseconds = number * 1e3;
  }
  return time_at(std::llround(microseconds));
}

std::string print_time(Time time) {
  const Calendar calendar(time);
  std::string out;
  append_format(out, calendar, "%Y-%m-%dT%H:%M:%S");
  const std::int64_t fraction = calendar.rest % second;
  if (fraction % 1000 != 0) {
    out += '.';
    append_padded(out, fraction, 6);
  } else if (fraction != 0) {
    out += '.';
    append_padded(out, fraction / 1000, 3);
  }
  out += 'Z';
  return out;
}

std::string print_duration(Duration duration) {
  const std::int64_t length = duration.microseconds;
  if (length == 0) return "0s";
  struct Unit {
    std::int64_t microseconds;
    std::string_view name;
  };
  constexpr std::array<Unit, 6> units = {Unit{week, "w"}, {day, "d"},    {hour, "h"},
                                         {minute, "m"},   {second, "s"}, {1000, "ms"}};
  for (const Unit& unit : units) {
    if (length % unit.microseconds == 0) return std::to_string(length / unit.microseconds).append(unit.name);
  }
  // Milliseconds with a fraction; the sign is printed apart, for it is lost where the whole part is 0.
  std::string out = length < 0 ? "-" : "";
  out += std::to_string(std::abs(length / 1000)) + '.';
  append_padded(out, std::abs(length % 1000), 3);
  out.erase(out.find_last_not_of('0') + 1);
  return out + "ms";
}

std::optional<std::string> format_time(Time time, std::string_view format) {
  std::string out;
  if (!append_format(out, Calendar(time), format)) return std::nullopt;
  return out;
}

}  // namespace picket
