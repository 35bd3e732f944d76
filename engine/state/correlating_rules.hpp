// CorrelatingRules: correlation rules at work on the signals of other rules, as signals of their own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/correlation/correlator.hpp"
#include "engine/state/saved_state.hpp"
#include "engine/state/signal.hpp"

namespace picket {

class RulesVersion;

constexpr std::string_view correlation_kind = "correlation";

// One thread's. Signals are to come in the order of time. (What fires, and when, engine/correlation/signal.hpp says.)
class CorrelatingRules {
 public:
  using Take = std::function<void(Signal, Time)>;

  // Goes on under other rules, as Correlator::adopt(). The first ones are given so, too.
  void adopt(const RulesVersion& rules);

  // A signal at its time. What fires is given to `take`, with the time at which its pattern was complete: by that two
  // firings of a key lie more than a lookback apart, so that each is an alert.
  void take(const Signal& signal, Time at, const Take& take);
  // No signal before this time comes any more.
  void advance(Time clock, const Take& take);
  // The earliest time after which the passing of time decides something; the end of time if none does.
  [[nodiscard]] Time next_deadline() const;
  // Whether advance() may have something to tell.
  [[nodiscard]] bool waits() const { return correlator_ != nullptr && correlator_->keys() > 0; }

  [[nodiscard]] CorrelationCounts counts() const;
  [[nodiscard]] std::size_t keys() const { return correlator_ == nullptr ? 0 : correlator_->keys(); }

  // All keys of all rules may take so many bytes. To be said before the first rules.
  void bound(std::size_t bytes) { limits_.bytes = bytes; }

  // As Detector's.
  void keep_changes();
  void save_changes(std::vector<SavedState>& to);
  // Takes back all of the kind `correlation_kind`, before the first signal; REQUIRES: adopt(). Returns the pieces that
  // mean nothing any more.
  [[nodiscard]] std::vector<SavedState> restore(const std::vector<SavedState>& saved);

 private:
  void hand_on(const std::vector<Firing>& firings, const Signal* by, const Take& take) const;

  std::vector<std::shared_ptr<const RuleFacts>> facts_;  // of the pack's correlation rules
  std::shared_ptr<const CheckedPack> pack_;
  std::unique_ptr<Correlator> correlator_;  // null as long as there were never correlation rules
  std::uint64_t last_signal_ = 0;
  CorrelationLimits limits_;
};

}  // namespace picket
