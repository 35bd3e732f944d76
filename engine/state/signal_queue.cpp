#include "engine/state/signal_queue.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

namespace picket {

void SignalQueue::push(Signal signal, Time at) {
  bytes_ += memory_of(signal);
  ++size_;
  signals_[at].push_back(std::move(signal));
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
  for (Signal& signal : node.mapped()) {
    bytes_ -= memory_of(signal);
    std::string event = node.mapped().size() > 1 ? to_json(signal.event) : std::string();
    together.emplace_back(std::move(event), std::move(signal));
  }
  size_ -= together.size();
  std::stable_sort(together.begin(), together.end(), [](const auto& a, const auto& b) {
    return std::tie(a.second.rule->id, a.first) < std::tie(b.second.rule->id, b.first);
  });
  for (auto& [event, signal] : together) take(std::move(signal), node.key());
}

}  // namespace picket
