// What correlation takes and gives. A *signal* is a match of a rule: an event, and the context of the alert that it
// would make. A *firing* is a correlation rule's: signals of other rules that belong together.
//
// ## When a correlation rule fires
//
// The signals of a rule's items are told apart by their *key*: the values, one for each column, of the fields that must
// be equal. Keys know nothing of one another. A signal without a value in one of the columns counts for nothing; one
// with several values (a list) counts for each.
// Values are equal as those of events are; of a rule with `as_texts` if their texts are, whatever their case.
//
// The rule's *pattern* is complete at a signal if, the signals so far considered,
//   - of a Group: as many items as are needed have each their MinMatchCount signals within the lookback window that
//     ends at this signal (an Absence is no item in this sense);
//   - of a Sequence: there are MinMatchCount signals of each item, all within the window, those of an item none before
//     the last of the item before, and none later after it than WithinTimeFrameMinutes. Signals of equal time may stand
//     in either order: logs tell seconds, and what they tell twice a second has no order;
//   - of a rule with a `measure`: the number that is computed of all signals within the window that ends at this one
//     lies within the bounds. All those signals are the pattern. A signal without a number counts for nothing.
// An item that is `distinct` counts different values, not signals: of each value the latest signal.
// A Group with a `requirement` needs the items that it joins, not so many of all.
//
// Where there are several choices of signals, the latest are taken. The pattern *begins* at the first of them, and is
// complete at the last; both ends belong to the window.
//
// A complete pattern fires, unless
//   - it is taken back: an Absence has its MinMatchCount signals, or an item more than its MaxMatchCount, in some
//     window that holds the whole pattern, so before it, within it or after it; but nothing takes back a pattern in
//     which an item has `enough`; or
//   - the rule has fired for this key for a pattern completed within the lookback before: one attack is told once. What
//     goes on is told again when the window has passed, and a second attack is not lost, for its signals are counted
//     all the while.
// A firing that nothing can take back is decided at once, when the pattern is complete; the others when the window that
// begins with the pattern has passed.
//
// A firing of one rule is a signal for others, at the time when it is decided: its event has the values of the key,
// each under the name of its column. It comes after the signals of that time that brought it about.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/event/value.hpp"

namespace picket {

// A view of a match, alive as long as the call that it is given to.
struct SignalView {
  std::string_view rule;  // the id of the rule that matched
  Time time;
  std::uint64_t id = 0;            // the caller's name for it, given back in firings
  const Value* event = nullptr;    // an object, or null
  const Value* context = nullptr;  // the same: what `p_alert_context` reads
};

// A signal that is remembered.
struct SignalMark {
  Time time;
  std::uint64_t id = 0;
  friend bool operator==(const SignalMark&, const SignalMark&) = default;
};

struct Firing {
  const CheckedCorrelation* correlation = nullptr;
  std::vector<Value> values;  // the key: a value for each column
  Time decided;               // see above
  Time began;                 // the pattern's
  Time completed;
  // The pattern: for each item of the rule its signals, the oldest first; none for an Absence, nor for an item of a
  // Group that did without it.
  std::vector<std::vector<SignalMark>> signals;
  bool waited = false;             // decided by a window that had passed: its own, or that of a rule it is made of
  std::optional<double> measured;  // of a rule with a measure: the number
};

}  // namespace picket
