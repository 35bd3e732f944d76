#include "engine/state/signal_text.hpp"

#include <algorithm>
#include <utility>

#include "engine/state/members.hpp"
#include "engine/state/rules_version.hpp"

namespace picket {
namespace {

// The rule as it is now, under the name of the version that judged.
std::shared_ptr<const RuleFacts> judged_by(std::shared_ptr<const RuleFacts> rule,
                                           const std::optional<std::string>& version) {
  if (rule == nullptr || !version || *version == rule->rules_version) return rule;
  const auto older = std::make_shared<RuleFacts>(*rule);
  older->rules_version = *version;
  return older;
}

Value text_or_null(const std::optional<std::string>& text) { return text ? Value(*text) : Value(); }
Value time_or_null(const std::optional<Time>& time) { return time ? Value(time->microseconds) : Value(); }

// What an event is and where it stands, of either.
template <typename T>
void write_event(Object& object, const T& of) {
  object.set("log_type", of.log_type);
  object.set("time", time_or_null(of.time));
  object.set("input", of.place.input);
  object.set("offset", count_value(of.place.offset));
  object.set("line", count_value(of.place.line));
  object.set("event", of.event);
}
template <typename T>
void read_event(Members& members, T& of) {
  of.log_type = members.text("log_type");
  of.time = members.time("time");
  of.place = {.input = members.text("input"), .offset = members.count("offset"), .line = members.count("line")};
  of.event = members.member("event");
}

}  // namespace

Value value_of(const Signal& signal) {
  const AlertTexts& texts = signal.texts;
  Value destinations;
  if (texts.destinations) destinations = List(texts.destinations->begin(), texts.destinations->end());
  Object object{{"rule_id", signal.rule->id},
                {"rules_version", signal.rule->rules_version},
                {"title", texts.title},
                {"dedup", texts.dedup},
                {"severity", spelling(texts.severity)},
                {"description", texts.description},
                {"reference", texts.reference},
                {"runbook", texts.runbook},
                {"unique", text_or_null(texts.unique)},
                {"destinations", destinations},
                {"context", texts.context}};
  write_event(object, signal);
  return object;
}

std::unique_ptr<Signal> signal_of(const Object& object, const FindRule& find) {
  Members members(object);
  auto signal = std::make_unique<Signal>();
  signal->rule = judged_by(find(members.text("rule_id")), members.optional_text("rules_version"));
  AlertTexts& texts = signal->texts;
  texts.title = members.text("title");
  texts.dedup = members.text("dedup");
  texts.severity = members.severity("severity");
  texts.description = members.text("description");
  texts.reference = members.text("reference");
  texts.runbook = members.text("runbook");
  texts.unique = members.optional_text("unique");
  if (const List* destinations = members.member("destinations").list()) {
    texts.destinations.emplace();
    for (const Value& destination : *destinations) texts.destinations->push_back(to_text(destination));
  }
  texts.context = members.member("context");
  read_event(members, *signal);
  return members.sound() && signal->rule != nullptr ? std::move(signal) : nullptr;
}

Value value_of(const Candidates& candidates) {
  List rules;
  for (const RuleIndex rule : candidates.rules) rules.emplace_back(candidates.version->facts(rule)->id);
  Object object{{"rules", rules}, {"now", candidates.now.microseconds}};
  write_event(object, candidates);
  return object;
}

std::optional<Candidates> candidates_of(const Object& object, const std::shared_ptr<const RulesVersion>& rules) {
  Members members(object);
  Candidates candidates;
  candidates.version = rules;
  candidates.now = {members.number("now")};
  read_event(members, candidates);
  const List* ids = members.member("rules").list();
  if (!members.sound() || ids == nullptr || rules == nullptr) return std::nullopt;
  for (const Value& id : *ids) {
    if (const auto index = rules->index_of(to_text(id))) candidates.rules.push_back(*index);
  }
  std::ranges::sort(candidates.rules);
  return candidates.rules.empty() ? std::nullopt : std::optional(std::move(candidates));
}

}  // namespace picket
