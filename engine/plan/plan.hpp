// Plan: the rules of a rule set as flat arrays, made so that an event costs what it could match, not what there is.
// Each log type has a plan of its own: the paths that its rules ask for in one trie; each distinct comparison once, as
// a predicate; conditions as short programs over predicates; and an index of what must be true of an event for a rule
// to match it. The door of engine/plan.
//
// Immutable once built and safe to share between threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/event/field_trie.hpp"
#include "engine/pattern/pattern.hpp"
#include "engine/plan/access.hpp"
#include "engine/plan/predicate.hpp"
#include "engine/plan/sample.hpp"

namespace picket {

// One step of a program: decide a predicate, go on from there. Steps lie so that every target stands behind its step.
struct Step {
  PredicateId predicate = 0;
  StepId on_true = 0;
  StepId on_false = 0;
};
// Targets that end a program.
constexpr StepId accepted = static_cast<StepId>(-1);
constexpr StepId rejected = static_cast<StepId>(-2);

struct PlannedRule {
  std::uint32_t index = 0;  // RuleSet's RuleIndex
  const CheckedRule* rule = nullptr;
  // What was chosen to find the rule by, for people; empty if every event of the log type is a candidate.
  std::vector<AccessKey> cover;
  double share = 1;  // of the log type's events in which the rule is a candidate: an estimate, for people
};

// That a path's first steps are those of a field.
struct FieldReading {
  FieldId field = no_field;
  std::size_t steps = 0;
};

// Rules whose conditions begin with the same question: none matches where the predicate is not `value`.
struct GatedRules {
  PredicateId gate = no_predicate;  // none: they begin with whatever else
  bool value = true;
  std::vector<PlannedRuleId> rules;
};

// The rules of one log type.
struct LogTypePlan {
  std::string log_type;
  std::vector<FieldPathKeys> paths;  // by FieldId; empty for one that only leads to others
  std::unique_ptr<const FieldTrie> trie;
  FieldId log_type_field = no_field;  // that says what an event's log type is
  // Under which other forms of an event hold its fields (engine/shape); none if log types are not recognised.
  FieldId nested_field = no_field;
  FieldId winlog_field = no_field;
  std::vector<FieldProbe> probes;   // by FieldId
  std::vector<FieldAccess> access;  // by FieldId
  std::vector<Predicate> predicates;
  std::vector<Step> steps;
  std::vector<PlannedRule> rules;  // in the rule set's order
  std::vector<StepId> programs;    // of the rules: their first steps, or ends
  std::vector<GatedRules> always;  // without a cover
  std::deque<Term> terms;          // of residual predicates
  // Whose programs predicates are, for people.
  std::map<PredicateId, DefinitionIndex> definitions;
  // Of fields that residual predicates read, by where they read them.
  std::unordered_map<const FieldTerm*, FieldReading> readings;
};

struct PlanInput {
  const CheckedPack* pack = nullptr;
  struct OfLogType {
    std::string log_type;  // empty: the rules for events without one
    std::vector<std::uint32_t> rules;
  };
  std::vector<const CheckedRule*> rules;
  std::vector<OfLogType> log_types;
  const EventSample* sample = nullptr;  // may be null
};

class Plan {
 public:
  explicit Plan(const PlanInput& input);

  // Null if no rule judges events of this log type.
  [[nodiscard]] const LogTypePlan* find(std::string_view log_type) const;
  // In the order given.
  [[nodiscard]] std::span<const std::unique_ptr<const LogTypePlan>> log_types() const { return log_types_; }
  // A plan without rules, which reads nothing but the log type.
  [[nodiscard]] const LogTypePlan& nothing() const { return *nothing_; }

 private:
  std::vector<std::unique_ptr<const LogTypePlan>> log_types_;
  std::unique_ptr<const LogTypePlan> nothing_;
  std::unordered_map<std::string_view, const LogTypePlan*> by_name_;
};

}  // namespace picket
