#include "engine/state/signal_text.hpp"

#include <utility>

#include "engine/state/members.hpp"

namespace picket {
namespace {

Value text_or_null(const std::optional<std::string>& text) { return text ? Value(*text) : Value(); }

}  // namespace

Value value_of(const Signal& signal, const std::string& rule_id) {
  const AlertTexts& texts = signal.texts;
  Value destinations;
  if (texts.destinations) destinations = List(texts.destinations->begin(), texts.destinations->end());
  return Object{{"rule_id", rule_id},
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
  signal->rule = find(members.text("rule_id"));
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
