#include "engine/state/signal_text.hpp"

#include <algorithm>
#include <utility>

#include "engine/event/json_line.hpp"
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

// What an event is and where it stands, of either.
template <typename T>
void write_event(JsonLine& line, const T& of) {
  line.text("log_type", of.log_type);
  write_time(line, "time", of.time);
  line.text("input", of.place.input);
  write_count(line, "offset", of.place.offset);
  write_count(line, "line", of.place.line);
  if (of.event.is_none()) {
    line.null("event");
  } else {
    line.nested("event", [&of](std::string& text) { text += of.event.text(); });
  }
}
template <typename T>
void read_event(Members& members, T& of) {
  of.log_type = members.text("log_type");
  of.time = members.time("time");
  of.place = {.input = members.text("input"), .offset = members.count("offset"), .line = members.count("line")};
  of.event = members.member("event");
}

}  // namespace

void append_json(std::string& out, const Signal& signal) {
  const AlertTexts& texts = signal.texts;
  JsonLine line(out);
  line.text("rule_id", signal.rule->id);
  line.text("rules_version", signal.rule->rules_version);
  line.text("title", texts.title);
  line.text("dedup", texts.dedup);
  line.text("severity", spelling(texts.severity));
  line.text("description", texts.description);
  line.text("reference", texts.reference);
  line.text("runbook", texts.runbook);
  texts.unique ? line.text("unique", *texts.unique) : line.null("unique");
  if (texts.destinations) {
    line.field("destinations", List(texts.destinations->begin(), texts.destinations->end()));
  } else {
    line.null("destinations");
  }
  line.field("context", texts.context);
  write_event(line, signal);
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

void append_json(std::string& out, const Candidates& candidates) {
  List rules;
  for (const RuleIndex rule : candidates.rules) rules.emplace_back(candidates.version->facts(rule)->id);
  JsonLine line(out);
  line.field("rules", rules);
  line.number("now", candidates.now.microseconds);
  write_event(line, candidates);
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
