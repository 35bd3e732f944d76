// Which alerts two rule sets would raise on the same events: what the one has gained and the other lost.
//
// Every match counts: dedup periods, thresholds and CreateAlert are not looked at, so that what is compared is what the
// rules say of each event, and one event more or less does not shift the windows of all that follow. Rules that
// remember see the events in their order, each set with a memory of its own.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/state/detector.hpp"
#include "engine/stream/batch_judge.hpp"
#include "engine/stream/input.hpp"

namespace picket {

// The first alert of its kind.
struct AlertExample {
  Severity severity{};
  std::string title;
  Severity severity_before{};  // of an alert that says something else than before
  std::string title_before;
  Place place;
  Value event;
};

struct AlertCount {
  std::uint64_t count = 0;
  std::optional<AlertExample> example;
};

struct RuleAlerts {
  AlertCount gained;
  AlertCount lost;
  AlertCount changed;  // both raise it, with another title, severity or dedup
  std::uint64_t kept = 0;
};

struct AlertDifference {
  std::map<std::string, RuleAlerts> rules;  // by id: those that raised any
  std::uint64_t events = 0;
  std::uint64_t invalid = 0;  // texts that are no events
};

// Judges inputs by both rule sets, batch by batch, in memory that does not grow with the inputs.
class AlertComparison {
 public:
  AlertComparison(const std::shared_ptr<const RulesVersion>& before, const std::shared_ptr<const RulesVersion>& after,
                  const ExecutorOptions& options, Time now);

  // Reads the input to its end; the two sets are asked side by side, by two threads if `threads` is not 1.
  void read(Input& input, std::size_t threads);
  [[nodiscard]] const AlertDifference& result() const { return result_; }

 private:
  struct Side {
    std::shared_ptr<RulesAtWork> rules;
    BatchJudge judge;
    Detector detector;              // for what rules remember
    std::vector<Outcome> outcomes;  // signals and dead letters
    BatchCounts counts;
  };
  void judge(Side& side, const Batch& batch, const std::shared_ptr<const std::string>& input) const;
  void decide(Side& side, Outcome outcome) const;
  void compare();

  std::atomic<bool> stopped_ = false;
  Time now_;
  Side before_;
  Side after_;
  AlertDifference result_;
};

}  // namespace picket
