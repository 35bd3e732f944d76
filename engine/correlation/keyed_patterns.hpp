// The memory of one correlation rule: a pattern for each key, and which of those that are complete fire (signal.hpp).
// Internal to engine/correlation; the door is correlator.hpp.
//
// A key is forgotten when its latest signal has left the window, for then nothing of it can count any more. Where all
// keys take more memory than the bound, the one whose latest signal is oldest gives way.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/correlation/signal.hpp"
#include "engine/correlation/signal_pattern.hpp"
#include "engine/digest/digest.hpp"

namespace picket {

struct CorrelationLimits {
  // Of all keys of all rules together; of more, the one whose latest signal is oldest is forgotten.
  std::size_t bytes = std::size_t{128} * 1024 * 1024;
  std::size_t keys_per_signal = 64;  // where fields are lists
  std::size_t numbers = 10'000;      // in the window of a key whose numbers are measured; of more, the oldest go
  bool track_changes = false;        // whether take_changes() is going to be asked
};

// What happened so far.
struct CorrelationCounts {
  std::size_t signals = 0;  // taken for an item of a rule
  std::size_t cut = 0;      // of them, with more keys or values for an item than the bound
  std::size_t late = 0;     // of them, earlier than one before: taken as if they came with that
  std::size_t firings = 0;
  std::size_t forgotten = 0;  // keys whose signals left the window
  std::size_t evicted = 0;    // keys that gave way to others
  std::size_t lost = 0;       // of them, with a complete pattern that was not decided yet
  std::size_t crowded = 0;    // numbers in a window that gave way to others
};

// A key with its memory.
struct KeyState {
  explicit KeyState(const CheckedCorrelation& correlation) : pattern(correlation) {}

  std::vector<Value> values;
  SignalPattern pattern;
  std::optional<Completion> waiting;  // complete, to be decided when the window has passed
  std::optional<Time> fired;          // when the pattern was completed that fired last
};

class KeyedPatterns {
 public:
  // The correlation must outlive it.
  KeyedPatterns(const CheckedCorrelation& correlation, const CorrelationLimits& limits, CorrelationCounts& counts)
      : correlation_(&correlation), limits_(limits), counts_(&counts) {}

  // Goes on for another one, which must outlive it. REQUIRES: the same whole form.
  void adopt(const CheckedCorrelation& correlation) { correlation_ = &correlation; }

  // Takes a signal for an item. What it completes is found by settle(), after it was taken for all its items and keys.
  void take(std::size_t item, std::vector<Value> values, SignalMark mark, const SignalMeasure& measure);
  void settle(std::vector<Firing>& firings);
  // Decides what waits, and forgets, as of a time before which no signal comes any more.
  void advance(Time watermark, std::vector<Firing>& firings);
  // The earliest time after which there is something to decide.
  [[nodiscard]] Time next_deadline() const {
    return deadlines_.empty() ? Time{std::numeric_limits<std::int64_t>::max()} : Time{deadlines_.begin()->first};
  }

  // Puts a key back. REQUIRES: in the order of their latest signals. `changed`: for take_changes().
  void restore(KeyState state, bool changed);
  [[nodiscard]] std::size_t size() const { return slots_.size(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }  // of all keys, roughly
  // When the latest signal of the key came that would be forgotten first. REQUIRES: there is a key.
  [[nodiscard]] Time oldest() const { return entries_[oldest_].state.pattern.latest(); }
  // Makes room. REQUIRES: there is a key, and what was taken is settled.
  void evict_oldest();
  [[nodiscard]] const CheckedCorrelation& correlation() const { return *correlation_; }

  template <typename Visit>
  void for_each(const Visit& visit) const {
    for (Index at = oldest_; at != none; at = entries_[at].newer) visit(*entries_[at].text, entries_[at].state);
  }
  // The names of all keys that somebody may have from take_changes(); it gives none of them any more.
  [[nodiscard]] std::vector<std::string> give_up();
  // Visits what has changed since the last call: a key and its memory, or null if it is forgotten; those come first.
  template <typename Visit>
  void take_changes(const Visit& visit) {
    for (const std::string& text : std::exchange(removed_, {})) visit(text, static_cast<const KeyState*>(nullptr));
    for (const Index at : std::exchange(changed_, {})) {
      if (!entries_[at].changed) continue;
      entries_[at].changed = false;
      visit(*entries_[at].text, &entries_[at].state);
    }
  }

 private:
  using Index = std::uint32_t;
  static constexpr Index none = std::numeric_limits<Index>::max();

  // Entries form a list by their latest signals, the oldest first.
  struct Entry {
    explicit Entry(const CheckedCorrelation& correlation) : state(correlation) {}

    KeyState state;
    const std::string* text = nullptr;  // in slots_
    Index older = none;
    Index newer = none;
    bool changed = false;
    std::size_t bytes = 0;  // that are counted for it
  };

  Index find_or_add(std::vector<Value> values);
  Index add(std::string text, std::vector<Value> values);
  void remove(Index at);
  void unlink(Index at);
  void link_newest(Index at);
  void mark_changed(Index at);
  void weigh(Index at);

  [[nodiscard]] bool takes_back(const Completion& completion, const SignalPattern::Excess& excess) const;
  [[nodiscard]] bool taken_back(const KeyState& state, const Completion& completion) const;
  [[nodiscard]] std::int64_t deadline_of(const Completion& completion) const {
    return completion.began.microseconds + correlation_->lookback.microseconds;
  }
  void stop_waiting(Index at);
  void complete(Index at, std::vector<Firing>& firings);
  void fire(KeyState& state, Completion completion, bool waited, std::vector<Firing>& firings);
  void forget(Time watermark);

  const CheckedCorrelation* correlation_;
  CorrelationLimits limits_;
  CorrelationCounts* counts_;
  std::unordered_map<std::string, Index, KeyedHash> slots_;
  std::vector<Entry> entries_;
  std::vector<Index> free_;
  Index oldest_ = none;
  Index newest_ = none;
  std::set<std::pair<std::int64_t, Index>> deadlines_;  // of those that wait
  std::vector<Index> complete_;                         // by the signal that is not settled yet
  std::vector<Index> changed_;
  std::vector<std::string> removed_;
  std::size_t bytes_ = 0;
};

}  // namespace picket
