// The plan for people.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "engine/plan/plan.hpp"
#include "tools/plan/plan_report.hpp"
#include "tools/plan/plan_words.hpp"
#include "tools/report/counted.hpp"
#include "tools/run/figures.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t most_rules = 10;  // of a log type, unless all are asked for
constexpr std::size_t most_named = 10;  // rules without a cover, fields
constexpr std::size_t widest_id = 48;   // columns; longer ones stand out
constexpr std::size_t narrowest_room = 30;
constexpr std::size_t values_in_table = 3;
constexpr std::size_t values_in_detail = 40;
constexpr std::size_t widest_predicate = 90;

// "1.2 %", "0.06 %".
std::string percent(double share) {
  if (share == 0) return "0 %";
  const double value = share * 100;
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), value >= 9.95 ? "%.0f %%" : (value >= 0.095 ? "%.1f %%" : "%.2f %%"),
                value);
  return buffer.data();
}

// For a thousand events.
std::string cost_text(double cost) {
  std::array<char, 32> buffer{};
  const double value = cost * 1000;
  if (value == 0 || value >= 9.95) return with_commas(static_cast<std::uint64_t>(std::llround(value)));
  std::snprintf(buffer.data(), buffer.size(), "%.1f", value);
  return buffer.data();
}

std::string right(const std::string& text, std::size_t columns) {
  return std::string(columns - std::min(columns, columns_of(text)), ' ') + text;
}
std::string left(const std::string& text, std::size_t columns) {
  return text + std::string(columns - std::min(columns, columns_of(text)), ' ');
}

const std::string& id_of(const RuleReport& report) { return report.planned->rule->rule->id.value; }

std::string name_of(const LogTypePlan& plan) {
  return plan.log_type.empty() ? "events without a log type" : escape_controls(plan.log_type);
}

// "equality 43, prefix 1" of what is not nought.
std::string listed(const std::vector<std::pair<std::string_view, std::size_t>>& counts) {
  std::string text;
  for (const auto& [name, count] : counts) {
    if (count > 0) text += (text.empty() ? "" : ", ") + std::string(name) + " " + with_commas(count);
  }
  return text.empty() ? "none" : text;
}

std::string_view heading_of(FoundBy way) {
  if (way == FoundBy::several) return "several ways";
  return way == FoundBy::never ? "not sought" : spelling(way);
}

std::string found_by_text(const LogTypeReport& report) {
  std::vector<std::pair<std::string_view, std::size_t>> counts;
  for (std::size_t way = 0; way < ways_to_be_found; ++way) {
    if (static_cast<FoundBy>(way) == FoundBy::every_event) continue;
    counts.emplace_back(heading_of(static_cast<FoundBy>(way)), report.found_by[way]);
  }
  return listed(counts);
}

// "50 read, 2 to find rules by: eventName, errorCode".
std::string fields_text(const PlanWords& words, const LogTypeReport& report, bool all) {
  std::string text = with_commas(report.fields) + " read, " + with_commas(report.searched.size()) + " to find rules by";
  const std::size_t shown = all ? report.searched.size() : std::min(report.searched.size(), most_named);
  for (std::size_t i = 0; i < shown; ++i) {
    text += (i == 0 ? ": " : ", ") + escape_controls(words.field(report.searched[i]));
  }
  return text + (shown < report.searched.size() ? ", …" : "");
}

// The rules without a cover, by name.
std::string unindexed_text(const LogTypeReport& report, bool all) {
  std::vector<std::string> names;
  std::vector<PlannedRuleId> ids;
  for (const GatedRules& gated : report.plan->always) ids.insert(ids.end(), gated.rules.begin(), gated.rules.end());
  std::sort(ids.begin(), ids.end());
  for (const PlannedRuleId id : ids) names.push_back(escape_controls(report.plan->rules[id].rule->rule->id.value));
  if (names.empty()) return "none";
  std::string text;
  const std::size_t shown = all ? names.size() : std::min(names.size(), most_named);
  for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (shown < names.size()) text += " and " + std::to_string(names.size() - shown) + " more";
  return counted(names.size(), "rule") + ": " + text;
}

// What a rule is found by, in words.
std::string cover_text(const PlanWords& words, const RuleReport& report, std::size_t most_values) {
  if (report.found_by == FoundBy::never) return "nothing: it can match no event";
  if (report.found_by == FoundBy::every_event) return "nothing: it is looked at for every event";
  return escape_controls(words.cover(report.planned->cover, most_values));
}

std::string source_of_shares(const LogTypeReport& report) {
  if (report.sampled == 0) return "guessed";
  return "learned from " + count_text(report.sampled, "event");
}

std::string looked_at_text(const LogTypeReport& report, const RuleReport& rule) {
  if (rule.found_by == FoundBy::never) return "in no event";
  if (rule.found_by == FoundBy::every_event) return "in every event";
  return "in " + percent(rule.share) + " of the events, " + source_of_shares(report);
}

// Texts in columns: numbers to the right, the rest to the left, the last cut to what is left.
std::string rule_table(const CheckedPack& pack, const LogTypeReport& report, std::size_t shown, Palette paint,
                       std::size_t columns) {
  const PlanWords words(pack, *report.plan);
  const std::string cost_heading = "cost";
  std::size_t id_columns = 4;
  std::size_t cost_columns = cost_heading.size();
  for (std::size_t i = 0; i < shown; ++i) {
    id_columns = std::max(id_columns, std::min(columns_of(escape_controls(id_of(report.rules[i]))), widest_id));
    cost_columns = std::max(cost_columns, cost_text(report.rules[i].cost).size());
  }
  constexpr std::size_t share_columns = 7;
  constexpr std::size_t predicate_columns = 10;
  const std::size_t before = 2 + cost_columns + 2 + share_columns + 2 + predicate_columns + 2 + id_columns + 2;
  const std::size_t room = std::max(columns, before + narrowest_room) - before;
  std::string text = "  " + right(cost_heading, cost_columns) + "  " + right("events", share_columns) + "  " +
                     right("predicates", predicate_columns) + "  " + left("rule", id_columns) + "  found by";
  text = paint(Style::dim, text) + "\n";
  for (std::size_t i = 0; i < shown; ++i) {
    const RuleReport& rule = report.rules[i];
    text += "  " + right(cost_text(rule.cost), cost_columns) + "  " + right(percent(rule.share), share_columns) + "  " +
            right(std::to_string(rule.predicates), predicate_columns) + "  " +
            left(escape_controls(id_of(rule)), id_columns) + "  ";
    const bool always = rule.found_by == FoundBy::every_event;
    const std::string cover = shorten(cover_text(words, rule, values_in_table), room);
    text += (always ? paint(Style::warning, cover) : cover) + "\n";
  }
  return text;
}

std::string row(std::string_view heading, const std::string& text, std::size_t columns) {
  constexpr std::size_t heading_columns = 13;
  return "  " + left(std::string(heading), heading_columns) + wrap(text, columns, heading_columns + 2) + "\n";
}

std::string overview(const CheckedPack& pack, const LogTypeReport& report, bool all, Palette paint,
                     std::size_t columns) {
  const PredicateCounts& predicates = report.predicates;
  const std::size_t sum = predicates.comparisons + predicates.kinds + predicates.definitions + predicates.interpreted;
  std::string text =
      paint(Style::strong, name_of(*report.plan)) + ": " + count_text(report.rules.size(), "rule") + "\n";
  text += row("fields", fields_text(PlanWords(pack, *report.plan), report, all), columns);
  text += row("predicates",
              with_commas(sum) + ": " +
                  listed({{"comparisons", predicates.comparisons},
                          {"kinds and truths", predicates.kinds},
                          {"shared definitions", predicates.definitions},
                          {"interpreted", predicates.interpreted}}),
              columns);
  text += row("found by", found_by_text(report), columns);
  text += row("unindexed", unindexed_text(report, all), columns);
  const std::size_t shown = all ? report.rules.size() : std::min(report.rules.size(), most_rules);
  double total = 0;
  double of_shown = 0;
  for (std::size_t i = 0; i < report.rules.size(); ++i) {
    total += report.rules[i].cost;
    if (i < shown) of_shown += report.rules[i].cost;
  }
  std::string heading = "all rules, the dearest first";
  if (shown < report.rules.size()) {
    heading = "the " + std::to_string(shown) + " dearest rules";
    if (total > 0) heading += ", " + percent(of_shown / total) + " of the cost of all";
  }
  text += "\n  " + heading + " (shares of events " + source_of_shares(report) + "):\n";
  return text + rule_table(pack, report, shown, paint, columns);
}

// What comes of a program at its ends.
struct Ends {
  std::string_view holds;
  std::string_view fails;
};

std::string target_text(const StepReport::Target& target, std::size_t place, const Ends& ends) {
  if (!target.step) return std::string(target.holds ? ends.holds : ends.fails);
  return *target.step == place + 1 ? "go on" : "go to " + std::to_string(*target.step + 1);
}

std::string program_table(const ProgramReport& program, const Ends& ends, Palette paint, std::size_t columns) {
  constexpr std::size_t target_columns = 10;
  const std::size_t number_columns = std::to_string(program.steps.size()).size();
  const std::size_t fixed = 4 + number_columns + 2 + 4 + 2 + 2 + 2 * target_columns;
  const std::size_t room = std::min(widest_predicate, std::max(columns, fixed + narrowest_room) - fixed);
  std::size_t text_columns = 9;
  std::vector<std::string> texts;
  for (const StepReport& step : program.steps) {
    std::string words = escape_controls(step.text);
    const std::string mark = step.interpreted ? "  (interpreted)" : (step.is_definition ? "  (definition)" : "");
    texts.push_back(shorten(words, room - mark.size()) + mark);
    text_columns = std::max(text_columns, columns_of(texts.back()));
  }
  std::string text =
      paint(Style::dim, "    " + std::string(number_columns, ' ') + "  cost  " + left("predicate", text_columns) +
                            "  " + left("if true", target_columns) + "if false") +
      "\n";
  for (std::size_t i = 0; i < program.steps.size(); ++i) {
    const StepReport& step = program.steps[i];
    text += "    " + right(std::to_string(i + 1), number_columns) + "  " + right(std::to_string(step.cost), 4) + "  " +
            left(texts[i], text_columns) + "  " + left(target_text(step.on_true, i, ends), target_columns) +
            target_text(step.on_false, i, ends) + "\n";
  }
  return text;
}

std::string detail(const CheckedPack& pack, const LogTypeReport& report, const RuleReport& rule, Palette paint,
                   std::size_t columns) {
  const PlanWords words(pack, *report.plan);
  std::string text = "\n" + paint(Style::strong, name_of(*report.plan)) + "\n";
  text += row("found by", cover_text(words, rule, values_in_detail), columns);
  text += row("looked at", looked_at_text(report, rule), columns);
  text += row("cost", cost_text(rule.cost) + " for 1,000 events", columns);
  const std::vector<ProgramReport> programs = programs_of(pack, *report.plan, *rule.planned, values_in_table);
  std::size_t interpreted = 0;
  for (const ProgramReport& program : programs) {
    for (const StepReport& step : program.steps) interpreted += step.interpreted ? 1 : 0;
  }
  text += row("interpreted", interpreted == 0 ? "nothing: all of it is compiled" : count_text(interpreted, "predicate"),
              columns);
  const bool remembers = rule.planned->rule->uses_memory;
  if (remembers) text += row("memory", "what is found here is decided later, one event after another", columns);
  for (const ProgramReport& program : programs) {
    if (program.steps.empty()) continue;
    const bool of_rule = program.definition.empty();
    std::string heading = remembers ? "what may match or be remembered" : "the condition";
    heading += ", in the order in which it is evaluated";
    if (!of_rule) heading = "`" + escape_controls(program.definition) + "`, decided once for an event";
    const Ends of_condition = remembers ? Ends{"perhaps", "neither"} : Ends{"match", "no match"};
    const Ends ends = of_rule ? of_condition : Ends{"true", "false"};
    text += "\n  " + heading + ":\n" + program_table(program, ends, paint, columns);
  }
  return text;
}

std::string human_rule(const RuleSet& rules, const std::vector<LogTypeReport>& reports, const PlanView& view,
                       Palette paint, std::size_t columns) {
  std::string text;
  for (const LogTypeReport& report : reports) {
    for (const RuleReport& rule : report.rules) {
      if (id_of(rule) != view.rule) continue;
      if (text.empty()) {
        const Rule& written = *rule.planned->rule->rule;
        const LineColumn place = written.source->locate(written.condition.span.begin);
        text = paint(Style::strong, escape_controls(view.rule)) + "\n  " +
               paint(Style::place, escape_controls(written.source->name()) + ":" + std::to_string(place.line)) + "\n";
      }
      text += detail(rules.pack(), report, rule, paint, columns);
    }
  }
  return text;
}

// What the numbers mean.
constexpr std::string_view legend =
    "events: the share of the log type's events in which the rule is looked at, an estimate.\n"
    "cost: that share, times what the rule's predicates cost together, for 1,000 events; `eq` costs 1, `contains` 3,\n"
    "a regex 9, what is interpreted 20. Most events need less: the first predicate that settles it ends a rule.\n";

}  // namespace

std::string human_plan(const RuleSet& rules, const std::vector<LogTypeReport>& reports, const PlanView& view,
                       Palette paint, std::size_t columns) {
  if (!view.rule.empty()) {
    return human_rule(rules, reports, view, paint, columns) + "\n" + paint(Style::dim, std::string(legend));
  }
  std::string text;
  for (const LogTypeReport& report : reports) text += overview(rules.pack(), report, view.all, paint, columns) + "\n";
  return text + paint(Style::dim, std::string(legend));
}

}  // namespace picket
