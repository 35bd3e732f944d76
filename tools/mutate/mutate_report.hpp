// The reports of `picket mutate`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/mutation/mutate.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

struct MutateReport {
  std::vector<RuleMutation> rules;
  std::size_t written = 0;  // tests added to files

  [[nodiscard]] std::size_t count(Fate fate) const;
  // Killed, of those that could be.
  [[nodiscard]] double score() const;
};

// The lines of the rule's file that the mistake is in, as they are ("- ") and as they would be ("+ ").
[[nodiscard]] std::vector<std::string> diff_of(const MutantResult& mutant, const Source& source);

// What sets the killing event apart, in words: "no `errorCode`, `action` is "destroy"".
[[nodiscard]] std::string changes_in_words(const KillingEvent& killer);

[[nodiscard]] std::string human_mutate(const MutateReport& report, bool details, Palette paint, std::size_t columns);
// As tools/README.md documents it.
[[nodiscard]] std::string json_mutate(const MutateReport& report);

}  // namespace picket
