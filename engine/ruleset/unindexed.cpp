#include "engine/ruleset/unindexed.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/plan/plan.hpp"

namespace picket {
namespace {

// "`A` and `B`", "`A`, `B` and `C`".
std::string listed(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 < names.size() ? ", " : " and ";
    text += "`" + std::string(names[i]) + "`";
  }
  return text;
}

std::string message_of(const Rule& rule, const std::vector<std::string_view>& log_types) {
  const std::string message =
      (rule.remember ? "this rule, for its `Condition` or for its `When`," : std::string("this condition")) +
      " must be evaluated for every event";
  if (rule.log_types.empty()) return message + " without a log type";
  std::set<std::string_view> all;
  for (const Located<std::string>& log_type : rule.log_types) all.insert(log_type.value);
  if (log_types.size() == all.size()) return message + " of its log type" + (all.size() == 1 ? "" : "s");
  return message + " of " + listed(log_types) + ", though not of its other log type" +
         (all.size() - log_types.size() == 1 ? "" : "s");
}

// A file may hold a condition without lines, which is true.
SourceSpan span_of(const Rule& rule) {
  if (rule.remember) return rule.remember->span;
  const Block& condition = rule.condition;
  if (condition.lines.empty()) return condition.span;
  return cover(condition.lines.front().span, condition.lines.back().span);
}

}  // namespace

void lint_unindexed_conditions(const RuleSet& rules, Diagnostics& diagnostics) {
  std::map<RuleIndex, std::vector<std::string_view>> found;
  for (const auto& plan : rules.plan().log_types()) {
    for (const GatedRules& gated : plan->always) {
      for (const PlannedRuleId id : gated.rules) {
        // What holds for every event costs nothing to evaluate, and is constant-condition's to tell.
        const bool costs = plan->programs[id] != accepted || plan->rules[id].rule->uses_memory;
        if (!costs || plan->rules[id].rule->rule->kind != RuleKind::rule) continue;
        found[plan->rules[id].index].push_back(plan->log_type);
      }
    }
  }
  for (const auto& [index, log_types] : found) {
    const Rule& rule = *rules.rules()[index]->rule;
    Diagnostic& diagnostic =
        diagnostics.add(Code::unindexed_condition, rule.source, span_of(rule), message_of(rule, log_types));
    diagnostic.help =
        std::string(rule.remember ? "add to each " : "add ") +
        "a comparison of a field with a constant that must hold, such as `eventName in [...]`; by `ne` and `not` no "
        "rule is found";
  }
}

}  // namespace picket
