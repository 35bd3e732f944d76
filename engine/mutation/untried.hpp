// Internal to engine/mutation.
#pragma once

#include <utility>

#include "engine/mutation/mutate.hpp"

namespace picket {

// What becomes of a mutant that no test has been tried on yet. Of any kind of mutant.
template <typename AnyMutant>
[[nodiscard]] MutantResult untried(const AnyMutant& mutant) {
  MutantResult result;
  result.mistake = mutant.mistake;
  result.span = mutant.span;
  result.replacement = mutant.replacement;
  result.fate = Fate::survived;
  return result;
}

}  // namespace picket
