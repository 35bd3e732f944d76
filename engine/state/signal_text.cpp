#include "engine/state/signal_text.hpp"

#include <utility>

#include "engine/state/members.hpp"

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

}  // namespace

Value value_of(const Signal& signal) {
  const AlertTexts& texts = signal.texts;
  Value destinations;
  if (texts.destinations) destinations = List(texts.destinations->begin(), texts.destinations->end());
  return Object{{"rule_id", signal.rule->id},
                {"rules_version", signal.rule->rules_version},
                {"title", texts.title},
                {"dedup", texts.dedup},
                {"severity", spelling(texts.severity)},
                {"description", texts.description},
                {"reference", texts.reference},
                {"runbook", texts.runbook},
                {"unique", text_or_null(texts.unique)},
                {"destinations", destinations},
                {"context", texts.context},
                {"log_type", signal.log_type},
                {"time", signal.time ? Value(signal.time->microseconds) : Value()},
                {"input", signal.place.input},
                {"offset", count_value(signal.place.offset)},
                {"line", count_value(signal.place.line)},
                {"event", signal.event}};
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
  signal->log_type = members.text("log_type");
  signal->time = members.time("time");
  signal->place = {.input = members.text("input"), .offset = members.count("offset"), .line = members.count("line")};
  signal->event = members.member("event");
  return members.sound() && signal->rule != nullptr ? std::move(signal) : nullptr;
}

}  // namespace picket
