#include "engine/ruletest/trace.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/eval/remember.hpp"
#include "engine/ruletest/lineage.hpp"

namespace picket {
namespace {

using Key = std::tuple<const Source*, std::uint32_t, std::uint32_t, PartKind>;

Key key_of(const Site& site, PartKind kind) { return {site.source.get(), site.span.begin, site.span.end, kind}; }

// A branch, an arm or a body has no operands to tell of.
ComparisonReport whole_part(const ConditionPart& part, const std::vector<const Observation*>& seen) {
  ComparisonReport report;
  report.site = part.site;
  report.text = written_at(*part.site);
  report.times = seen.size();
  report.times_true = static_cast<std::size_t>(
      std::count_if(seen.begin(), seen.end(), [](const Observation* one) { return one->result; }));
  report.state = seen.empty() ? ComparisonState::not_reached
                              : (report.times_true > 0 ? ComparisonState::is_true : ComparisonState::is_false);
  return report;
}

bool within(const Site& inner, const Site& outer) {
  return inner.source == outer.source && outer.span.begin <= inner.span.begin && inner.span.end <= outer.span.end &&
         !(inner.span == outer.span);
}

// How deep each part stands: in parts before it that hold it, one deeper in a definition.
void set_depths(std::vector<TracePart>& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    TracePart& part = parts[i];
    if (!part.report.definition.empty()) part.depth = 1;
    for (std::size_t k = 0; k < i; ++k) {
      const bool value = parts[k].kind == PartKind::comparison;
      if (within(*part.report.site, *parts[k].report.site) ||
          (!value && part.kind == PartKind::comparison && *part.report.site == *parts[k].report.site)) {
        ++part.depth;
      }
    }
  }
}

}  // namespace

Trace trace_rule(Interpreter& interpreter, const CheckedPack& pack, const CheckedRule& rule,
                 const EvaluationInput& input) {
  Trace trace;
  interpreter.start(input);
  trace.verdict = interpreter.holds(rule.condition);
  trace.exhausted = interpreter.exhausted();
  for (const OwnParts& own : parts_by_rule(pack, rule, input.mocks != nullptr)) {
    std::vector<Observation> observations;
    interpreter.start(input);
    interpreter.observe(&observations, Thoroughness::everything);
    static_cast<void>(interpreter.holds(own.rule->condition));
    interpreter.observe(nullptr);
    trace.exhausted = trace.exhausted || interpreter.exhausted();

    std::map<Key, std::vector<const Observation*>> seen;
    for (const Observation& one : observations) seen[key_of(*one.site, one.part)].push_back(&one);
    for (const ConditionPart& part : own.parts) {
      const std::vector<const Observation*>& all = seen[key_of(*part.site, part.kind)];
      TracePart& traced = trace.parts.emplace_back();
      traced.kind = part.kind;
      traced.report =
          part.kind == PartKind::comparison ? report_on(part.site, all, *input.event) : whole_part(part, all);
      traced.report.definition = definition_of(*part.site, pack, *own.rule->rule);
      if (!traced.report.definition.empty() || own.rule == &rule) continue;
      traced.inherited = true;
      traced.report.definition = own.rule->rule->id.value;
    }
  }
  set_depths(trace.parts);

  interpreter.start(input);
  trace.alerts = alerts(*rule.rule, trace.verdict);
  trace.texts = alert_texts(interpreter, rule);
  trace.write = write_of(interpreter, rule);
  static_cast<void>(interpreter.holds(rule.condition));
  trace.memory = readings_of(interpreter);
  return trace;
}

std::string_view verdict_words(const Rule& rule, const Trace& trace) {
  if (trace.exhausted) return "gave up: the rule is too costly for this event";
  if (rule.kind == RuleKind::policy) return trace.verdict ? "compliant" : "not compliant";
  return trace.verdict ? "a match" : "no match";
}

}  // namespace picket
