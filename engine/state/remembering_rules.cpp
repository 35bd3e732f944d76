#include "engine/state/remembering_rules.hpp"

#include <string>
#include <utility>

#include "engine/state/members.hpp"
#include "engine/state/rules_version.hpp"

namespace picket {
namespace {

std::string print_record(const MemoryRecord& record) {
  return to_json(Value(Object{{"value", record.value},
                              {"expiry", record.expiry ? Value(record.expiry->microseconds) : Value()},
                              {"order", static_cast<std::int64_t>(record.order)}}));
}

std::optional<MemoryRecord> parse_record(const SavedState& saved) {
  const Value value = read_object(saved.body);
  const Object* object = value.object();
  if (object == nullptr) return std::nullopt;
  Members members(*object);
  MemoryRecord record{.key = saved.key,
                      .value = members.member("value"),
                      .expiry = members.time("expiry"),
                      .order = members.count("order")};
  return members.sound() ? std::optional(std::move(record)) : std::nullopt;
}

}  // namespace

RememberingRules::RememberingRules(MemoryOptions options) : memory_(options) {}

void RememberingRules::adopt(std::shared_ptr<const RulesVersion> rules) {
  judge_.reset();
  in_force_ = std::move(rules);
}

std::vector<Signal> RememberingRules::judge(const Candidates& candidates, Time at) {
  const RulesVersion& version = *candidates.version;
  // One for older rules is made anew each time, which is cheap, and keeps nothing of them.
  std::unique_ptr<MemoryJudge> older;
  std::unique_ptr<MemoryJudge>& judge = candidates.version == in_force_ ? judge_ : older;
  if (judge == nullptr) judge = std::make_unique<MemoryJudge>(version.rules(), memory_);
  std::vector<Match> matches;
  for (const RuleIndex index : candidates.rules) {
    matches.push_back({.index = index, .rule = version.rules()->rules()[index]});
  }
  event_.start(candidates.event.text());
  const EventInTime event{.event = event_, .log_type = candidates.log_type, .now = candidates.now, .at = at};
  std::vector<Signal> signals;
  for (const RememberingMatch& match : judge->judge(event, matches)) {
    signals.push_back({.rule = version.facts(match.match.index),
                       .texts = match.texts,
                       .log_type = candidates.log_type,
                       .time = candidates.time,
                       .place = candidates.place,
                       .event = candidates.event});
  }
  given_up_ = judge->given_up();
  return signals;
}

void RememberingRules::save_changes(std::vector<SavedState>& to) {
  for (const MemoryChange& change : memory_.take_changes()) {
    to.push_back({std::string(memory_kind), change.key, change.record ? print_record(*change.record) : std::string()});
  }
}

std::vector<SavedState> RememberingRules::restore(const std::vector<SavedState>& saved) {
  std::vector<MemoryRecord> records;
  std::vector<SavedState> unread;
  for (const SavedState& state : saved) {
    if (state.kind != memory_kind) continue;
    if (auto record = parse_record(state)) {
      records.push_back(*std::move(record));
    } else {
      unread.push_back(state);
    }
  }
  memory_.load(std::move(records));
  return unread;
}

}  // namespace picket
