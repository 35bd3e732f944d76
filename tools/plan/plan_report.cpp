#include "tools/plan/plan_report.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "engine/plan/plan.hpp"
#include "tools/plan/plan_words.hpp"

namespace picket {
namespace {

FoundBy way_of(AccessKind kind) {
  switch (kind) {
    case AccessKind::equal_text:
    case AccessKind::equal_number:
    case AccessKind::equal_bool:
      return FoundBy::equality;
    case AccessKind::prefix:
      return FoundBy::prefix;
    case AccessKind::suffix:
      return FoundBy::suffix;
    case AccessKind::substring:
    case AccessKind::within:
      return FoundBy::substring;
    case AccessKind::at_least:
    case AccessKind::at_most:
      return FoundBy::bound;
    case AccessKind::network:
      return FoundBy::network;
    case AccessKind::container:
      return FoundBy::container;
    case AccessKind::present:
      return FoundBy::presence;
  }
  return FoundBy::several;
}

FoundBy way_of(const PlannedRule& rule) {
  if (rule.cover.empty()) return rule.share < 1 ? FoundBy::never : FoundBy::every_event;
  std::set<FoundBy> ways;
  for (const AccessKey& key : rule.cover) ways.insert(way_of(key.kind));
  // A text that is contained may be so in a list.
  if (ways.contains(FoundBy::substring)) ways.erase(FoundBy::container);
  return ways.size() == 1 ? *ways.begin() : FoundBy::several;
}

// The steps that may be taken from one on, in the order in which they are: targets have smaller numbers.
std::vector<StepId> steps_from(const LogTypePlan& plan, StepId first) {
  std::set<StepId, std::greater<>> open;
  const auto reach = [&open](StepId step) {
    if (step != accepted && step != rejected) open.insert(step);
  };
  std::vector<StepId> steps;
  reach(first);
  while (!open.empty()) {
    steps.push_back(*open.begin());
    open.erase(open.begin());
    reach(plan.steps[steps.back()].on_true);
    reach(plan.steps[steps.back()].on_false);
  }
  return steps;
}

RuleReport report_on(const LogTypePlan& plan, PlannedRuleId id) {
  const PlannedRule& planned = plan.rules[id];
  RuleReport report;
  report.planned = &planned;
  report.found_by = way_of(planned);
  report.share = planned.share;
  std::set<PredicateId> predicates;
  for (const StepId step : steps_from(plan, plan.programs[id])) predicates.insert(plan.steps[step].predicate);
  for (const PredicateId predicate : predicates) {
    report.cost += plan.predicates[predicate].cost;
    report.interpreted += plan.predicates[predicate].kind == Predicate::Kind::residual ? 1 : 0;
  }
  report.predicates = predicates.size();
  report.cost *= report.share;
  return report;
}

// `steps`: those of the program.
StepReport report_on_step(const PlanWords& words, const LogTypePlan& plan, const std::vector<StepId>& steps, StepId id,
                          std::size_t most_values) {
  const auto target = [&steps](StepId step) {
    StepReport::Target made;
    made.holds = step == accepted;
    if (step != accepted && step != rejected) {
      const auto place = std::ranges::lower_bound(steps, step, std::greater<>());
      made.step = static_cast<std::size_t>(place - steps.begin());
    }
    return made;
  };
  const Step& step = plan.steps[id];
  const Predicate& predicate = plan.predicates[step.predicate];
  return {.text = words.predicate(step.predicate, most_values),
          .interpreted = predicate.kind == Predicate::Kind::residual,
          .is_definition = predicate.kind == Predicate::Kind::program,
          .cost = predicate.cost,
          .on_true = target(step.on_true),
          .on_false = target(step.on_false)};
}

PredicateCounts count_predicates(const LogTypePlan& plan) {
  PredicateCounts counts;
  for (const Predicate& predicate : plan.predicates) {
    switch (predicate.kind) {
      case Predicate::Kind::compare:
        ++counts.comparisons;
        break;
      case Predicate::Kind::is:
      case Predicate::Kind::truth:
        ++counts.kinds;
        break;
      case Predicate::Kind::program:
        ++counts.definitions;
        break;
      case Predicate::Kind::residual:
        ++counts.interpreted;
        break;
    }
  }
  return counts;
}

}  // namespace

std::string_view spelling(FoundBy way) {
  switch (way) {
    case FoundBy::equality:
      return "equality";
    case FoundBy::prefix:
      return "prefix";
    case FoundBy::suffix:
      return "suffix";
    case FoundBy::substring:
      return "substring";
    case FoundBy::bound:
      return "bound";
    case FoundBy::network:
      return "network";
    case FoundBy::container:
      return "container";
    case FoundBy::presence:
      return "presence";
    case FoundBy::several:
      return "several";
    case FoundBy::every_event:
      return "every_event";
    case FoundBy::never:
      return "never";
  }
  return "";
}

LogTypeReport report_on(const LogTypePlan& plan, std::size_t sampled) {
  LogTypeReport report;
  report.plan = &plan;
  report.sampled = sampled;
  for (const FieldPathKeys& path : plan.paths) report.fields += path.keys.empty() ? 0 : 1;
  std::map<FieldId, std::size_t> rules_by_field;
  for (PlannedRuleId id = 0; id < plan.rules.size(); ++id) {
    std::set<FieldId> fields;
    for (const AccessKey& key : plan.rules[id].cover) fields.insert(key.field);
    for (const FieldId field : fields) ++rules_by_field[field];
    report.rules.push_back(report_on(plan, id));
    ++report.found_by[static_cast<std::size_t>(report.rules.back().found_by)];
  }
  for (const auto& [field, count] : rules_by_field) report.searched.push_back(field);
  std::ranges::stable_sort(report.searched,
                           [&](FieldId a, FieldId b) { return rules_by_field.at(a) > rules_by_field.at(b); });
  report.predicates = count_predicates(plan);
  std::ranges::stable_sort(report.rules, [](const auto& a, const auto& b) { return a.cost > b.cost; });
  return report;
}

std::vector<ProgramReport> programs_of(const CheckedPack& pack, const LogTypePlan& plan, const PlannedRule& planned,
                                       std::size_t most_values) {
  const PlanWords words(pack, plan);
  std::vector<ProgramReport> programs(1);
  std::vector<StepId> firsts = {plan.programs[static_cast<std::size_t>(&planned - plan.rules.data())]};
  std::set<PredicateId> met;
  for (std::size_t program = 0; program < firsts.size(); ++program) {
    const std::vector<StepId> steps = steps_from(plan, firsts[program]);
    for (const StepId id : steps) {
      programs[program].steps.push_back(report_on_step(words, plan, steps, id, most_values));
      const PredicateId asked = plan.steps[id].predicate;
      if (plan.predicates[asked].kind != Predicate::Kind::program || !met.insert(asked).second) continue;
      programs.push_back({.definition = words.predicate(asked, most_values), .steps = {}});
      firsts.push_back(plan.predicates[asked].program);
    }
  }
  return programs;
}

}  // namespace picket
