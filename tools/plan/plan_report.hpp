// What `picket plan` says: the plans of a rule set in numbers and words, and the reports of it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/field_trie.hpp"
#include "engine/ruleset/ruleset.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

struct LogTypePlan;
struct PlannedRule;

// By what a rule is found.
enum class FoundBy : std::uint8_t {
  equality,
  prefix,
  suffix,
  substring,  // that `contains`, a glob or a regex asks for
  bound,      // a number is not below or not above it
  network,    // an address is in it
  container,  // a field is a list or an object
  presence,
  several,      // some of the above
  every_event,  // by nothing
  never,        // it can match no event, and is not sought
};
constexpr std::size_t ways_to_be_found = 11;
// "equality", "every_event", …
[[nodiscard]] std::string_view spelling(FoundBy way);

// One predicate of a program.
struct StepReport {
  std::string text;
  bool interpreted = false;    // not compiled: the interpreter decides it
  bool is_definition = false;  // decided once for an event, whichever rules ask
  std::size_t cost = 0;
  // Where it goes on from here: the place of a step in the list, or the end.
  struct Target {
    std::optional<std::size_t> step;
    bool holds = false;  // at the end: what came of it
  };
  Target on_true;
  Target on_false;
};
// The condition of a rule, or a definition that it asks.
struct ProgramReport {
  std::string definition;         // its name; empty of a rule's
  std::vector<StepReport> steps;  // in the order in which they are taken
};

struct RuleReport {
  const PlannedRule* planned = nullptr;
  FoundBy found_by{};
  double share = 1;  // of the log type's events in which the rule is a candidate
  std::size_t predicates = 0;
  std::size_t interpreted = 0;  // of them
  double cost = 0;              // of an event, on average, if no predicate of a candidate were spared
};

struct PredicateCounts {
  std::size_t comparisons = 0;
  std::size_t kinds = 0;  // `is`, and fields taken as conditions
  std::size_t definitions = 0;
  std::size_t interpreted = 0;
};

struct LogTypeReport {
  const LogTypePlan* plan = nullptr;
  std::size_t fields = 0;
  std::vector<FieldId> searched;  // those that rules are found by, the most asked first
  PredicateCounts predicates;
  std::array<std::size_t, ways_to_be_found> found_by{};  // rules, by FoundBy
  std::vector<RuleReport> rules;                         // the dearest first
  std::size_t sampled = 0;                               // events that the shares were learned from; 0: guessed
};

[[nodiscard]] LogTypeReport report_on(const LogTypePlan& plan, std::size_t sampled);
// A rule's program and those of the definitions that it asks. REQUIRES: `planned` is of the plan.
[[nodiscard]] std::vector<ProgramReport> programs_of(const CheckedPack& pack, const LogTypePlan& plan,
                                                     const PlannedRule& planned, std::size_t most_values);

struct PlanView {
  bool all = false;  // every rule, not only the dearest
  std::string rule;  // an id: only this one, in detail
};

[[nodiscard]] std::string human_plan(const RuleSet& rules, const std::vector<LogTypeReport>& reports,
                                     const PlanView& view, Palette paint, std::size_t columns);
[[nodiscard]] std::string json_plan(const RuleSet& rules, const std::vector<LogTypeReport>& reports,
                                    const PlanView& view);

}  // namespace picket
