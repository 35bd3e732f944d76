// The mutants as JSON.
#include "engine/event/value.hpp"
#include "grammar/text/unicode.hpp"
#include "tools/mutate/mutate_report.hpp"

namespace picket {
namespace {

Value count(std::size_t number) { return static_cast<std::int64_t>(number); }

std::string_view word_of(Fate fate) {
  switch (fate) {
    case Fate::killed:
      return "killed";
    case Fate::survived:
      return "survived";
    case Fate::equivalent:
      return "equivalent";
  }
  return {};
}

Value killer_object(const std::optional<KillingEvent>& killer) {
  if (!killer) return nullptr;
  List changes;
  for (const EventChange& change : killer->changes) {
    Object one{{"path", valid_utf8(print_path(change.path))}};
    if (change.value) one.set("value", *change.value);
    changes.emplace_back(std::move(one));
  }
  return Object{{"test", killer->base == nullptr ? Value() : Value(valid_utf8(killer->base->name.value))},
                {"changes", std::move(changes)},
                {"event", killer->event},
                {"verdict", killer->verdict}};
}

Value mutant_object(const MutantResult& mutant, const Source& source) {
  const LineColumn place = source.locate(mutant.span.begin);
  List diff;
  for (const std::string& line : diff_of(mutant, source)) diff.emplace_back(valid_utf8(line));
  return Object{{"mistake", spelling(mutant.mistake)},
                {"line", std::int64_t{place.line}},
                {"column", std::int64_t{place.column}},
                {"diff", std::move(diff)},
                {"fate", word_of(mutant.fate)},
                {"killed_by", mutant.killed_by == nullptr ? Value() : Value(valid_utf8(mutant.killed_by->name.value))},
                {"killer", killer_object(mutant.killer)}};
}

}  // namespace

std::string json_mutate(const MutateReport& report) {
  List rules;
  std::size_t mutants = 0;
  for (const RuleMutation& rule : report.rules) {
    const Source& source = *rule.rule->rule->source;
    List objects;
    for (const MutantResult& mutant : rule.mutants) objects.push_back(mutant_object(mutant, source));
    mutants += rule.mutants.size();
    rules.emplace_back(Object{{"rule_id", valid_utf8(rule.rule->rule->id.value)},
                              {"file", valid_utf8(source.name())},
                              {"killed", count(rule.count(Fate::killed))},
                              {"survived", count(rule.count(Fate::survived))},
                              {"equivalent", count(rule.count(Fate::equivalent))},
                              {"not_tried", count(rule.left_out)},
                              {"mutants", std::move(objects)}});
  }
  const Value summary = Object{{"rules", count(report.rules.size())},
                               {"mutants", count(mutants)},
                               {"killed", count(report.count(Fate::killed))},
                               {"survived", count(report.count(Fate::survived))},
                               {"equivalent", count(report.count(Fate::equivalent))},
                               {"score", report.score()},
                               {"tests_written", count(report.written)}};
  return to_json(Object{{"summary", summary}, {"rules", std::move(rules)}}) + "\n";
}

}  // namespace picket
