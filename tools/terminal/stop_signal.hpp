// Signals, as something that can be waited for.
#pragma once

#include <csignal>
#include <initializer_list>

namespace picket {

// While it lives, the signals do not end the process but make `descriptor()` readable. Create it before other threads,
// so that they inherit the mask.
class AwaitedSignals {
 public:
  AwaitedSignals(std::initializer_list<int> signals);
  AwaitedSignals(const AwaitedSignals&) = delete;
  AwaitedSignals& operator=(const AwaitedSignals&) = delete;
  ~AwaitedSignals();

  [[nodiscard]] int descriptor() const { return descriptor_; }
  // Whether any have come since it was asked last.
  [[nodiscard]] bool take() const;

 private:
  sigset_t before_{};
  int descriptor_ = -1;
};

// Ctrl-C and `kill`.
class StopSignal : public AwaitedSignals {
 public:
  StopSignal() : AwaitedSignals({SIGINT, SIGTERM}) {}
};

}  // namespace picket
