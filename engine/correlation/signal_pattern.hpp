// What one key of one correlation rule remembers of its signals, and when its pattern is complete (signal.hpp says what
// that means). Internal to engine/correlation.
//
// It remembers of each item as many signals (or different values) as count: the latest MinMatchCount, or one more than
// MaxMatchCount. That is enough, because choosing the latest signals is never worse: what they begin lies later, and
// what they leave behind has more time. So the latest pattern of a Sequence is found by keeping with each signal the
// latest beginning of the sequence that it can continue. Only what is computed of numbers needs all signals of the
// window.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "engine/correlation/distinct_signals.hpp"
#include "engine/correlation/match_values.hpp"
#include "engine/correlation/number_window.hpp"
#include "engine/correlation/signal.hpp"

namespace picket {

// The beginning of a Sequence up to some item, or a whole pattern of one.
struct Chain {
  Time began;
  Time completed;
  std::size_t item = 0;
  std::vector<SignalMark> signals;  // of that item
  std::shared_ptr<const Chain> before;

  [[nodiscard]] bool uses(const SignalMark& mark) const;
};

// A complete pattern.
struct Completion {
  Time began;
  Time completed;
  std::vector<std::vector<SignalMark>> signals;  // as in a Firing
  bool certain = false;                          // nothing takes it back
  std::optional<double> measured;
};

class SignalPattern {
 public:
  explicit SignalPattern(const CheckedCorrelation& correlation) : items_(correlation.items.size()) {}

  // Takes a signal of an item, not earlier than any before. Says whether the pattern is complete by it.
  // REQUIRES, of this and all below: the correlation is that of the constructor.
  [[nodiscard]] bool take(const CheckedCorrelation& correlation, std::size_t item, SignalMark mark);
  // The same of a signal that is measured. Of more than `most` numbers the oldest are forgotten, and counted.
  [[nodiscard]] bool take(const CheckedCorrelation& correlation, SignalMark mark, const SignalMeasure& measure,
                          std::size_t most, std::size_t& crowded);

  // When the pattern that is complete began. REQUIRES: take() was true for the last signal of an item that is no
  // absence.
  [[nodiscard]] Time began(const CheckedCorrelation& correlation) const;
  // The same with all its signals.
  [[nodiscard]] Completion completion(const CheckedCorrelation& correlation) const;

  // The earliest and the latest of the last signals of the item that are too many together; nothing while there are
  // fewer.
  struct Excess {
    Time from;
    Time to;
  };
  [[nodiscard]] std::optional<Excess> excess(const CheckedCorrelation& correlation, std::size_t item) const;

  [[nodiscard]] Time latest() const { return latest_; }
  // Bytes that it owns, roughly, and as if chains shared nothing.
  [[nodiscard]] std::size_t memory() const;

  // --- for saving: the memory item by item, the oldest signal first ---

  struct Memory {
    SignalMark mark;
    std::shared_ptr<const Chain> before;  // of a Sequence: what the signal can continue
  };
  [[nodiscard]] std::vector<Memory> memory(std::size_t item) const;
  void restore(const CheckedCorrelation& correlation, std::size_t item, Memory memory);
  void restore(const CheckedCorrelation& correlation, DistinctSignals::Seen seen);
  void restore(const CheckedCorrelation& correlation, NumberWindow::Entry entry);
  [[nodiscard]] const std::vector<std::shared_ptr<const Chain>>& chains() const { return chains_; }
  void restore_chains(std::vector<std::shared_ptr<const Chain>> chains) { chains_ = std::move(chains); }
  // Null where nothing of the kind is remembered.
  [[nodiscard]] const DistinctSignals* distinct() const { return distinct_.get(); }
  [[nodiscard]] const NumberWindow* numbers() const { return numbers_.get(); }

 private:
  // A ring of the latest signals.
  struct Ring {
    std::vector<Memory> kept;
    std::size_t next = 0;  // where the next one goes once the ring is full: the oldest

    void push(Memory memory, std::size_t capacity);
    // The n-th latest, from 1. REQUIRES: there are so many.
    [[nodiscard]] const Memory& latest(std::size_t n) const;
    Memory& latest(std::size_t n);
  };

  // Of an item: how many signals, or values, are remembered; and the n-th latest of them, from 1.
  [[nodiscard]] std::size_t size_of(std::size_t item) const;
  [[nodiscard]] SignalMark nth_latest(std::size_t item, std::size_t n) const;
  [[nodiscard]] Time holds_since(const CheckedCorrelation& correlation, std::size_t item) const;
  [[nodiscard]] Time holds_since(const CheckedCorrelation& correlation, const Requirement& requirement) const;
  [[nodiscard]] bool has_enough(const CheckedCorrelation& correlation) const;

  void link(const CheckedCorrelation& correlation, std::size_t item);
  void continue_after(const CheckedCorrelation& correlation, std::size_t item);

  std::vector<Ring> items_;
  std::vector<std::shared_ptr<const Chain>> chains_;  // of a Sequence: the latest up to each item; may be null
  std::unique_ptr<DistinctSignals> distinct_;         // in the place of the one item's ring
  std::unique_ptr<NumberWindow> numbers_;             // likewise
  Time latest_;
};

}  // namespace picket
