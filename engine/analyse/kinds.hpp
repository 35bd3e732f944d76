// Which kinds of value a term can have: inferred bottom-up, and only ever too wide. The event's fields can be anything.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "grammar/ast/functions.hpp"

namespace picket {

// By index: the kinds of each definition analysed so far.
using DefinitionKinds = std::vector<Kinds>;
// Of the text at hand; a slot that is not here can be anything.
using SlotKinds = std::map<Slot, Kinds>;

[[nodiscard]] Kinds kinds_of(const Value& value);
[[nodiscard]] Kinds kinds_of(const Term& term, const DefinitionKinds& definitions, const SlotKinds& slots);

// "a number", "a string or a list": for messages.
[[nodiscard]] std::string in_words(Kinds kinds);

[[nodiscard]] constexpr Kinds both(Kinds a, Kinds b) { return {static_cast<std::uint16_t>(a.bits & b.bits)}; }
[[nodiscard]] constexpr Kinds either(Kinds a, Kinds b) { return {static_cast<std::uint16_t>(a.bits | b.bits)}; }
[[nodiscard]] constexpr Kinds without(Kinds a, Kinds::Bit b) { return {static_cast<std::uint16_t>(a.bits & ~b)}; }
[[nodiscard]] constexpr bool none_of(Kinds a) { return a.bits == 0; }

}  // namespace picket
