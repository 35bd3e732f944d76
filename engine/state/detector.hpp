// Detector: signals in, alerts out. Owns the clock by which matches are counted, and what is known of the past. The
// door of engine/state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/state/alert.hpp"
#include "engine/state/correlating_rules.hpp"
#include "engine/state/find_rule.hpp"
#include "engine/state/remembering_rules.hpp"
#include "engine/state/signal_queue.hpp"
#include "engine/state/window_table.hpp"

namespace picket {

class RulesVersion;

// By what windows are measured.
enum class ClockKind : std::uint8_t {
  event,       // by when events happened, as they say
  processing,  // by when they were judged, as Panther does
};

struct DetectorOptions {
  ClockKind clock = ClockKind::event;
  // How much later than events that happened after it an event may come and still be counted in its order. Alerts wait
  // so long. Of ClockKind::event only.
  Duration lateness;
  // What an event says that lies further ahead of the time at which it is judged than this, is not believed: it counts
  // as an event that does not say when it happened.
  Duration ahead{Duration{std::int64_t{86'400} * 1'000'000}};
  WindowLimits windows;
  MemoryOptions memory;                                        // of rules that remember
  std::size_t correlation_bytes = CorrelationLimits{}.bytes;   // of keys of correlation rules
  std::size_t waiting_bytes = std::size_t{128} * 1024 * 1024;  // of signals and candidates that wait for their turn
  bool keeps_changes = false;                                  // for changes()
};

struct DetectorCounts {
  std::uint64_t late = 0;     // signals that came later than they may
  std::uint64_t hurried = 0;  // those, and candidates decided, before their turn, to keep a bound
  std::uint64_t ahead = 0;    // signals whose time was not believed
  std::size_t waiting = 0;    // signals and candidates that wait for their turn
  WindowCounts windows;
  CorrelationCounts correlation;
  std::size_t correlation_keys = 0;
  MemoryCounts memory;
  std::size_t memory_keys = 0;
};

// The event clock stands at the latest time that any event has said, less the lateness. It never goes back. Signals of
// one time are counted in an order that does not depend on how they came. Not for two threads at once.
class Detector {
 public:
  explicit Detector(DetectorOptions options = {});

  // What matches of the candidates, by what rules remember, decided here and now and not counted.
  [[nodiscard]] std::vector<Signal> decide(const Candidates& candidates);
  // A signal; `now` is when its event was judged.
  void take(Signal signal, Time now, const TakeAlert& tell);
  // Candidates: they are decided in their turn, so that events see what those that happened before them have written;
  // and then those that match are signals like any other.
  void take(Candidates candidates, const TakeAlert& tell);
  // Some event, whether it matched or not, happened then.
  void observe(Time event_time, Time now, const TakeAlert& tell);
  // No event has come for so long, and it is `now`. What waits because of the lateness waits no longer than that; and
  // what an Absence waits for has not come once its time has passed on the clock of the world, too, with the lateness
  // behind it. False if that decides nothing. (Windows stay open: the events that are to come may belong to them.)
  bool pass(Duration quiet, Time now, const TakeAlert& tell);
  // To be told of each firing of a correlation rule, as a signal of its own.
  void on_firing(std::function<void(const Signal&)> told) { fired_ = std::move(told); }
  // To be told what came of candidates: what matches, and how many of their rules ran out of steps.
  void on_decision(std::function<void(const std::vector<Signal>&, std::size_t)> told) { decided_ = std::move(told); }
  // The input has ended; all that is known is told. `close`: nothing will ever follow.
  void finish(bool close, const TakeAlert& tell);
  // These rules are in force from now on; the first ones are given so, too. Windows, memory and correlations of rules
  // that count as before go on.
  void adopt(const std::shared_ptr<const RulesVersion>& rules, const TakeAlert& tell);

  // Whether anything would come of observe().
  [[nodiscard]] bool waits_for_time() const {
    return queue_.size() > 0 || windows_.counts().open > 0 || correlating_.waits();
  }
  [[nodiscard]] DetectorCounts counts() const;
  // The latest time that an event has said; nothing before the first.
  [[nodiscard]] std::optional<Time> latest() const { return latest_; }

  // All that has changed since the last call, so that another detector may go on from there. REQUIRES:
  // DetectorOptions::keeps_changes.
  [[nodiscard]] std::vector<SavedState> changes();
  // Takes back all that changes() gave, before the first signal and under the rules that were adopted. Returns the
  // pieces that mean nothing any more: their rules are gone or count otherwise.
  [[nodiscard]] std::vector<SavedState> restore(const std::vector<SavedState>& saved);

 private:
  [[nodiscard]] bool is_believed(Time time, Time now) const;
  void disbelieve(Signal& signal, Time now);
  [[nodiscard]] Time memory_time(const Candidates& candidates) const;
  [[nodiscard]] std::vector<Signal> decide_at(const Candidates& candidates, Time at);
  void go_on(Time latest, const TakeAlert& tell);
  void come_to(Time clock, const TakeAlert& tell);
  void rest(const TakeAlert& tell);
  void decide_absences(Time passed, const TakeAlert& tell);
  void count(Signal signal, Time at, const TakeAlert& tell);
  void count_firing(Signal signal, Time at, const TakeAlert& tell);
  void count_alone(Signal signal, Time at, const TakeAlert& tell);
  [[nodiscard]] bool restore_clock(const SavedState& saved);

  DetectorOptions options_;
  std::shared_ptr<const RulesVersion> rules_;  // in force; null before the first
  FindRule find_ = [](std::string_view) { return nullptr; };
  RememberingRules remembering_;
  SignalQueue queue_;
  CorrelatingRules correlating_;
  WindowTable windows_;
  std::optional<Time> latest_;  // that an event has said
  std::optional<Time> clock_;
  std::uint64_t late_ = 0;
  std::uint64_t ahead_ = 0;
  bool clock_changed_ = false;
  std::function<void(const Signal&)> fired_;
  std::function<void(const std::vector<Signal>&, std::size_t)> decided_;
};

}  // namespace picket
