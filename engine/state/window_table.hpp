// WindowTable: the windows in which matches of a rule with one dedup string are counted, and the alerts that come of
// them.
//
// A window begins with a match and takes those that follow within the rule's dedup period; it does not slide (Panther's
// alert merger: "tumbling from the first match"). A match that comes late, its time before the window's, joins if it
// lies no more than a period before the window's begin; else it begins a window of its own, so that a table may hold
// several for one dedup string.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/digest/digest.hpp"
#include "engine/state/alert.hpp"
#include "engine/state/alert_window.hpp"
#include "engine/state/saved_state.hpp"

namespace picket {

struct WindowLimits {
  // Of all windows. Beyond it, those are closed that would be over first; `evicted` counts them.
  std::size_t bytes = std::size_t{512} * 1024 * 1024;
  // Distinct values of `Unique` told apart in one window; further ones are not counted.
  std::size_t distinct = 100'000;
};

struct WindowCounts {
  std::size_t open = 0;
  std::size_t bytes = 0;
  std::uint64_t evicted = 0;  // closed before their time, to keep the bound
  std::uint64_t joined = 0;   // matches that raised no alert because one was there
  std::uint64_t below = 0;    // windows that were over before the threshold was reached
};

constexpr std::string_view window_kind = "window";
constexpr std::string_view first_match_kind = "first match";  // of a window, whose key it has

using TakeAlert = std::function<void(Alert)>;

// Not for two threads at once.
class WindowTable {
 public:
  explicit WindowTable(WindowLimits limits = {});
  WindowTable(const WindowTable&) = delete;
  WindowTable& operator=(const WindowTable&) = delete;
  ~WindowTable() = default;

  // Counts a match whose time is `at`, while the clock stands at `clock` (which never goes back). Tells the alerts that
  // come of it. It is counted as `in_force` says, which may be a newer version of the match's rule; alerts name the
  // match's.
  void take(Signal signal, const std::shared_ptr<const RuleFacts>& in_force, Time at, Time clock,
            const TakeAlert& tell);
  // The same of a match that was judged by the rules in force.
  void take(Signal signal, Time at, Time clock, const TakeAlert& tell) {
    const std::shared_ptr<const RuleFacts> rule = signal.rule;
    take(std::move(signal), rule, at, clock, tell);
  }
  // Closes the windows that are over when the clock stands at `clock`.
  void advance(Time clock, const TakeAlert& tell);
  // When the first of them is over; the end of time if there is none.
  [[nodiscard]] Time next_over() const;
  // Tells what has not been told yet of windows that are not over: the input has ended. `close`: they are over with it.
  void settle(bool close, const TakeAlert& tell);
  // Other rules are in force. Windows of rules that are gone, or count otherwise, are closed. Takes as long as there
  // are rules that have windows, and windows to close.
  void adopt(const FindRule& find, const TakeAlert& tell);

  [[nodiscard]] const WindowCounts& counts() const { return counts_; }

  // From now on save_changes() has something to tell.
  void keep_changes() { keeps_changes_ = true; }
  // Adds the windows that have changed since the last call, of the kinds `window_kind` and `first_match_kind`.
  void save_changes(std::vector<SavedState>& to);
  // Takes back all of those kinds. Returns the pieces that mean nothing any more: their rules are gone or count
  // otherwise.
  [[nodiscard]] std::vector<SavedState> restore(const std::vector<SavedState>& saved, const FindRule& find);

 private:
  struct Seat;
  // A rule with the windows that are open of it.
  struct Counted : WindowRule {
    std::vector<Seat*> seats;
  };
  // A window in its places.
  struct Seat {
    AlertWindow window;
    Counted* rule = nullptr;                // the window's
    std::size_t in_rule = 0;                // its index there
    std::size_t bytes = 0;                  // that are counted for it
    std::list<Seat*>::iterator in_queue;    // the queue of its dedup period
    std::optional<std::size_t> in_changed;  // its index there
    bool saved = false;                     // a state of it, and one of its first match, is with who keeps them
    bool first_saved = false;
  };
  using Seats = std::unordered_multimap<std::uint64_t, Seat>;  // by hash; addresses stay

  [[nodiscard]] Seat* find(const RuleFacts& rule, std::string_view dedup, std::uint64_t hash, Time at);
  [[nodiscard]] Counted& counted(const std::shared_ptr<const RuleFacts>& rule);
  Seat& seat(AlertWindow window, Counted& rule);
  void join(Seat& seat, const Signal& signal, const TakeAlert& tell);
  void close(Seat& seat, const TakeAlert& tell);
  void tell_rest(Seat& seat, bool final, const TakeAlert& tell);
  void changed(Seat& seat);
  [[nodiscard]] bool restore_window(const SavedState& saved, std::string_view first, const FindRule& find);
  [[nodiscard]] Seat* first_to_be_over() const;
  [[nodiscard]] std::vector<Seat*> in_order();
  static void sort_by_number(std::vector<Seat*>& seats);
  [[nodiscard]] std::uint64_t hash_of(std::string_view rule_id, std::string_view dedup) const;

  WindowLimits limits_;
  WindowCounts counts_;
  KeyedHash hash_;
  std::unordered_map<std::string, Counted> rules_;  // by id; addresses stay
  Seats seats_;
  // By dedup period: within one, windows are over in the order in which they were opened.
  std::map<std::int64_t, std::list<Seat*>> queues_;
  std::uint64_t last_number_ = 0;
  bool keeps_changes_ = false;
  std::vector<Seat*> changed_;
  std::vector<SavedState> gone_;
};

}  // namespace picket
