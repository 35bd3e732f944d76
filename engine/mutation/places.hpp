// Which place of the event a term reads, so that a change there changes its value. Internal to engine/mutation.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "engine/analyse/checked.hpp"

namespace picket {

using Place = std::vector<PathStep>;

class Scopes;

// What a slot stands for: an element of a list of the event, or a term of another scope.
struct SlotMeaning {
  std::optional<Place> place;
  const Term* term = nullptr;
  std::shared_ptr<const Scopes> scope;  // of the term
  std::shared_ptr<const Term> made;     // the term, if it stands in no rule
};

// The slots that are bound where a term stands. A value: copied as the walk goes inwards.
class Scopes {
 public:
  // Both must outlive it; `model` may be null. `choice` is which element of a constant list a binder is taken to be at.
  Scopes(const CheckedPack& pack, const CheckedModel* model, std::size_t choice = 0)
      : pack_(&pack), model_(model), choice_(choice) {}

  [[nodiscard]] Scopes with(Slot slot, SlotMeaning meaning) const;
  // Inside the term. Of what an item asks of each element of a list, and of a single value as well, the value is the
  // rule.
  [[nodiscard]] Scopes within(const Term& term) const {
    Scopes inner = *this;
    if (term.item != nullptr) inner.takes_single_ = term.item->lenient;
    return inner;
  }
  [[nodiscard]] bool takes_single() const { return takes_single_; }
  // Inside a definition no slot of the outside is bound.
  [[nodiscard]] Scopes fresh() const { return {*pack_, model_, choice_}; }

  [[nodiscard]] const SlotMeaning* find(Slot slot) const;
  [[nodiscard]] const CheckedPack& pack() const { return *pack_; }
  [[nodiscard]] const CheckedModel* model() const { return model_; }
  [[nodiscard]] std::size_t choice() const { return choice_; }

 private:
  const CheckedPack* pack_;
  const CheckedModel* model_;
  std::size_t choice_;
  bool takes_single_ = false;
  std::map<Slot, SlotMeaning> slots_;
};

// The scope of the body of an unfolded definition, and of that of a binder, whose element is the first of a list of the
// event (or a single value, where that is the rule), or the one chosen of a constant list.
[[nodiscard]] Scopes inside(const UnfoldedTerm& term, const Scopes& scopes);
[[nodiscard]] Scopes inside(const BinderTerm& term, const Scopes& scopes);

// The place that the term's value comes from, through definitions, the data model and functions of one value
// (`lower(a.b)` comes from a.b); of what maps over a list the first element. Nothing if there is no such place.
[[nodiscard]] std::optional<Place> place_of(const Term& term, const Scopes& scopes);

// The constant that a term is, through definitions; null if it depends on the event.
[[nodiscard]] const Value* constant_of(const Term& term, const Scopes& scopes);

}  // namespace picket
