// The parts of a condition that tests can exercise, one by one.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/analyse/checked.hpp"

namespace picket {

// A comparison (also `is`, a value used as a condition, and an item as a whole); an operand of `or` or a line of `any`
// and `none` that is more than a comparison; the value of a choice; the body of a binder.
enum class PartKind : std::uint8_t { comparison, branch, arm, body };

// "comparison", "branch", "arm", "body".
[[nodiscard]] std::string_view spelling(PartKind kind);

struct ConditionPart {
  PartKind kind{};
  std::shared_ptr<const Site> site;
  const CompareTerm* comparison = nullptr;  // of a comparison with an operator; lives as long as the checked pack
  const TermItem* item = nullptr;           // of an item as a whole; likewise
  // A comparison that only asks a definition of the same file, whose own comparisons are parts as well.
  bool opened = false;
};

// Those of the text in its order; those of a definition after the comparison that first asks for it. Each site once.
[[nodiscard]] std::vector<ConditionPart> parts_of(const Term& condition,
                                                  const std::vector<CheckedDefinition>& definitions);

}  // namespace picket
