// Why a rule judged an event as it did: every comparison of its condition, with what it saw.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/eval/interpret.hpp"
#include "engine/ruletest/comparison_state.hpp"

namespace picket {

struct ComparisonReport {
  std::shared_ptr<const Site> site;
  ComparisonState state{};
  std::string text;        // as written, on one line
  std::string definition;  // the definition in whose body it stands; empty: the condition itself
  std::string path;        // the field on its left side, if it is one
  std::string actual;  // the left value as JSON, long ones cut; of a comparison in a binder the first few that differ
  std::size_t times = 0;  // how often it was evaluated
  std::size_t times_true = 0;
  std::string note;  // the nearest path or value, or what the types are; empty if there is nothing to say
};

// The name of the definition in whose body a site stands: one of the rule's, or "library.name"; empty for none.
[[nodiscard]] std::string definition_of(const Site& site, const CheckedPack& pack, const Rule& rule);

// What became of one comparison, of which these observations are all there are. `definition` is left empty.
[[nodiscard]] ComparisonReport report_on(const std::shared_ptr<const Site>& site,
                                         const std::vector<const Observation*>& seen, const Value& event);

// Evaluates the rule's condition once more and reports its comparisons in the order of the text, those of a definition
// after the comparison that asks for it.
[[nodiscard]] std::vector<ComparisonReport> explain_verdict(Interpreter& interpreter, const CheckedPack& pack,
                                                            const CheckedRule& rule, const EvaluationInput& input);

}  // namespace picket
