// Signals, as something that can be waited for.
#pragma once

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <initializer_list>
#include <thread>

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
  // The latest of those that have come since it was asked last; 0 if none has.
  [[nodiscard]] int take() const;

 private:
  sigset_t before_{};
  int descriptor_ = -1;
};

// Ctrl-C and `kill`. The first one asks for an orderly stop. From then on system calls of the thread that made this are
// interrupted (EINTR) again and again, so that one that is blocked for good (nobody reads a pipe) can be given up. One
// that comes a second later or more ends the process at once, as if nobody had waited for it. (Not sooner: whoever
// signals a process and its group, as timeout(1) does, sends two.)
class StopSignal {
 public:
  StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;
  ~StopSignal();

  // Readable, and stays so, once a stop is asked for.
  [[nodiscard]] int descriptor() const { return asked_; }
  [[nodiscard]] bool is_asked() const { return since_.load() != 0; }
  // Whether it was asked for so long ago (3 s) that nobody shall be waited for any more. From any thread.
  [[nodiscard]] bool is_overdue() const;

 private:
  using Steady = std::chrono::steady_clock;
  void listen();
  void heed(int signal);

  AwaitedSignals signals_{SIGINT, SIGTERM};
  pthread_t owner_;
  int asked_;
  int end_;
  struct sigaction before_ {};
  std::atomic<Steady::rep> since_ = 0;  // of Steady; 0: no stop is asked for
  std::thread thread_;                  // last: it uses all of the above
};

}  // namespace picket
