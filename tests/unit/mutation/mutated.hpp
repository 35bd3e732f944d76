// A rule from its condition and tests, and what mutation makes of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/mutation/mutate.hpp"

namespace picket::tests {

struct Mutated {
  CheckedPack pack;
  RuleMutation rule;

  // "a eq 1 => a not eq 1", or "a eq 1 => " for what is left out.
  [[nodiscard]] std::string words(const MutantResult& mutant) const;
  // Those of the fate, each in words, in the order of the text.
  [[nodiscard]] std::vector<std::string> words(Fate fate) const;
};

// Events are JSON, each with a '+' before it where the rule is to match. `more` are further keys (`Let`), whole lines.
[[nodiscard]] std::unique_ptr<Mutated> mutate(const std::string& condition, const std::vector<std::string>& events,
                                              const std::string& more = "",
                                              const std::vector<std::string>& libraries = {});

}  // namespace picket::tests
