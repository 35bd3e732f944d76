// What correlation takes and gives. A *signal* is a match of a rule: an event, and the context of the alert that it
// would make. A *firing* is a correlation rule's: signals of other rules that belong together.
//
// ## When a correlation rule fires
//
// The signals of a rule's items are told apart by their *key*: the values, one for each column, of the fields that must
// be equal. Keys know nothing of one another. A signal without a value in one of the columns counts for nothing; one
// with several values (a list) counts for each.
//
// The rule's *pattern* is complete at a signal if, the signals so far considered,
//   - of a Group: as many items as are needed have each their MinMatchCount signals within the lookback window that
//     ends at this signal (an Absence is no item in this sense);
//   - of a Sequence: there are MinMatchCount signals of each item, all within the window, those of an item none before
//     the last of the item before, and none later after it than WithinTimeFrameMinutes. Signals of equal time may stand
//     in either order: logs tell seconds, and what they tell twice a second has no order.
// Where there are several choices of signals, the latest are taken. The pattern *begins* at the first of them, and is
// complete at the last; both ends belong to the window.
//
// A complete pattern fires, unless
//   - it is taken back: an Absence has its MinMatchCount signals, or an item more than its MaxMatchCount, in some
//   window
//     that holds the whole pattern, so before it, within it or after it; or
//   - the rule has fired for this key for a pattern completed within the lookback before: one attack is told once. What
//     goes on is told again when the window has passed, and a second attack is not lost, for its signals are counted
//     all the while.
// Of a rule that nothing can take back the firing is decided at once, when the pattern is complete; of the others when
// the window that begins with the pattern has passed.
#pragma once

#include <cstddef>
#include <cstdint>
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
};

}  // namespace picket
