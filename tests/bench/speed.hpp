// How fast the executor judges a corpus, next to the yardsticks over the same bytes.
#pragma once

#include <cstddef>
#include <string>

#include "tests/bench/corpus.hpp"
#include "tests/bench/judging.hpp"

namespace picket::bench {

struct SpeedOptions {
  std::string log_type;  // of events that carry none
  bool memo = true;      // ExecutorOptions::memo
  double seconds = 0.6;  // of the executor per round: a slow one gets less of the corpus, and the yardsticks with it
  double proof_seconds = 1;  // of the interpreter in the proof of agreement
};

// Medians over the rounds; seconds are of this thread, megabytes 10^6 bytes.
struct Speed {
  std::size_t rules = 0;
  double event_bytes = 0;       // on average, line ends included
  double engine = 0;            // MB/s
  double raw = 0;               // the yardstick F, MB/s
  double decoded = 0;           // the yardstick D, MB/s
  double unrest = 0;            // F in its fastest round over F in its slowest: 1 if nothing else ran
  double over_raw = 0;          // engine / F, by rounds
  double over_decoded = 0;      // engine / D
  double over_interpreter = 0;  // how many times as many bytes per second
  double matches = 0;           // per event
  double allocations = 0;       // per event without a match, warm

  [[nodiscard]] double nanoseconds() const { return event_bytes / engine * 1000; }  // per event
  [[nodiscard]] double events() const { return engine * 1e6 / event_bytes; }        // per second
};

// Warms up with the first slice and proves that executor and interpreter agree on it, then measures on each of the
// others but the last one: F, D, executor, in turns. On the last one allocations are counted. Throws if the proof
// fails.
[[nodiscard]] Speed measure_speed(const RuleSetPtr& rules, const Corpus& corpus, const SpeedOptions& options);

}  // namespace picket::bench
