// Ctrl-C and `kill`, as something that can be waited for.
#pragma once

#include <csignal>

namespace picket {

// While it lives, SIGINT and SIGTERM do not end the process but make `descriptor()` readable. Create it before other
// threads, so that they inherit the mask.
class StopSignal {
 public:
  StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;
  ~StopSignal();

  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  sigset_t before_{};
  int descriptor_ = -1;
};

}  // namespace picket
