// All of a condition over one event, nothing left out: what each part says, and what the alert would say.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/analyse/parts.hpp"
#include "engine/eval/judge.hpp"
#include "engine/ruletest/explain.hpp"
#include "engine/ruletest/memory_reading.hpp"

namespace picket {

struct TracePart {
  PartKind kind{};
  // Of a comparison everything; of another part `state` (true: it held, or was taken), `text`, `definition` and the
  // counts.
  ComparisonReport report;
  bool inherited = false;  // from the rule whose id stands as the definition
  std::size_t depth = 0;   // in how many other parts, and bodies of definitions, it stands
};

struct Trace {
  bool verdict = false;    // whether the condition holds
  bool alerts = false;     // whether that is an alert
  bool exhausted = false;  // the budget ran out: the rest means nothing
  std::vector<TracePart>
      parts;         // in the order of the text, those of a definition after the part that first asks for it
  AlertTexts texts;  // as they would be, alert or not
  std::vector<MemoryReading> memory;  // what condition and texts read there
  std::optional<MemoryWrite> write;   // what would be written after the event
};

// Evaluates the rule's condition, short-circuiting nothing, then its texts.
[[nodiscard]] Trace trace_rule(Interpreter& interpreter, const CheckedPack& pack, const CheckedRule& rule,
                               const EvaluationInput& input);

// "a match", "no match", of a policy "compliant", "not compliant"; or that the evaluation was given up.
[[nodiscard]] std::string_view verdict_words(const Rule& rule, const Trace& trace);

}  // namespace picket
