#include "engine/correlation/number_window.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace picket {
namespace {

bool has_rank(const Measure& measure) {
  return measure.kind == MeasureKind::percentile || measure.kind == MeasureKind::median;
}

// The nearest rank of a percentile: the least number that is no less than so many of the hundred. A median of an even
// number of numbers lies between the two in the middle.
double ranked(const Measure& measure, const std::vector<double>& sorted) {
  const std::size_t size = sorted.size();
  if (measure.kind == MeasureKind::median) return (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
  const auto rank = static_cast<std::size_t>(std::ceil(measure.percentile * static_cast<double>(size) / 100));
  return sorted[std::clamp<std::size_t>(rank, 1, size) - 1];
}

double of_sum(const Measure& measure, double sum, std::size_t size) {
  return measure.kind == MeasureKind::average ? sum / static_cast<double>(size) : sum;
}

}  // namespace

std::size_t NumberWindow::push(const Measure& measure, Entry entry, Duration lookback, std::size_t most) {
  const std::int64_t begin = entry.mark.time.microseconds - lookback.microseconds;
  while (!entries_.empty() && entries_.front().mark.time.microseconds < begin) drop_oldest();
  std::size_t crowded = 0;
  for (; entries_.size() >= std::max<std::size_t>(most, 1); ++crowded) drop_oldest();
  entries_.push_back(entry);
  if (has_rank(measure)) {
    sorted_.insert(std::upper_bound(sorted_.begin(), sorted_.end(), entry.number), entry.number);
  } else {
    add(entry.number);
    // What was taken away leaves a little rounding behind, so every number is added up afresh once for each that has
    // gone.
    if (dropped_ >= entries_.size() || !std::isfinite(sum_)) {
      sum_ = lost_ = 0;
      for (const Entry& one : entries_) add(one.number);
      dropped_ = 0;
    }
  }
  return crowded;
}

void NumberWindow::drop_oldest() {
  const double number = entries_.front().number;
  entries_.pop_front();
  ++dropped_;
  add(-number);
  const auto place = std::lower_bound(sorted_.begin(), sorted_.end(), number);
  if (place != sorted_.end()) sorted_.erase(place);
}

// What a large number takes from a small one is kept beside the sum (Neumaier, 1974): it is there again when the large
// one has left.
void NumberWindow::add(double number) {
  const double sum = sum_ + number;
  lost_ += std::abs(sum_) >= std::abs(number) ? (sum_ - sum) + number : (number - sum) + sum_;
  sum_ = sum;
}

double NumberWindow::value(const Measure& measure) const {
  if (has_rank(measure)) return ranked(measure, sorted_);
  return of_sum(measure, std::isfinite(sum_) ? sum_ + lost_ : sum_, entries_.size());
}

}  // namespace picket
