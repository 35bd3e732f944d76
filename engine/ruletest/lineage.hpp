// The parts of a condition of which some are inherited, each where its author wrote it.
#pragma once

#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/analyse/parts.hpp"

namespace picket {

// What a rule says itself of the condition that it, or one that derives from it, has.
struct OwnParts {
  const CheckedRule* rule = nullptr;
  std::vector<ConditionPart> parts;
};

// The rule's own parts, then those of the rule that it derives from, and so on. What a rule inherits stands with itself
// if its base is not in the pack, or if `mocked`: definitions are mocked in the rule, not in its base.
[[nodiscard]] std::vector<OwnParts> parts_by_rule(const CheckedPack& pack, const CheckedRule& rule, bool mocked);

}  // namespace picket
