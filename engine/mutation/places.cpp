#include "engine/mutation/places.hpp"

#include <utility>

namespace picket {

Scopes Scopes::with(Slot slot, SlotMeaning meaning) const {
  Scopes inner = *this;
  inner.slots_[slot] = std::move(meaning);
  return inner;
}

const SlotMeaning* Scopes::find(Slot slot) const {
  const auto found = slots_.find(slot);
  return found == slots_.end() ? nullptr : &found->second;
}

Scopes inside(const UnfoldedTerm& term, const Scopes& scopes) {
  const auto outer = std::make_shared<const Scopes>(scopes);
  Scopes inner = scopes;
  for (const auto& [slot, argument] : term.arguments) {
    inner = inner.with(slot, {.place = std::nullopt, .term = &*argument, .scope = outer, .made = nullptr});
  }
  return inner;
}

Scopes inside(const BinderTerm& term, const Scopes& scopes) {
  if (const Value* constant = constant_of(*term.list, scopes); constant != nullptr && constant->list() != nullptr) {
    const List& list = *constant->list();
    if (list.empty()) return scopes;
    auto element = std::make_shared<const Term>(Term{ConstantTerm{list[scopes.choice() % list.size()]}});
    SlotMeaning meaning;
    meaning.term = element.get();
    meaning.scope = std::make_shared<const Scopes>(scopes.fresh());
    meaning.made = std::move(element);
    return scopes.with(term.element, std::move(meaning));
  }
  std::optional<Place> place = place_of(*term.list, scopes);
  if (place && !scopes.takes_single()) place->emplace_back(std::int64_t{0});
  return scopes.with(term.element, {.place = std::move(place), .term = nullptr, .scope = nullptr, .made = nullptr});
}

namespace {

// Whether a value is made from what stands at its place, so that a step from it leads nowhere in the event.
bool is_made(const Term& term, const Scopes& scopes) {
  return match(
      term.node, [](const CallTerm&) { return true; }, [](const ArithmeticTerm&) { return true; },
      [](const SliceTerm&) { return true; }, [](const NegateTerm&) { return true; },
      [&](const IndexTerm& t) { return is_made(*t.base, scopes); },
      [&](const MemberTerm& t) { return is_made(*t.base, scopes); },
      [&](const EachTerm& t) { return is_made(*t.base, scopes); },
      [&](const FallbackTerm& t) { return is_made(*t.left, scopes); },
      [&](const LocalTerm& t) { return is_made(*t.body, scopes); },
      [&](const ScopeTerm& t) { return is_made(*t.body, scopes); },
      [&](const UnfoldedTerm& t) { return is_made(*t.body, inside(t, scopes)); },
      [&](const SharedTerm& t) { return is_made(scopes.pack().definitions[t.definition].body.term, scopes.fresh()); },
      [&](const SlotTerm& t) {
        const SlotMeaning* meaning = scopes.find(t.slot);
        return meaning != nullptr && meaning->term != nullptr && is_made(*meaning->term, *meaning->scope);
      },
      [](const auto&) { return false; });
}

// One step further than the base.
std::optional<Place> stepped(const Term& base, PathStep step, const Scopes& scopes) {
  std::optional<Place> place = place_of(base, scopes);
  if (place && !is_made(base, scopes)) place->push_back(std::move(step));
  return place;
}

std::optional<PathStep> constant_step(const Term& index, const Scopes& scopes) {
  const Value* constant = constant_of(index, scopes);
  if (constant == nullptr) return std::nullopt;
  if (constant->string() != nullptr) return PathStep(*constant->string());
  if (const auto number = constant->as_index()) return PathStep(*number);
  return std::nullopt;
}

std::optional<Place> indexed(const Term& base, const Term& index, const Scopes& scopes) {
  const auto step = constant_step(index, scopes);
  return step ? stepped(base, *step, scopes) : std::nullopt;
}

std::optional<Place> place_of_slot(Slot slot, const Scopes& scopes) {
  const SlotMeaning* meaning = scopes.find(slot);
  if (meaning == nullptr) return std::nullopt;
  return meaning->term != nullptr ? place_of(*meaning->term, *meaning->scope) : meaning->place;
}

std::optional<Place> place_of_udm(const UdmTerm& term, const Scopes& scopes) {
  if (scopes.model() == nullptr) return std::nullopt;
  const auto mapping = scopes.model()->mappings.find(term.name);
  if (mapping == scopes.model()->mappings.end()) return std::nullopt;
  return place_of(mapping->second.term, scopes.fresh());
}

}  // namespace

std::optional<Place> place_of(const Term& term, const Scopes& scopes) {
  using Found = std::optional<Place>;
  return match(
      term.node, [](const FieldTerm& t) { return Found(t.path); },
      [&](const UdmTerm& t) { return place_of_udm(t, scopes); },
      [&](const SlotTerm& t) { return place_of_slot(t.slot, scopes); },
      [&](const LocalTerm& t) { return place_of(*t.body, scopes); },
      [&](const SharedTerm& t) { return place_of(scopes.pack().definitions[t.definition].body.term, scopes.fresh()); },
      [&](const UnfoldedTerm& t) { return place_of(*t.body, inside(t, scopes)); },
      [&](const ScopeTerm& t) { return place_of(*t.body, scopes); },
      [&](const MemberTerm& t) { return stepped(*t.base, t.key, scopes); },
      [&](const EachMemberTerm& t) { return stepped(*t.base, t.key, scopes); },
      [&](const IndexTerm& t) { return indexed(*t.base, *t.index, scopes); },
      [&](const EachIndexTerm& t) { return indexed(*t.base, *t.index, scopes); },
      [&](const EachTerm& t) { return t.deep ? Found() : stepped(*t.base, std::int64_t{0}, scopes); },
      [&](const SliceTerm& t) { return place_of(*t.base, scopes); },
      [&](const CallTerm& t) { return t.arguments.empty() ? Found() : place_of(t.arguments.front(), scopes); },
      [&](const HasTerm& t) {
        // The event itself is no place, but its keys are.
        return std::holds_alternative<EventTerm>(t.base->node) ? Found(Place{t.key}) : stepped(*t.base, t.key, scopes);
      },
      [&](const NegateTerm& t) { return place_of(*t.operand, scopes); },
      [&](const ArithmeticTerm& t) {
        Found left = place_of(*t.left, scopes);
        return left ? left : place_of(*t.right, scopes);
      },
      [&](const FallbackTerm& t) { return place_of(*t.left, scopes); },
      [&](const TruthTerm& t) { return place_of(*t.operand, scopes); },
      [&](const IsTerm& t) { return place_of(*t.operand, scopes); },
      [&](const CompareTerm& t) {
        Found left = place_of(*t.left, scopes);
        return left ? left : place_of(*t.right, scopes);
      },
      [&](const BinderTerm& t) { return place_of(*t.list, scopes); }, [](const auto&) { return Found(); });
}

const Value* constant_of(const Term& term, const Scopes& scopes) {
  using Found = const Value*;
  return match(
      term.node, [](const ConstantTerm& t) { return Found(&t.value); },
      [&](const LocalTerm& t) { return constant_of(*t.body, scopes); },
      [&](const SharedTerm& t) {
        return constant_of(scopes.pack().definitions[t.definition].body.term, scopes.fresh());
      },
      [&](const SlotTerm& t) {
        const SlotMeaning* meaning = scopes.find(t.slot);
        return meaning != nullptr && meaning->term != nullptr ? constant_of(*meaning->term, *meaning->scope) : Found();
      },
      [](const auto&) { return Found(); });
}

}  // namespace picket
