#include "engine/tryout/tryout.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <variant>

#include "engine/analyse/analyse.hpp"
#include "engine/event/json.hpp"
#include "engine/pack/pack.hpp"
#include "engine/ruletest/nearby.hpp"
#include "engine/ruletest/setting.hpp"
#include "engine/ruletest/trace_json.hpp"
#include "grammar/text/nearest.hpp"
#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

struct Fault {
  std::string message;
  std::optional<LineColumn> place;  // in the event
};

Value error_json(const Fault& fault) {
  Object error{{"message", valid_utf8(fault.message)}};
  error.set("line", fault.place ? Value(std::int64_t{fault.place->line}) : Value());
  error.set("column", fault.place ? Value(std::int64_t{fault.place->column}) : Value());
  return error;
}

List diagnostics_json(const Diagnostics& diagnostics) {
  List list;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    const LineColumn place = diagnostic.source->locate(diagnostic.span.begin);
    list.emplace_back(Object{{"code", row_of(diagnostic.code).word},
                             {"level", spelling(diagnostic.level)},
                             {"file", valid_utf8(diagnostic.source->name())},
                             {"line", std::int64_t{place.line}},
                             {"column", std::int64_t{place.column}},
                             {"message", valid_utf8(diagnostic.message)},
                             {"help", valid_utf8(diagnostic.help)}});
  }
  return list;
}

List memory_sentences(const Trace& trace) {
  List sentences;
  for (const MemoryReading& reading : trace.memory) sentences.emplace_back(valid_utf8(in_words(reading)));
  if (trace.write) {
    sentences.emplace_back(valid_utf8("`" + trace.write->key + "` is set to " + short_json(trace.write->value)));
  }
  return sentences;
}

std::string in_backquotes(std::string_view id) { return "`" + valid_utf8(id) + "`"; }

// Why there is no sound rule of that id.
Fault missing_rule(const CheckedPack& checked, std::string_view id) {
  const Pack& pack = *checked.pack;
  const auto is_it = [id](const auto& rule) { return rule.id.value == id; };
  if (std::ranges::any_of(pack.correlations, is_it)) {
    return {in_backquotes(id) +
                " is a correlation rule: it judges what other rules found, not events, and so has no "
                "condition to try",
            {}};
  }
  if (std::ranges::any_of(pack.rules, is_it) || std::ranges::find(pack.broken_ids, id) != pack.broken_ids.end()) {
    return {in_backquotes(id) + " has errors", {}};
  }
  if (std::ranges::find(pack.skipped_ids, id) != pack.skipped_ids.end()) {
    return {
        in_backquotes(id) + " is not judged by its condition: its logic is Python, or of a kind that is not supported",
        {}};
  }
  std::vector<std::string> ids;
  for (const CheckedRule& rule : checked.rules) ids.push_back(rule.rule->id.value);
  Fault fault{"there is no rule " + in_backquotes(id), {}};
  if (const auto meant = nearest(std::string(id), ids))
    fault.message += "; did you mean " + in_backquotes(*meant) + "?";
  return fault;
}

std::variant<Value, Fault> read_event(std::string_view text, std::size_t most) {
  if (text.size() > most) {
    return Fault{"the event is larger than " + std::to_string(most / 1024) + " KiB, which is all that is tried here",
                 {}};
  }
  auto read = read_json(text);
  if (const auto* error = std::get_if<JsonError>(&read)) {
    const Source source("event", std::string(text));
    return Fault{"this is no JSON: " + error->reason, source.locate(static_cast<std::uint32_t>(error->offset))};
  }
  auto& event = std::get<Value>(read);
  if (event.object() != nullptr) return std::move(event);
  return Fault{"an event is a JSON object; this is a " + std::string(spelling(event.kind())), LineColumn{}};
}

}  // namespace

struct Tryout::Loaded {
  Diagnostics diagnostics;
  CheckedPack checked;
  std::optional<Interpreter> interpreter;
};

Tryout::Tryout(std::vector<TryoutFile> files, TryoutOptions options)
    : options_(options), loaded_(std::make_unique<Loaded>()) {
  PackOptions pack_options;
  pack_options.threads = 1;
  std::vector<SourcePtr> sources;
  for (TryoutFile& file : files) {
    auto source = std::make_shared<const Source>(std::move(file.name), std::move(file.text));
    if (is_table_file(source->name())) {
      pack_options.unsaved.emplace(source->name(), std::move(source));
    } else {
      sources.push_back(std::move(source));
    }
  }
  auto pack = std::make_shared<const Pack>(load_sources(sources, pack_options, loaded_->diagnostics));
  AnalysisOptions analysis;
  analysis.lints = false;
  analysis.threads = 1;
  loaded_->checked = analyse(std::move(pack), analysis, loaded_->diagnostics);
  loaded_->diagnostics.sort();
  loaded_->interpreter.emplace(loaded_->checked);
}

Tryout::~Tryout() = default;

std::string Tryout::answer(std::string_view rule_id, std::string_view event, std::string_view test, Time now) {
  Object answer{{"rule_id", valid_utf8(rule_id)},
                {"says", Value()},
                {"trace", Value()},
                {"context", Value()},
                {"memory", List()},
                {"error", Value()}};
  answer.set("diagnostics", diagnostics_json(loaded_->diagnostics));

  const CheckedPack& checked = loaded_->checked;
  const auto rule =
      std::ranges::find_if(checked.rules, [&](const CheckedRule& one) { return one.rule->id.value == rule_id; });
  if (rule == checked.rules.end()) {
    answer.set("error", error_json(missing_rule(checked, rule_id)));
    return to_json(answer);
  }
  const auto read = read_event(event, options_.event_bytes);
  if (const auto* fault = std::get_if<Fault>(&read)) {
    answer.set("error", error_json(*fault));
    return to_json(answer);
  }

  const RuleTest plain;
  const std::vector<RuleTest>& tests = rule->rule->tests;
  const auto chosen = std::ranges::find_if(tests, [&](const RuleTest& one) { return one.name.value == test; });
  TestOptions test_options;
  test_options.now = now;
  test_options.steps = options_.steps;
  const auto& typed = std::get<Value>(read);
  const std::optional<Value> flat = flat_form_for(checked, *rule->rule, typed);
  const TestSetting setting(*rule, chosen != tests.end() ? *chosen : plain, test_options, flat ? *flat : typed);
  const Trace trace = trace_rule(*loaded_->interpreter, checked, *rule, setting.input());
  answer.set("says", verdict_words(*rule->rule, trace));
  answer.set("trace", trace_json(trace));
  answer.set("context", to_json(trace.texts.context));
  answer.set("memory", memory_sentences(trace));
  return to_json(answer);
}

}  // namespace picket
