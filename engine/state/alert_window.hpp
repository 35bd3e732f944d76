// AlertWindow: the matches of one rule with one dedup string within one dedup period, counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "engine/state/alert.hpp"
#include "engine/state/find_rule.hpp"

namespace picket {

// A rule as all of its windows see it: they share one of these, so that a newer version of the rule is there for all of
// them at once, however many they are.
struct WindowRule {
  std::shared_ptr<const RuleFacts> facts;
};

// A few of these may be millions, so a window keeps of its first match only what its alert still needs: everything
// until the alert is told, then severity, title and dedup string.
struct AlertWindow {
  std::uint64_t number = 0;          // unique in its table
  std::uint64_t hash = 0;            // of rule and dedup string
  const WindowRule* rule = nullptr;  // outlives the window
  std::string dedup;
  std::string title;  // empty if it is the dedup string
  Severity severity{};
  Time start;                       // of the first match
  Time over;                        // on the table's clock: when no further match can join
  std::optional<Time> first_event;  // the earliest and the latest of events that say when they happened
  std::optional<Time> last_event;
  std::uint64_t matches = 0;
  std::uint64_t told = 0;      // matches when the alert was told last; 0: there is none yet
  std::uint64_t revision = 0;  // of the alert told last
  std::unique_ptr<std::unordered_set<std::uint64_t>> distinct;  // digests of values of `Unique`
  // The first match, until the alert is told. Its rule is of the version that judged it, which may be older than the
  // window's.
  std::unique_ptr<Signal> first;

  [[nodiscard]] Time end() const { return {start.microseconds + rule->facts->dedup_period.microseconds}; }
  [[nodiscard]] bool reached_threshold() const;
  [[nodiscard]] std::size_t memory() const;  // bytes
};

// Counts a match; of distinct values no more than so many.
void count(AlertWindow& window, const Signal& signal, std::size_t most_distinct);

// The alert for the first time. REQUIRES: window.first; it is used up.
[[nodiscard]] Alert create_alert(AlertWindow& window);
// The alert once more; `sample` is the match that is the reason, or null.
[[nodiscard]] Alert update_alert(AlertWindow& window, const Signal* sample, bool final);

// A window as JSON, for the next run; and its first match by itself, which is the most of it and never changes.
[[nodiscard]] std::string print_window(const AlertWindow& window);
[[nodiscard]] std::string print_first(const AlertWindow& window);

// A window that was read back, without number, hash and rule; whose it is, is beside it.
struct SavedWindow {
  AlertWindow window;
  std::shared_ptr<const RuleFacts> rule;
};
// Nothing if the text means no window, or one of a rule that is gone or counted otherwise. `first` is that of its first
// match; empty if it has none.
[[nodiscard]] std::optional<SavedWindow> parse_window(std::string_view text, std::string_view first,
                                                      const FindRule& find);

}  // namespace picket
