#include "engine/state/signal_queue.hpp"

#include <algorithm>
#include <tuple>
#include <utility>
#include <variant>

#include "engine/state/members.hpp"
#include "engine/state/signal_text.hpp"

namespace picket {

void SignalQueue::push(Signal signal, Time at) {
  const std::uint64_t number = ++last_number_;
  if (keeps_changes_) {
    changes_[number] = to_json(Value(Object{{"at", at.microseconds}, {"signal", value_of(signal)}}));
  }
  add({.number = number, .signal = std::move(signal)}, at);
}

void SignalQueue::add(Waiting waiting, Time at) {
  bytes_ += memory_of(waiting.signal);
  ++size_;
  signals_[at].push_back(std::move(waiting));
}

void SignalQueue::release(Time clock, const Take& take) {
  while (!signals_.empty() && signals_.begin()->first <= clock) release_first(take);
  while (bytes_ > most_bytes_ && !signals_.empty()) {
    hurried_ += signals_.begin()->second.size();
    release_first(take);
  }
}

void SignalQueue::release_first(const Take& take) {
  auto node = signals_.extract(signals_.begin());
  std::vector<std::pair<std::string, Signal>> together;
  for (Waiting& waiting : node.mapped()) {
    bytes_ -= memory_of(waiting.signal);
    if (keeps_changes_) changes_[waiting.number].clear();
    std::string event = node.mapped().size() > 1 ? to_json(waiting.signal.event) : std::string();
    together.emplace_back(std::move(event), std::move(waiting.signal));
  }
  size_ -= together.size();
  std::stable_sort(together.begin(), together.end(), [](const auto& a, const auto& b) {
    return std::tie(a.second.rule->id, a.first) < std::tie(b.second.rule->id, b.first);
  });
  for (auto& [event, signal] : together) take(std::move(signal), node.key());
}

void SignalQueue::save_changes(std::vector<SavedState>& to) {
  for (auto& [number, body] : changes_) {
    to.push_back({std::string(waiting_kind), std::to_string(number), std::move(body)});
  }
  changes_.clear();
}

bool SignalQueue::restore(const SavedState& saved, const FindRule& find) {
  const auto number = read_number(saved.key);
  if (!number) return false;
  last_number_ = std::max(last_number_, *number);
  const Value value = read_object(saved.body);
  const Object* object = value.object();
  if (object == nullptr) return false;
  Members members(*object);
  const Time at{members.number("at")};
  const Object* written = members.member("signal").object();
  auto signal = written == nullptr ? nullptr : signal_of(*written, find);
  if (!members.sound() || signal == nullptr) return false;
  add({.number = *number, .signal = std::move(*signal)}, at);
  return true;
}

}  // namespace picket
