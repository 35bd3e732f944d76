// Steering an event to where a part of a condition decides the verdict. Internal to engine/mutation.
//
// Best effort: what comes out is an event near to the one that went in, which the caller judges for real.
#pragma once

#include <map>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/eval/interpret.hpp"
#include "engine/mutation/candidates.hpp"
#include "engine/mutation/event_change.hpp"
#include "engine/mutation/places.hpp"

namespace picket {

// What comparisons had on their right, by where they stand.
using Rights = std::map<const Site*, std::vector<Value>>;
void add_rights(Rights& rights, const std::vector<Observation>& seen);
// What is known of a comparison's right side: its constant, else what was seen.
[[nodiscard]] std::vector<Value> rights_of(const Term& comparison, const Scopes& scopes, const Rights& rights);

// Where a CompareTerm, IsTerm or TruthTerm stands, and the body of a BinderTerm; null for another term.
[[nodiscard]] const Site* site_of(const Term& term);

// A term within a condition, and what its slots stand for there.
struct FocusedTerm {
  const Term* term = nullptr;
  Scopes scopes;
};

class Steering {
 public:
  // `seen` is what an evaluation of the event observed, by which parts that are already as wanted are left alone.
  Steering(Value event, const std::vector<Observation>& seen);

  // Changes the event so that the term is likely to be `wanted`; false if it is known that this cannot be.
  bool make(const Term& term, bool wanted, const Scopes& outside);

  // Changes it so that the part of `root` that stands at `span` of `source` decides the truth of `root`: operands
  // beside it neutral, conditions of its arms fulfilled, lists that its binders walk with an element. Returns the
  // innermost term of truth whose comparisons all lie within the span, or all that there is around it; nothing if the
  // span is not in `root`.
  [[nodiscard]] std::optional<FocusedTerm> focus(const Term& root, const Source& source, SourceSpan span,
                                                 const Scopes& outside);

  [[nodiscard]] const Value& event() const { return event_; }
  [[nodiscard]] const std::vector<EventChange>& changes() const { return changes_; }

 private:
  [[nodiscard]] std::optional<bool> seen_truth(const Term& term, const Scopes& scopes) const;
  bool make_comparison(const Term& term, bool wanted, const Scopes& scopes);
  bool make_logic(const LogicTerm& term, bool wanted, const Scopes& scopes);
  bool make_binder(const BinderTerm& term, bool wanted, const Scopes& scopes);
  bool make_value(const Term& term, bool wanted, const Scopes& scopes);
  void change(EventChange change);

  Value event_;
  std::map<const Site*, std::optional<bool>> seen_;  // nothing: both
  Rights rights_;
  std::vector<EventChange> changes_;
};

}  // namespace picket
