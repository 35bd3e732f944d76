// The numbers of the signals in the window that ends with the latest of them, and what is computed of them. Internal to
// engine/correlation.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "engine/correlation/signal.hpp"
#include "engine/frontend/correlation_demand.hpp"

namespace picket {

class NumberWindow {
 public:
  struct Entry {
    SignalMark mark;
    double number = 0;
  };

  // Takes a number, not earlier than any before, and forgets those that have left the window. Of more than `most` the
  // oldest go, too: returns how many.
  std::size_t push(const Measure& measure, Entry entry, Duration lookback, std::size_t most);

  // REQUIRES: a number was taken.
  [[nodiscard]] double value(const Measure& measure) const;
  // The oldest first.
  [[nodiscard]] const std::deque<Entry>& all() const { return entries_; }
  // Bytes, roughly: a deque takes them by blocks.
  [[nodiscard]] std::size_t memory() const {
    constexpr std::size_t block = 512;
    return sizeof *this + block + entries_.size() * sizeof(Entry) + sorted_.capacity() * sizeof(double);
  }

 private:
  void drop_oldest();
  void add(double number);

  std::deque<Entry> entries_;
  double sum_ = 0;
  double lost_ = 0;             // what rounding has left out of the sum
  std::size_t dropped_ = 0;     // since the sum was last added up afresh
  std::vector<double> sorted_;  // of ranks only
};

}  // namespace picket
