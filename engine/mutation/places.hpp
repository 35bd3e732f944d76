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
  // Inside an item: what it asks of each element of a field it asks of a field of one value as well, which is the rule.
  [[nodiscard]] Scopes within_item() const {
    Scopes inner = *this;
    inner.in_item_ = true;
    return inner;
  }
  [[nodiscard]] bool in_item() const { return in_item_; }
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
  bool in_item_ = false;
  std::map<Slot, SlotMeaning> slots_;
};

// The scope of the body of an unfolded definition, and of that of a binder, whose element is the first of a list of the
// event (in an item the value there), or the one chosen of a constant list.
[[nodiscard]] Scopes inside(const UnfoldedTerm& term, const Scopes& scopes);
[[nodiscard]] Scopes inside(const BinderTerm& term, const Scopes& scopes);

// The place that the term's value comes from, through definitions, the data model and functions of one value
// (`lower(a.b)` comes from a.b); of what maps over a list the first element. Nothing if there is no such place.
[[nodiscard]] std::optional<Place> place_of(const Term& term, const Scopes& scopes);

// The constant that a term is, through definitions; null if it depends on the event.
[[nodiscard]] const Value* constant_of(const Term& term, const Scopes& scopes);

}  // namespace picket
