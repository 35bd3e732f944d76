// The plan for programs.
#include "engine/event/value.hpp"
#include "engine/plan/plan.hpp"
#include "grammar/text/unicode.hpp"
#include "tools/plan/plan_report.hpp"
#include "tools/plan/plan_words.hpp"

namespace picket {
namespace {

constexpr std::size_t all_values = 1000;  // of a cover or a predicate

Value count(std::size_t number) { return static_cast<std::int64_t>(number); }

Value target_value(const StepReport::Target& target) { return target.step ? count(*target.step) : Value(target.holds); }

Value program_object(const ProgramReport& program) {
  List steps;
  for (const StepReport& step : program.steps) {
    steps.emplace_back(Object{{"predicate", valid_utf8(step.text)},
                              {"cost", count(step.cost)},
                              {"interpreted", step.interpreted},
                              {"if_true", target_value(step.on_true)},
                              {"if_false", target_value(step.on_false)}});
  }
  return Object{{"definition", program.definition.empty() ? Value() : Value(valid_utf8(program.definition))},
                {"steps", std::move(steps)}};
}

Value rule_object(const CheckedPack& pack, const PlanWords& words, const LogTypeReport& report, const RuleReport& rule,
                  bool in_detail) {
  const Rule& written = *rule.planned->rule->rule;
  const bool found = !rule.planned->cover.empty();
  Object object{{"rule_id", written.id.value},
                {"file", valid_utf8(written.source->name())},
                {"found_by", spelling(rule.found_by)},
                {"cover", found ? Value(valid_utf8(words.cover(rule.planned->cover, all_values))) : Value()},
                {"share", rule.share},
                {"cost", rule.cost},
                {"predicates", count(rule.predicates)},
                {"interpreted", count(rule.interpreted)}};
  if (!in_detail) return object;
  List programs;
  for (const ProgramReport& program : programs_of(pack, *report.plan, *rule.planned, all_values)) {
    programs.push_back(program_object(program));
  }
  object.set("programs", std::move(programs));
  return object;
}

Value log_type_object(const CheckedPack& pack, const LogTypeReport& report, const PlanView& view) {
  const PlanWords words(pack, *report.plan);
  Object found_by;
  for (std::size_t way = 0; way < ways_to_be_found; ++way) {
    found_by.set(std::string(spelling(static_cast<FoundBy>(way))), count(report.found_by[way]));
  }
  List rules;
  for (const RuleReport& rule : report.rules) {
    if (!view.rule.empty() && rule.planned->rule->rule->id.value != view.rule) continue;
    rules.push_back(rule_object(pack, words, report, rule, !view.rule.empty()));
  }
  const PredicateCounts& predicates = report.predicates;
  return Object{{"log_type", report.plan->log_type.empty() ? Value() : Value(report.plan->log_type)},
                {"sampled_events", count(report.sampled)},
                {"fields", Object{{"read", count(report.fields)}, {"searched", count(report.searched.size())}}},
                {"predicates", Object{{"comparisons", count(predicates.comparisons)},
                                      {"kinds", count(predicates.kinds)},
                                      {"definitions", count(predicates.definitions)},
                                      {"interpreted", count(predicates.interpreted)}}},
                {"found_by", std::move(found_by)},
                {"rules", std::move(rules)}};
}

}  // namespace

std::string json_plan(const RuleSet& rules, const std::vector<LogTypeReport>& reports, const PlanView& view) {
  List log_types;
  for (const LogTypeReport& report : reports) log_types.push_back(log_type_object(rules.pack(), report, view));
  return to_json(Object{{"log_types", std::move(log_types)}}) + "\n";
}

}  // namespace picket
