// What a term speaks of, in words that are the same for all rules that speak of the same.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "engine/analyse/checked.hpp"

namespace picket {

// Names the parts of events that terms read. Definitions are looked through; what is bound to a variable is named by
// what it is bound to.
class SubjectNames {
 public:
  explicit SubjectNames(const CheckedPack& pack) : pack_(&pack) {}

  // `userIdentity.type`, `items[*].cidr` (any element of a list), `udm.source_ip`, `lower(path)`, `a ?? b`; empty for
  // what has no name of this kind: constants, choices, objects.
  [[nodiscard]] std::string name_of(const Term& term) const;

  // From here on the slot stands for what is named; an element of the list named `list` is `list[*]`.
  void bind(Slot slot, std::string name) { names_[slot] = std::move(name); }
  void bind_element(const BinderTerm& binder);

 private:
  // How far a search has come: definitions that each name the one before twice would have no end.
  struct Search {
    std::size_t depth = 0;
    std::size_t* steps = nullptr;  // of the whole search
  };
  [[nodiscard]] std::string name_of(const Term& term, Search search) const;
  [[nodiscard]] std::string name_of_call(const CallTerm& call, Search search) const;
  [[nodiscard]] std::string name_of_binder(const BinderTerm& binder, Search search) const;

  const CheckedPack* pack_;
  std::map<Slot, std::string> names_;
};

}  // namespace picket
