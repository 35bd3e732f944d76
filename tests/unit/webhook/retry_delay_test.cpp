#include "engine/webhook/retry_delay.hpp"

#include "tests/catch.hpp"

using namespace picket;
using std::chrono::seconds;

namespace {

constexpr double nearly_one = 0.999999;
constexpr Time now{784'111'777'000'000};  // Sun, 06 Nov 1994 08:49:37 GMT

}  // namespace

TEST_CASE("a delay is anything from nothing to a bound that doubles, up to the longest") {
  for (const auto& [failures, bound] : {std::pair{1, 500}, {2, 1'000}, {3, 2'000}, {7, 32'000}, {8, 60'000}}) {
    INFO(failures);
    const auto count = static_cast<std::uint64_t>(failures);
    CHECK(retry_delay(count, {}, 0) == Milliseconds(0));
    CHECK(retry_delay(count, {}, 0.5) == Milliseconds(bound / 2));
    CHECK(retry_delay(count, {}, nearly_one) < Milliseconds(bound));
    CHECK(retry_delay(count, {}, nearly_one) >= Milliseconds(bound - 1));
  }
  CHECK(retry_delay(UINT64_MAX, {}, nearly_one) <= Milliseconds(60'000));
}

TEST_CASE("what the receiver asks for is the least delay, within a bound") {
  CHECK(retry_delay(1, seconds(7), 0) == seconds(7));
  CHECK(retry_delay(1, seconds(7), 0.5) == Milliseconds(7'250));
  CHECK(retry_delay(1, seconds(999'999), 0) == seconds(3'600));
}

TEST_CASE("Retry-After in seconds") {
  CHECK(parse_retry_after("0", now) == seconds(0));
  CHECK(parse_retry_after("120", now) == seconds(120));
  CHECK(parse_retry_after("99999999999999999999", now) == seconds(999'999'999));
  for (const char* none : {"", "-1", "1.5", "+3", " 3", "3 s", "soon"}) {
    INFO(none);
    CHECK_FALSE(parse_retry_after(none, now));
  }
}

TEST_CASE("Retry-After as a date") {
  CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now) == seconds(0));
  CHECK(parse_retry_after("Sun, 06 Nov 1994 08:51:07 GMT", now) == seconds(90));
  CHECK(parse_retry_after("Mon, 07 Nov 1994 08:49:37 GMT", now) == seconds(86'400));
  CHECK(parse_retry_after("Sat, 05 Nov 1994 08:49:37 GMT", now) == seconds(0));
  for (const char* none :
       {"Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 32 Nov 1994 08:49:37 GMT",
        "Sun, 06 Now 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:4x:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT"}) {
    INFO(none);
    CHECK_FALSE(parse_retry_after(none, now));
  }
}
