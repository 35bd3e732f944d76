// From a checked pack to the facts of its rules: every rule is tested, covered and, if asked for, mutated.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/catalog/catalog.hpp"
#include "engine/coverage/coverage.hpp"
#include "engine/mutation/mutate.hpp"
#include "engine/ruletest/ruletest.hpp"

namespace picket {

struct GatherOptions {
  TestOptions tests;
  bool mutate = false;  // make mutants, too: most of the time that a catalog can take
  std::shared_ptr<const AttackTable> attack;
  // When the file of that name was changed; empty: not known of any.
  std::function<std::optional<ChangeTimes>(const std::string& source)> changes;
};

// A rule as it was read, and what its tests came to. One of `rule` and `correlation` is set. Pointers live as long as
// the checked pack and the Gathered that it stands in.
struct GatheredRule {
  GatheredRule(const RuleMetadata* metadata, const CheckedRule* judging, const CheckedCorrelation* correlating)
      : about(metadata), rule(judging), correlation(correlating) {}

  const RuleMetadata* about = nullptr;
  const CheckedRule* rule = nullptr;
  const CheckedCorrelation* correlation = nullptr;
  std::vector<TestResult> tests;
  const TextCoverage* coverage = nullptr;  // of a rule
  const RuleMutation* mutation = nullptr;  // of a rule, if mutants were made
};

struct Gathered {
  std::vector<GatheredRule> rules;  // those without errors, in the pack's order, correlations last
  std::vector<CatalogRule> facts;   // of each
  std::vector<CatalogLibrary> libraries;
  std::vector<CatalogPack> packs;
  Coverage coverage;
  std::vector<RuleMutation> mutations;
};

// In parallel; the result does not depend on the number of threads. The checked pack must outlive it.
[[nodiscard]] std::unique_ptr<const Gathered> gather(const CheckedPack& pack, const GatherOptions& options);

}  // namespace picket
