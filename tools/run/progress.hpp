// The progress bar of `picket run`: on a terminal, on standard error, on one line that goes away.
#pragma once

#include <chrono>
#include <cstdint>

#include "tools/terminal/console.hpp"

namespace picket {

class Progress {
 public:
  // `total` bytes are to be read; 0 if nobody knows. Not shown if `shown` is false or `out` is no terminal. `out` must
  // outlive the bar.
  Progress(Output& out, std::uint64_t total, bool shown);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  // Draws the bar anew if the last time was a while ago.
  void update(std::uint64_t done, std::uint64_t alerts);
  // Takes the bar away, so that something else may be written.
  void clear();

 private:
  using Steady = std::chrono::steady_clock;

  Output& out_;
  std::uint64_t total_;
  bool shown_;
  bool drawn_ = false;
  Steady::time_point begun_ = Steady::now();
  Steady::time_point next_ = begun_ + std::chrono::milliseconds(300);  // short runs show none
};

}  // namespace picket
