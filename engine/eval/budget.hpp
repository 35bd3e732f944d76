// What one evaluation may still spend. Every term walked and every list element visited costs a step, long strings and
// new containers cost by their size, so that no event and no rule can make an evaluation long or a value huge.
#pragma once

#include <cstddef>

#include "engine/event/value.hpp"

namespace picket {

class Budget {
 public:
  explicit Budget(std::size_t steps = 0) : left_(steps) {}

  // Returns false, from then on always, if the steps were not there any more.
  bool spend(std::size_t steps) {
    if (steps >= left_) {
      left_ = 0;
      return false;
    }
    left_ -= steps;
    return true;
  }
  // For reading so many bytes.
  bool spend_on_bytes(std::size_t bytes) { return spend(1 + bytes / bytes_per_step); }
  // For every value within a value. What is built anew pays this, so that lists of lists of the same list, which take
  // no room to build, never grow beyond what can be printed or compared.
  bool spend_on_value(const Value& value);

  [[nodiscard]] bool exhausted() const { return left_ == 0; }
  [[nodiscard]] std::size_t left() const { return left_; }

 private:
  static constexpr std::size_t bytes_per_step = 64;

  std::size_t left_;
};

// No string that is computed may be longer; it is null instead.
constexpr std::size_t longest_string = std::size_t{16} << 20;

}  // namespace picket
