// Conditions that say "all of these": as far as a rule is one, it can be told whether it holds wherever another does.
#pragma once

#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/catalog/indicators.hpp"

namespace picket {

// A comparison all of whose values are constant: it holds if one of them fits, or, negated, if none does.
struct ConjunctionPart {
  std::string field;
  IndicatorKind kind{};
  bool folded = false;
  bool negated = false;
  std::vector<std::string> values;  // as JSON, so that 1 and "1" differ; sorted, each once
  friend bool operator==(const ConjunctionPart&, const ConjunctionPart&) = default;
};

struct Conjunction {
  std::vector<ConjunctionPart> parts;
  // Whether the parts are the whole condition; else it asks for more than they do.
  bool whole = false;
};

[[nodiscard]] Conjunction conjunction_of(const CheckedPack& pack, const CheckedRule& rule);

// Whether every event that fits `narrow` fits `wide`, as far as that follows from their parts one by one. False says
// nothing.
[[nodiscard]] bool implies(const Conjunction& narrow, const Conjunction& wide);

}  // namespace picket
