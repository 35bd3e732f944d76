// Values that a comparison tells apart: some that make it true, some that miss narrowly. Internal to engine/mutation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/mutation/places.hpp"

namespace picket {

// A value to put at the place that a comparison reads; nothing: take it out.
using Candidate = std::optional<Value>;

// The text with its ASCII letters in lower case, or, if they are so, in upper case.
[[nodiscard]] std::string with_other_case(std::string text);

// For a CompareTerm, IsTerm or TruthTerm, the likeliest to be true first; empty for another term. Values are chosen for
// the comparison's operator and what stands on its right (`rights`: every value that it is known to be), by themselves
// and within `current`, which stands at the place now; first within it where the comparison sees a part of it only.
// That they do what they are for is the caller's to find out.
[[nodiscard]] std::vector<Candidate> candidates_for(const Term& comparison, const std::vector<Value>& rights,
                                                    const Value& current);

// Whether the value makes it true, told without an event; nothing if that depends on more than the value.
[[nodiscard]] std::optional<bool> truth_for(const Term& comparison, const Candidate& candidate, const Scopes& scopes);

}  // namespace picket
