#include "tools/trace/trace_report.hpp"

#include <algorithm>
#include <string_view>

#include "engine/ruletest/nearby.hpp"
#include "engine/ruletest/trace_json.hpp"
#include "grammar/text/unicode.hpp"
#include "tools/report/comparison.hpp"
#include "tools/terminal/display.hpp"
#include "tools/test/test_report.hpp"

namespace picket {
namespace {

std::string_view state_of_arm(const ComparisonReport& arm) { return arm.times_true > 0 ? "taken" : "not taken"; }

std::string part_table(const Trace& trace, const Source& source, bool unfold, Palette paint, std::size_t columns) {
  std::size_t number_columns = 1;
  for (const TracePart& part : trace.parts) {
    const Site& site = *part.report.site;
    number_columns = std::max(number_columns, std::to_string(site.source->locate(site.span.begin).line).size());
  }
  std::string text;
  std::string definition;
  for (const TracePart& part : trace.parts) {
    if (!unfold && !part.report.definition.empty() && !part.inherited) continue;
    if (part.report.definition != definition && !part.report.definition.empty()) {
      std::string heading = "in `" + part.report.definition + "`";
      if (part.report.site->source.get() != &source) heading += " of " + part.report.site->source->name();
      text += std::string(comparison_indent(number_columns), ' ') + paint(Style::dim, escape_controls(heading) + ":") +
              "\n";
    }
    definition = part.report.definition;
    text += comparison_lines(part.report,
                             {.number_columns = number_columns,
                              .depth = part.depth,
                              .state = part.kind == PartKind::arm ? state_of_arm(part.report) : "",
                              .lead = lead_of(part.kind)},
                             paint, columns);
  }
  return text;
}

std::string row(std::string_view name, std::string_view value, Palette paint, std::size_t columns) {
  constexpr std::size_t indent = 15;
  const std::string padding(indent - 4 - name.size(), ' ');
  return "    " + paint(Style::dim, name) + padding + wrap(escape_controls(value), columns, indent) + "\n";
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// What the alert says, or would say.
std::string alert_rows(const AlertTexts& texts, const Rule& rule, Palette paint, std::size_t columns) {
  std::string text = row("title", texts.title, paint, columns);
  text += row("severity", alert_word(texts.severity), paint, columns);
  if (texts.dedup != texts.title) text += row("dedup", texts.dedup, paint, columns);
  if (texts.unique) text += row("unique", *texts.unique, paint, columns);
  if (texts.description != rule.description) text += row("description", texts.description, paint, columns);
  if (texts.runbook != rule.runbook) text += row("runbook", texts.runbook, paint, columns);
  if (texts.reference != rule.reference) text += row("reference", texts.reference, paint, columns);
  if (texts.destinations) text += row("sent to", joined(*texts.destinations), paint, columns);
  if (const Object* context = texts.context.object(); context != nullptr && !context->empty()) {
    bool first = true;
    for (const auto& [key, value] : context->entries()) {
      text += row(first ? "context" : "", key + ": " + to_text(value), paint, columns);
      first = false;
    }
  }
  return text;
}

// What was read in the memory, and what is written there.
std::string memory_rows(const Trace& trace, Palette paint, std::size_t columns) {
  if (trace.memory.empty() && !trace.write) return {};
  std::string text = "  the memory\n";
  for (const MemoryReading& reading : trace.memory) text += row("read", in_words(reading), paint, columns);
  if (trace.write) {
    const MemoryWrite& write = *trace.write;
    const std::string kept = write.keep ? ", for " + to_text(Value(*write.keep)) + " from its first write on" : "";
    text += row("written", "`" + write.key + "`: " + short_json(write.value) + kept, paint, columns);
  }
  return text;
}

}  // namespace

std::string human_trace(const CheckedRule& rule, const TracedEvent& event, bool unfold, Palette paint,
                        std::size_t columns) {
  const Trace& trace = event.trace;
  std::string text =
      paint(Style::strong, escape_controls(rule.rule->id.value)) + " on " + escape_controls(event.name) + ": " +
      paint(trace.alerts ? Style::error : Style::good, std::string(verdict_words(*rule.rule, trace))) + "\n";
  text += part_table(trace, *rule.rule->source, unfold, paint, columns);
  text += memory_rows(trace, paint, columns);
  text += trace.alerts ? "  the alert\n" : paint(Style::dim, "  what an alert would say") + "\n";
  return text + alert_rows(trace.texts, *rule.rule, paint, columns);
}

std::string json_traces(const CheckedRule& rule, const std::vector<TracedEvent>& events) {
  List traces;
  for (const TracedEvent& event : events) {
    Object traced{{"event", valid_utf8(event.name)}};
    const Object trace = trace_json(event.trace);
    for (const auto& [key, value] : trace.entries()) traced.set(key, value);
    traces.emplace_back(std::move(traced));
  }
  return to_json(Object{{"rule_id", valid_utf8(rule.rule->id.value)}, {"traces", std::move(traces)}}) + "\n";
}

}  // namespace picket
