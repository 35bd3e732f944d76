// What an item remembers of values and of numbers.
#include <cmath>
#include <string>

#include "engine/correlation/distinct_signals.hpp"
#include "engine/correlation/number_window.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

SignalMark at(std::int64_t time) { return {Time{time}, static_cast<std::uint64_t>(time)}; }

TEST_CASE("the n-th latest value is found from either end") {
  DistinctSignals signals;
  for (std::int64_t i = 0; i < 10; ++i) signals.push("v" + std::to_string(i), at(i), 10);
  for (std::size_t n = 1; n <= 10; ++n) CHECK(signals.latest(n).value == "v" + std::to_string(10 - n));
  signals.push("v3", at(10), 10);
  CHECK(signals.size() == 10);
  CHECK(signals.latest(1).value == "v3");
  CHECK(signals.latest(2).value == "v9");
  CHECK(signals.latest(10).mark == at(0));
  signals.push("new", at(11), 10);
  CHECK(signals.size() == 10);
  CHECK(signals.latest(10).value == "v1");
  signals.push("v0", at(12), 10);  // which is forgotten, and so new
  CHECK(signals.latest(10).value == "v2");
}

Measure measure(MeasureKind kind, double percentile = 95) { return {kind, percentile, {}}; }

double value_of(const Measure& measure, std::initializer_list<double> numbers) {
  NumberWindow window;
  std::int64_t time = 0;
  for (const double number : numbers) CHECK(window.push(measure, {at(++time), number}, Duration{1'000}, 1'000) == 0);
  return window.value(measure);
}

TEST_CASE("a number far too large takes nothing from the others, while it is there and when it has gone") {
  const Measure sum = measure(MeasureKind::sum);
  CHECK(value_of(sum, {1e20, 5, 6, -1e20}) == 11);
  NumberWindow window;
  std::int64_t time = 0;
  for (const double number : {1e20, 3.0, 1e17, 4.0}) (void)window.push(sum, {at(++time), number}, Duration{4}, 1'000);
  (void)window.push(sum, {at(6), 1.0}, Duration{4}, 1'000);
  CHECK(window.value(sum) == 1e17 + 8);
  (void)window.push(sum, {at(8), 1.0}, Duration{4}, 1'000);
  CHECK(window.value(sum) == 6);
  (void)window.push(sum, {at(9), 1e308}, Duration{4}, 1'000);
  (void)window.push(sum, {at(10), 1e308}, Duration{4}, 1'000);
  CHECK(std::isinf(window.value(sum)));
  (void)window.push(sum, {at(100), 2.0}, Duration{4}, 1'000);
  CHECK(window.value(sum) == 2);
}

TEST_CASE("a number is computed of all that are in the window") {
  CHECK(value_of(measure(MeasureKind::sum), {1, 2, 4.5}) == 7.5);
  CHECK(value_of(measure(MeasureKind::average), {1, 2, 6}) == 3);
  CHECK(value_of(measure(MeasureKind::median), {5}) == 5);
  CHECK(value_of(measure(MeasureKind::median), {9, 1, 5}) == 5);
  CHECK(value_of(measure(MeasureKind::median), {4, 1, 9, 5}) == 4.5);
  CHECK(value_of(measure(MeasureKind::percentile, 50), {4, 1, 9, 5}) == 4);
  CHECK(value_of(measure(MeasureKind::percentile, 75), {4, 1, 9, 5}) == 5);
  CHECK(value_of(measure(MeasureKind::percentile, 75.1), {4, 1, 9, 5}) == 9);
  CHECK(value_of(measure(MeasureKind::percentile, 1), {4, 1, 9, 5}) == 1);
  CHECK(value_of(measure(MeasureKind::percentile, 100), {4, 1, 9, 5}) == 9);
}

TEST_CASE("what has left the window is gone, and does not leave its rounding behind") {
  for (const MeasureKind kind : {MeasureKind::sum, MeasureKind::percentile}) {
    NumberWindow window;
    for (std::int64_t i = 0; i < 100'000; ++i) {
      const double number = i % 3 == 0 ? 1e15 : 0.1;
      CHECK(window.push(measure(kind), {at(i), number}, Duration{9}, 1'000) == 0);
    }
    for (std::int64_t i = 100'000; i < 100'020; ++i) {
      CHECK(window.push(measure(kind), {at(i), 0.5}, Duration{9}, 1'000) == 0);
    }
    CHECK(window.all().size() == 10);
    CHECK(window.value(measure(kind)) == (kind == MeasureKind::sum ? 5 : 0.5));
  }
}

TEST_CASE("a sum that was too large is none any more when that has left") {
  NumberWindow window;
  const Measure sum = measure(MeasureKind::sum);
  for (std::int64_t i = 0; i < 3; ++i) CHECK(window.push(sum, {at(i), 1e308}, Duration{9}, 10) == 0);
  CHECK(std::isinf(window.value(sum)));
  CHECK(window.push(sum, {at(100), 2}, Duration{9}, 10) == 0);
  CHECK(window.value(sum) == 2);
}

TEST_CASE("of more numbers than the bound the oldest go, and are counted") {
  NumberWindow window;
  const Measure median = measure(MeasureKind::median);
  for (std::int64_t i = 0; i < 3; ++i) {
    CHECK(window.push(median, {at(i), static_cast<double>(i)}, Duration{1'000}, 3) == 0);
  }
  CHECK(window.push(median, {at(3), 7}, Duration{1'000}, 3) == 1);
  CHECK(window.all().size() == 3);
  CHECK(window.value(median) == 2);
}

}  // namespace
}  // namespace picket
