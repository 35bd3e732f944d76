// The mutants as JSON.
#include "engine/event/value.hpp"
#include "engine/ruletest/test_time.hpp"
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

Value name_of(const TestHeading* test) { return test == nullptr ? Value() : Value(valid_utf8(test->name.value)); }

Value killer_object(const KillingEvent& killer) {
  List changes;
  for (const EventChange& change : killer.changes) {
    Object one{{"path", valid_utf8(print_path(change.path))}};
    if (change.value) one.set("value", *change.value);
    changes.emplace_back(std::move(one));
  }
  return Object{{"test", name_of(killer.base)},
                {"changes", std::move(changes)},
                {"event", killer.event},
                {"verdict", killer.verdict}};
}

Value killer_object(const KillingTimes& killer) {
  List times;
  for (const Time time : killer.times) times.push_back(written_time(time));
  return Object{{"test", name_of(killer.base)}, {"at", std::move(times)}, {"alerts", count(killer.alerts)}};
}

Value killer_object(const KillingSignals& killer) {
  List changes;
  for (const std::string& change : killer.changes) changes.emplace_back(valid_utf8(change));
  List signals;
  for (const TestSignal& signal : killer.signals) {
    Object values;
    for (const auto& [field, value] : signal.values) values.set(valid_utf8(field), valid_utf8(value));
    signals.emplace_back(
        Object{{"item", valid_utf8(signal.item)}, {"at", written_time(signal.time)}, {"values", std::move(values)}});
  }
  return Object{{"test", name_of(killer.base)},
                {"changes", std::move(changes)},
                {"signals", std::move(signals)},
                {"verdict", killer.fires}};
}

Value killer_object(const std::optional<Killer>& killer) {
  if (!killer) return nullptr;
  return std::visit([](const auto& one) { return killer_object(one); }, *killer);
}

Value mutant_object(const MutantResult& mutant, const Source& source) {
  const LineColumn place = source.locate(mutant.span.begin);
  List diff;
  for (const std::string& line : diff_of(mutant, source)) diff.emplace_back(valid_utf8(line));
  return Object{{"mistake", spelling(mutant.mistake)},   {"line", std::int64_t{place.line}},
                {"column", std::int64_t{place.column}},  {"diff", std::move(diff)},
                {"fate", word_of(mutant.fate)},          {"killed_by", name_of(mutant.killed_by)},
                {"killer", killer_object(mutant.killer)}};
}

}  // namespace

std::string json_mutate(const MutateReport& report) {
  List rules;
  std::size_t mutants = 0;
  for (const RuleMutation& rule : report.rules) {
    const Source& source = *rule.about().source;
    List objects;
    for (const MutantResult& mutant : rule.mutants) objects.push_back(mutant_object(mutant, source));
    mutants += rule.mutants.size();
    rules.emplace_back(Object{{"rule_id", valid_utf8(rule.about().id.value)},
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
