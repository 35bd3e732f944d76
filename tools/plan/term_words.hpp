// Paths and terms as a rule writes them.
#pragma once

#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"

namespace picket {

// `userIdentity.type`, `headers["user-agent"]`, `$["x-role"]`.
[[nodiscard]] std::string path_text(const std::vector<std::string>& keys);

// The rule's own words for a term, roughly, for analysis has left names behind that it looked through; "…" for what is
// more than a line can tell.
[[nodiscard]] std::string term_text(const CheckedPack& pack, const Term& term);

}  // namespace picket
