#include "engine/correlation/distinct_signals.hpp"

#include <iterator>
#include <utility>

namespace picket {

void DistinctSignals::push(std::string value, SignalMark mark, std::size_t capacity) {
  const auto known = places_.find(value);
  if (known != places_.end()) {
    known->second->mark = mark;
    seen_.splice(seen_.end(), seen_, known->second);
    return;
  }
  if (seen_.size() >= capacity) {
    places_.erase(seen_.front().value);
    text_bytes_ -= seen_.front().value.size();
    seen_.pop_front();
  }
  text_bytes_ += value.size();
  seen_.push_back({std::move(value), mark});
  places_.emplace(seen_.back().value, std::prev(seen_.end()));
}

const DistinctSignals::Seen& DistinctSignals::latest(std::size_t n) const {
  const std::size_t from_oldest = seen_.size() - n;
  if (from_oldest < n) return *std::next(seen_.begin(), static_cast<std::ptrdiff_t>(from_oldest));
  return *std::prev(seen_.end(), static_cast<std::ptrdiff_t>(n));
}

}  // namespace picket
