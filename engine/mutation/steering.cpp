#include "engine/mutation/steering.hpp"

#include <algorithm>
#include <utility>

#include "engine/analyse/term_children.hpp"

namespace picket {
namespace {

bool overlaps(SourceSpan a, SourceSpan b) { return a.begin < b.end && b.begin < a.end; }

// Whether a comparison in the term, or in a definition that it asks for, stands at the span.
bool stands_at(const Term& term, const Source& source, SourceSpan span, const Scopes& scopes) {
  if (const Site* site = site_of(term); site != nullptr && site->source.get() == &source) {
    if (overlaps(site->span, span)) return true;
  }
  if (const auto* shared = std::get_if<SharedTerm>(&term.node)) {
    return stands_at(scopes.pack().definitions[shared->definition].body.term, source, span, scopes);
  }
  bool found = false;
  for_each_child(term, [&](const Term& child) { found = found || stands_at(child, source, span, scopes); });
  return found;
}

}  // namespace

const Site* site_of(const Term& term) {
  return match(
      term.node, [](const CompareTerm& t) { return t.site.get(); }, [](const IsTerm& t) { return t.site.get(); },
      [](const TruthTerm& t) { return t.site.get(); }, [](const BinderTerm& t) { return t.site.get(); },
      [](const auto&) { return static_cast<const Site*>(nullptr); });
}

void add_rights(Rights& rights, const std::vector<Observation>& seen) {
  for (const Observation& one : seen) {
    if (one.part != PartKind::comparison || !one.right) continue;
    std::vector<Value>& values = rights[one.site];
    if (std::find(values.begin(), values.end(), *one.right) == values.end()) values.push_back(*one.right);
  }
}

std::vector<Value> rights_of(const Term& comparison, const Scopes& scopes, const Rights& rights) {
  const auto* compare = std::get_if<CompareTerm>(&comparison.node);
  if (compare == nullptr) return {};
  if (const Value* constant = constant_of(*compare->right, scopes)) return {*constant};
  const auto seen = rights.find(compare->site.get());
  return seen == rights.end() ? std::vector<Value>() : seen->second;
}

Steering::Steering(Value event, const std::vector<Observation>& seen) : event_(std::move(event)) {
  add_rights(rights_, seen);
  for (const Observation& one : seen) {
    if (one.part != PartKind::comparison) continue;
    const auto [known, added] = seen_.emplace(one.site, one.result);
    if (!added && known->second != one.result) known->second.reset();
  }
}

void Steering::change(EventChange change) {
  Value after = changed(event_, change);
  if (after == event_) return;
  event_ = std::move(after);
  changes_.push_back(std::move(change));
}

std::optional<bool> Steering::seen_truth(const Term& term, const Scopes& scopes) const {
  if (const Site* site = site_of(term)) {
    const auto seen = seen_.find(site);
    return seen == seen_.end() ? std::nullopt : seen->second;
  }
  if (const auto* negated = std::get_if<NotTerm>(&term.node)) {
    const auto truth = seen_truth(*negated->operand, scopes);
    return truth ? std::optional(!*truth) : std::nullopt;
  }
  const auto* logic = std::get_if<LogicTerm>(&term.node);
  if (logic == nullptr) return std::nullopt;
  const bool decides = logic->connective == Connective::disjunction;
  bool all_known = true;
  for (const Term& operand : logic->operands) {
    const auto truth = seen_truth(operand, scopes);
    if (truth == decides) return decides;
    all_known = all_known && truth.has_value();
  }
  return all_known ? std::optional(!decides) : std::nullopt;
}

bool Steering::make_comparison(const Term& term, bool wanted, const Scopes& scopes) {
  // Of the values of its own, not of what anything may be instead, where that is enough.
  const auto* compare = std::get_if<CompareTerm>(&term.node);
  const bool negated = compare != nullptr && compare->negated;
  const auto place = place_of(term, scopes);
  if (!place || place->empty()) return false;
  const std::vector<Candidate> candidates =
      candidates_for(term, rights_of(term, scopes, rights_), value_at(event_, *place));
  for (const Candidate& candidate : candidates) {
    const auto truth = truth_for(term, candidate, scopes);
    // A value that looks as if it were no accident is better than one that misses by a letter.
    if (truth ? *truth != wanted : (&candidate == &candidates.front()) != (wanted != negated)) continue;
    change({.path = *place, .value = candidate});
    return true;
  }
  return false;
}

bool Steering::make_logic(const LogicTerm& term, bool wanted, const Scopes& scopes) {
  const bool needs_all = (term.connective == Connective::conjunction) == wanted;
  if (needs_all) {
    return std::all_of(term.operands.begin(), term.operands.end(),
                       [&](const Term& operand) { return make(operand, wanted, scopes); });
  }
  for (const Term& operand : term.operands) {
    Steering attempt = *this;
    if (!attempt.make(operand, wanted, scopes)) continue;
    *this = std::move(attempt);
    return true;
  }
  return false;
}

bool Steering::make_binder(const BinderTerm& term, bool wanted, const Scopes& scopes) {
  const bool by_element = (term.kind == BinderKind::any && wanted) || (term.kind == BinderKind::all && !wanted) ||
                          (term.kind == BinderKind::none && !wanted);
  if (by_element) return make(*term.body, term.kind != BinderKind::all, inside(term, scopes));
  const auto place = place_of(*term.list, scopes);
  if (!place || place->empty()) return false;
  change({.path = *place, .value = std::nullopt});
  return true;
}

bool Steering::make_value(const Term& term, bool wanted, const Scopes& scopes) {
  const auto place = place_of(term, scopes);
  if (!place || place->empty()) return false;
  change({.path = *place, .value = wanted ? Candidate(Value(true)) : std::nullopt});
  return true;
}

bool Steering::make(const Term& term, bool wanted, const Scopes& outside) {
  const Scopes scopes = outside.within(term);
  if (const auto truth = seen_truth(term, scopes); truth == wanted) return true;
  return match(
      term.node, [&](const ConstantTerm& t) { return t.value.truth() == wanted; },
      [&](const NotTerm& t) { return make(*t.operand, !wanted, scopes); },
      [&](const LogicTerm& t) { return make_logic(t, wanted, scopes); },
      [&](const CompareTerm&) { return make_comparison(term, wanted, scopes); },
      [&](const IsTerm&) { return make_comparison(term, wanted, scopes); },
      [&](const TruthTerm& t) { return make(*t.operand, wanted, scopes); },
      [&](const IfTerm& t) {
        if (make(*t.condition, true, scopes) && make(*t.then, wanted, scopes)) return true;
        return make(*t.condition, false, scopes) && make(*t.otherwise, wanted, scopes);
      },
      [&](const BinderTerm& t) { return make_binder(t, wanted, scopes); },
      [&](const ScopeTerm& t) { return make(*t.body, wanted, scopes); },
      [&](const LocalTerm& t) { return make(*t.body, wanted, scopes); },
      [&](const SharedTerm& t) {
        return make(scopes.pack().definitions[t.definition].body.term, wanted, scopes.fresh());
      },
      [&](const UnfoldedTerm& t) { return make(*t.body, wanted, inside(t, scopes)); },
      [&](const SlotTerm& t) {
        const SlotMeaning* meaning = scopes.find(t.slot);
        if (meaning != nullptr && meaning->term != nullptr) return make(*meaning->term, wanted, *meaning->scope);
        return make_value(term, wanted, scopes);
      },
      [&](const auto&) { return make_value(term, wanted, scopes); });
}

std::optional<FocusedTerm> Steering::focus(const Term& root, const Source& source, SourceSpan span,
                                           const Scopes& outside) {
  const Scopes scopes = outside.within(root);
  const auto into = [&](const Term& part, const Scopes& inner) { return focus(part, source, span, inner); };
  const auto within = [&](const Term& part) { return stands_at(part, source, span, scopes); };
  if (!within(root)) return std::nullopt;
  const FocusedTerm here{.term = &root, .scopes = scopes};
  return match(
      root.node, [&](const NotTerm& t) { return into(*t.operand, scopes); },
      [&](const ScopeTerm& t) { return into(*t.body, scopes); },
      [&](const LocalTerm& t) { return into(*t.body, scopes); },
      [&](const SharedTerm& t) { return into(scopes.pack().definitions[t.definition].body.term, scopes.fresh()); },
      [&](const UnfoldedTerm& t) {
        const auto in_body = into(*t.body, inside(t, scopes));
        return in_body ? in_body : std::optional(here);
      },
      [&](const LogicTerm& t) -> std::optional<FocusedTerm> {
        std::vector<const Term*> inner;
        for (const Term& operand : t.operands) {
          if (within(operand)) inner.push_back(&operand);
        }
        for (const Term& operand : t.operands) {
          if (std::find(inner.begin(), inner.end(), &operand) != inner.end()) continue;
          static_cast<void>(make(operand, t.connective == Connective::conjunction, scopes));
        }
        return inner.size() == 1 ? into(*inner.front(), scopes) : std::optional(here);
      },
      [&](const IfTerm& t) -> std::optional<FocusedTerm> {
        if (within(*t.condition)) {
          // The two outcomes must differ for the condition to matter.
          static_cast<void>(make(*t.then, true, scopes));
          static_cast<void>(make(*t.otherwise, false, scopes));
          return into(*t.condition, scopes);
        }
        const bool then = within(*t.then);
        static_cast<void>(make(*t.condition, then, scopes));
        return into(then ? *t.then : *t.otherwise, scopes);
      },
      [&](const BinderTerm& t) -> std::optional<FocusedTerm> {
        if (within(*t.list) || !within(*t.body)) return here;
        return into(*t.body, inside(t, scopes));
      },
      [&](const TruthTerm& t) {
        const auto in_operand = into(*t.operand, scopes);
        return in_operand ? in_operand : std::optional(here);
      },
      [&](const auto&) { return std::optional(here); });
}

}  // namespace picket
