#include "engine/event/time.hpp"

#include <cstdint>

#include "tests/catch.hpp"

namespace picket {
namespace {

TEST_CASE("times are read in every accepted form") {
  const std::pair<const char*, std::int64_t> times[] = {
      {"1970-01-01T00:00:00Z", 0},
      {"1970-01-01", 0},
      {"1970-01-01 00:00:01", 1'000'000},
      {"1970-01-01T00:00:01", 1'000'000},
      {"1970-01-01t00:00:01z", 1'000'000},
      {"1970-01-01 00:00:00.5", 500'000},
      {"1970-01-01T00:00:00.123456789Z", 123'456},
      {"1970-01-01T02:00:00+02:00", 0},
      {"1969-12-31T19:30:00-04:30", 0},
      {"1969-12-31T23:59:59.999999Z", -1},
      {"2026-01-31T12:00:00Z", 1'769'860'800'000'000},
      {"2024-02-29", 1'709'164'800'000'000},
      {"0000-01-01", -62'167'219'200'000'000},
      {"9999-12-31T23:59:59.999999Z", 253'402'300'799'999'999},
  };
  for (const auto& [text, microseconds] : times) {
    INFO(text);
    const auto time = parse_time(text);
    REQUIRE(time.has_value());
    CHECK(time->microseconds == microseconds);
  }
}

TEST_CASE("what is no time is none") {
  for (const auto* text : {"",
                           "2026",
                           "2026-01",
                           "2026-1-1",
                           "2026-13-01",
                           "2026-00-01",
                           "2026-02-29",
                           "2026-04-31",
                           "2026-01-00",
                           "2026-01-01T",
                           "2026-01-01T12:00",
                           "2026-01-01T24:00:00Z",
                           "2026-01-01T12:60:00Z",
                           "2026-01-01T12:00:60Z",
                           "2026-01-01T12:00:00.Z",
                           "2026-01-01T12:00:00+2:00",
                           "2026-01-01T12:00:00+24:00",
                           "2026-01-01T12:00:00+0200",
                           "2026-01-01T12:00:00Zx",
                           " 2026-01-01",
                           "2026-01-01 ",
                           "2026-01-01_12:00:00",
                           "20260101T120000Z",
                           "abcd-ef-gh",
                           "-026-01-01",
                           "0000-01-01T00:00:00+01:00",
                           "9999-12-31T23:59:59-01:00"}) {
    INFO(text);
    CHECK_FALSE(parse_time(text).has_value());
  }
}

TEST_CASE("an epoch's unit is known by its size") {
  const std::int64_t second = 1'700'000'000;
  const Time expected{second * 1'000'000};
  for (const std::int64_t unit : {1LL, 1'000LL, 1'000'000LL, 1'000'000'000LL}) {
    CHECK(time_from_epoch(second * unit) == expected);
    CHECK(time_from_epoch(static_cast<double>(second * unit)) == expected);
  }
  CHECK(time_from_epoch(std::int64_t{1'700'000'000'123'456'789}) == Time{1'700'000'000'123'456});
  CHECK(time_from_epoch(1'700'000'000.5) == Time{1'700'000'000'500'000});
  CHECK(time_from_epoch(-1.5) == Time{-1'500'000});
  CHECK_FALSE(time_from_epoch(1e300).has_value());
  CHECK_FALSE(time_from_epoch(-99'999'999'999.0).has_value());  // seconds before the year 0
  CHECK(time_from_epoch(INT64_MIN).has_value());
  CHECK(time_from_epoch(INT64_MAX).has_value());
}

TEST_CASE("times print as RFC 3339 and read back") {
  for (const auto* text : {"2026-01-31T12:00:00Z", "2026-01-31T12:00:00.500Z", "2026-01-31T12:00:00.000001Z",
                           "0000-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999999Z"}) {
    const auto time = parse_time(text);
    REQUIRE(time.has_value());
    CHECK(print_time(*time) == text);
  }
}

TEST_CASE("durations print in the largest unit that divides them") {
  const std::pair<std::int64_t, const char*> durations[] = {{0, "0s"},
                                                            {1, "0.001ms"},
                                                            {1'500, "1.5ms"},
                                                            {-1, "-0.001ms"},
                                                            {-1'500, "-1.5ms"},
                                                            {500'000, "500ms"},
                                                            {1'000'000, "1s"},
                                                            {90'000'000, "90s"},
                                                            {5'400'000'000, "90m"},
                                                            {7'200'000'000, "2h"},
                                                            {86'400'000'000, "1d"},
                                                            {1'209'600'000'000, "2w"},
                                                            {-60'000'000, "-1m"},
                                                            {1'000'001, "1000.001ms"}};
  for (const auto& [microseconds, text] : durations) CHECK(print_duration(Duration{microseconds}) == text);
}

TEST_CASE("times are formatted as strftime does in UTC") {
  const Time time = *parse_time("2026-01-05T15:04:09.001230Z");
  CHECK(format_time(time, "%Y-%m-%d") == "2026-01-05");
  CHECK(format_time(time, "%F %T.%f") == "2026-01-05 15:04:09.001230");
  CHECK(format_time(time, "%a %A %b %B %e %y %j %I%p %u %w") == "Mon Monday Jan January  5 26 005 03PM 1 1");
  CHECK(format_time(time, "%s %D %R 100%% %Z%z%n%t") == "1767625449 01/05/26 15:04 100% UTC+0000\n\t");
  CHECK(format_time(*parse_time("2024-12-31"), "%j %u %I %p") == "366 2 12 AM");
  CHECK(format_time(*parse_time("2024-12-31"), "%G %V") == "2025 01");
  CHECK(format_time(*parse_time("2023-01-01"), "%G %V") == "2022 52");
  CHECK(format_time(*parse_time("2020-12-31"), "%G %V") == "2020 53");
  CHECK(format_time(*parse_time("1969-12-31T23:59:59Z"), "%s") == "-1");
  CHECK(format_time(time, "") == "");
  CHECK_FALSE(format_time(time, "%Q").has_value());
  CHECK_FALSE(format_time(time, "50%").has_value());
}

}  // namespace
}  // namespace picket
