// The reports of `picket mutate`.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/mutation/mutate.hpp"
#include "tools/report/finding.hpp"
#include "tools/report/formats.hpp"

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

// What would notice the mutant, as a sentence.
[[nodiscard]] std::string killer_in_words(const MutantResult& mutant);
// The mutants that survive.
[[nodiscard]] std::vector<Finding> findings_of(const MutateReport& report);

[[nodiscard]] std::string human_mutate(const MutateReport& report, const Canvas& canvas);
// As tools/README.md documents it.
[[nodiscard]] std::string json_mutate(const MutateReport& report);

// The formats of `picket mutate`.
[[nodiscard]] std::span<const Format<MutateReport>> mutate_formats();

}  // namespace picket
