#include "engine/state/signal_queue.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/event/json_line.hpp"
#include "engine/state/members.hpp"
#include "engine/state/rules_version.hpp"
#include "engine/state/signal_text.hpp"

namespace picket {
namespace {

// By a text of each, then by what the event says.
template <typename T, typename TextOf>
std::vector<T> in_order(std::vector<T> all, TextOf text_of) {
  if (all.size() < 2) return all;
  std::vector<std::pair<std::string, T>> with_events;
  for (T& one : all) with_events.emplace_back(to_json(one.event.value()), std::move(one));
  std::ranges::stable_sort(with_events, [&](const auto& a, const auto& b) {
    return std::tie(text_of(a.second), a.first) < std::tie(text_of(b.second), b.first);
  });
  all.clear();
  for (auto& [event, one] : with_events) all.push_back(std::move(one));
  return all;
}

}  // namespace

std::size_t SignalQueue::Waiting::memory() const {
  return std::visit([](const auto& one) { return memory_of(one); }, content);
}

void SignalQueue::push(Signal signal, Time at) { push("signal", std::move(signal), at); }

void SignalQueue::push(Candidates candidates, Time at) { push("candidates", std::move(candidates), at); }

template <typename T>
void SignalQueue::push(std::string_view name, T one, Time at) {
  const std::uint64_t number = ++last_number_;
  if (keeps_changes_) {
    JsonLine line(changes_[number]);
    line.number("at", at.microseconds);
    line.nested(name, [&one](std::string& text) { append_json(text, one); });
  }
  add({.number = number, .content = std::move(one)}, at);
}

void SignalQueue::add(Waiting waiting, Time at) {
  bytes_ += waiting.memory();
  ++size_;
  waiting_[at].push_back(std::move(waiting));
}

void SignalQueue::release(Time clock, const Turn& turn) {
  while (!waiting_.empty() && waiting_.begin()->first <= clock) release_first(turn);
  while (bytes_ > most_bytes_ && !waiting_.empty()) {
    hurried_ += waiting_.begin()->second.size();
    release_first(turn);
  }
}

void SignalQueue::release_first(const Turn& turn) {
  auto node = waiting_.extract(waiting_.begin());
  const Time at = node.key();
  std::vector<Candidates> undecided;
  std::vector<Signal> signals;
  for (Waiting& waiting : node.mapped()) {
    bytes_ -= waiting.memory();
    if (keeps_changes_) changes_[waiting.number].clear();
    if (auto* candidates = std::get_if<Candidates>(&waiting.content)) {
      undecided.push_back(std::move(*candidates));
    } else {
      signals.push_back(std::get<Signal>(std::move(waiting.content)));
    }
  }
  size_ -= node.mapped().size();
  const auto log_type = [](const Candidates& one) -> const std::string& { return one.log_type; };
  for (const Candidates& candidates : in_order(std::move(undecided), log_type)) {
    for (Signal& signal : turn.decide(candidates, at)) signals.push_back(std::move(signal));
  }
  const auto rule = [](const Signal& one) -> const std::string& { return one.rule->id; };
  for (Signal& signal : in_order(std::move(signals), rule)) turn.take(std::move(signal), at);
}

void SignalQueue::save_changes(std::vector<SavedState>& to) {
  for (auto& [number, body] : changes_) {
    to.push_back({std::string(waiting_kind), std::to_string(number), std::move(body)});
  }
  changes_.clear();
}

bool SignalQueue::restore(const SavedState& saved, const std::shared_ptr<const RulesVersion>& rules) {
  const auto number = read_number(saved.key);
  if (!number) return false;
  last_number_ = std::max(last_number_, *number);
  const Value value = read_object(saved.body);
  const Object* object = value.object();
  if (object == nullptr) return false;
  Members members(*object);
  const Time at{members.number("at")};
  if (object->find_exact("candidates") != nullptr) {
    const Object* written = members.member("candidates").object();
    auto candidates = written == nullptr ? std::nullopt : candidates_of(*written, rules);
    if (!members.sound() || !candidates) return false;
    add({.number = *number, .content = *std::move(candidates)}, at);
    return true;
  }
  const Object* written = members.member("signal").object();
  auto signal = written == nullptr ? nullptr : signal_of(*written, find_in(rules));
  if (!members.sound() || signal == nullptr) return false;
  add({.number = *number, .content = std::move(*signal)}, at);
  return true;
}

}  // namespace picket
