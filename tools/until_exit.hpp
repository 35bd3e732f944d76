// Results that a command hands to the end of the process.
#pragma once

#include <memory>
#include <utility>
#include <vector>

namespace picket {

// Keeps the value for as long as the process lives, and never takes it apart: the system takes all memory back at once,
// where the destructors of ten thousand rules take a tenth of a second that somebody waits for. For what a command
// makes once, not for what it makes again and again. From any thread, though by one at a time.
template <typename T>
T& until_exit(std::unique_ptr<T> value) {
  static std::vector<T*>& kept = *new std::vector<T*>;  // whoever looks for leaks sees that all is still at hand
  return *kept.emplace_back(value.release());
}

}  // namespace picket
