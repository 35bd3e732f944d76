// What a pack knows of the rules that correlations name, and where their signals have their values. Internal to
// engine/analyse.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/analyse/correlation_chains.hpp"
#include "engine/pack/pack.hpp"
#include "grammar/ast/expr.hpp"

namespace picket {

// What the pack knows of rules that may signal.
struct KnownRules {
  enum class State : std::uint8_t { fine, disabled, skipped, broken, correlation };
  std::map<std::string, State, std::less<>> states;
  std::vector<std::string> names;  // by which Sigma's correlations may refer to them, too
  CorrelationChains chains;
  bool complete = false;  // whether a rule that is not among them is not there at all

  // The pack must outlive it.
  explicit KnownRules(const Pack& pack);
};

// The steps of a path, as they lead from the event. Lists are looked into anyway, so what takes their elements is no
// step.
[[nodiscard]] std::vector<PathStep> steps_of(const Expr& path);

}  // namespace picket
