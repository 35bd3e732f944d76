// SignalQueue: puts signals that come out of order into the order of their times, as far as they come no later than
// they may.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "engine/state/signal.hpp"

namespace picket {

// Not for two threads at once.
class SignalQueue {
 public:
  using Take = std::function<void(Signal, Time)>;

  // Holds no more than so many bytes (memory_of): beyond it the earliest signals are given away before their time.
  explicit SignalQueue(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  void push(Signal signal, Time at);
  // Gives away every signal whose time is not after `clock`, the earliest first. Those of one time come in an order
  // that does not depend on how they came: by rule, then by what the event says.
  void release(Time clock, const Take& take);

  [[nodiscard]] std::size_t size() const { return size_; }
  // Given away early, to keep the bound.
  [[nodiscard]] std::uint64_t hurried() const { return hurried_; }

 private:
  void release_first(const Take& take);

  std::size_t most_bytes_;
  std::map<Time, std::vector<Signal>> signals_;
  std::size_t size_ = 0;
  std::size_t bytes_ = 0;
  std::uint64_t hurried_ = 0;
};

}  // namespace picket
