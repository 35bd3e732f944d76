// Correlation as signals come: the door of engine/correlation. What fires, and when, is told in signal.hpp.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/correlation/keyed_patterns.hpp"
#include "engine/correlation/saved_key.hpp"
#include "engine/correlation/signal.hpp"

namespace picket {

// The enabled correlation rules of a pack at work. For one thread. What it remembers is bounded: of all keys the bytes,
// for each key so many signals as its items count (MinMatchCount, MaxMatchCount), or so many numbers.
class Correlator {
 public:
  explicit Correlator(std::shared_ptr<const CheckedPack> pack, const CorrelationLimits& limits = {});
  Correlator(const Correlator&) = delete;
  Correlator& operator=(const Correlator&) = delete;

  // Goes on under the rules of another pack: those that are as they were with all that is remembered of them, in no
  // time; those whose numbers or windows are others with what of it still means something; the rest is forgotten.
  void adopt(std::shared_ptr<const CheckedPack> pack);

  // Whether any rule correlates signals of this one.
  [[nodiscard]] bool wants(std::string_view rule) const { return places_of_rule_.contains(std::string(rule)); }

  // Takes the next signal, in the order of time, and adds the firings that are decided by it, those of passing time
  // first. (Those of rules that others correlate, too: nobody has to give them back.) One that comes too late counts as
  // if it came with the latest before it.
  void take(const SignalView& signal, std::vector<Firing>& firings);
  // Tells that no signal before this time comes any more. Adds the firings that this decides, in the order of time for
  // each rule.
  void advance(Time watermark, std::vector<Firing>& firings);

  [[nodiscard]] const CorrelationCounts& counts() const { return counts_; }
  [[nodiscard]] std::size_t keys() const;
  [[nodiscard]] std::size_t bytes() const;  // that they take, roughly
  // The earliest time after which the passing of time decides something; the end of time if none does.
  [[nodiscard]] Time next_deadline() const { return next_deadline_; }

  // What has changed since the last call: to be put over what was saved before, in this order. REQUIRES: limits with
  // track_changes.
  [[nodiscard]] std::vector<SavedKey> take_changes();
  // Remembers what was saved, all of it at once: which key is the oldest is told by all. Returns the places of what no
  // rule of this pack can read. REQUIRES: nothing was taken yet.
  [[nodiscard]] std::vector<std::size_t> load(std::span<const SavedKey> saved);

 private:
  struct Place {
    std::size_t rule = 0;  // in rules_
    std::size_t item = 0;
    std::size_t source = 0;
  };
  using Places = std::vector<Place>;

  void begin(std::vector<KeyedPatterns> before);
  void go_on(KeyedPatterns& rule, KeyedPatterns& before);
  void forget(KeyedPatterns& rule);
  void restore(KeyedPatterns& rule, std::vector<KeyState> states, bool changed);
  void count(const SignalView& signal, const Places& places, std::vector<Firing>& firings);
  void hand_on(std::vector<Firing> fired, std::vector<Firing>& firings);
  void keep_bound();
  [[nodiscard]] std::vector<const CheckedCorrelation*> inner_first() const;

  std::shared_ptr<const CheckedPack> pack_;
  CorrelationLimits limits_;
  CorrelationCounts counts_;
  std::vector<KeyedPatterns> rules_;  // those that others correlate before the others
  std::unordered_map<std::string, Places> places_of_rule_;
  std::vector<SavedKey> gone_;  // of rules that are
  bool chained_ = false;        // whether some rule correlates firings of another
  Time latest_;
  Time next_deadline_;  // none is earlier
};

}  // namespace picket
