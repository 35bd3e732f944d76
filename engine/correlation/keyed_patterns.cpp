#include "engine/correlation/keyed_patterns.hpp"

#include <algorithm>

#include "engine/correlation/match_values.hpp"
#include "engine/event/memory_of.hpp"

namespace picket {
namespace {

// Of a key beside its entry and what that owns: a node and a bucket, and room that vectors keep to grow.
constexpr std::size_t bytes_around = 160;

}  // namespace

void KeyedPatterns::take(std::size_t item, std::vector<Value> values, SignalMark mark, const SignalMeasure& measure) {
  forget(mark.time);
  const Index at = find_or_add(std::move(values));
  unlink(at);
  link_newest(at);
  mark_changed(at);
  KeyState& state = entries_[at].state;
  const bool complete_now = correlation_->measures_values()
                                ? state.pattern.take(*correlation_, mark, measure, limits_.numbers, counts_->crowded)
                                : state.pattern.take(*correlation_, item, mark);
  if (state.waiting) {
    const auto excess = state.pattern.excess(*correlation_, item);
    if (excess && takes_back(*state.waiting, *excess)) stop_waiting(at);
  }
  if (complete_now) complete_.push_back(at);
  weigh(at);
}

void KeyedPatterns::settle(std::vector<Firing>& firings) {
  for (const Index at : complete_) complete(at, firings);
  complete_.clear();
}

void KeyedPatterns::advance(Time watermark, std::vector<Firing>& firings) {
  while (!deadlines_.empty() && deadlines_.begin()->first < watermark.microseconds) {
    const auto [deadline, at] = *deadlines_.begin();
    KeyState& state = entries_[at].state;
    Completion completion = *std::move(state.waiting);
    stop_waiting(at);
    mark_changed(at);
    fire(state, std::move(completion), true, firings);
  }
  forget(watermark);
}

// A window holds both the pattern and what is too much if together they are no longer than it.
bool KeyedPatterns::takes_back(const Completion& completion, const SignalPattern::Excess& excess) const {
  const Time last = std::max(completion.completed, excess.to);
  const Time first = std::min(completion.began, excess.from);
  return last.microseconds - first.microseconds <= correlation_->lookback.microseconds;
}

bool KeyedPatterns::taken_back(const KeyState& state, const Completion& completion) const {
  for (std::size_t i = 0; i < correlation_->items.size(); ++i) {
    const auto excess = state.pattern.excess(*correlation_, i);
    if (excess && takes_back(completion, *excess)) return true;
  }
  return false;
}

// While a pattern waits, later ones need not: whatever takes back the first would take them back too, for it comes
// after all of them, and they began no earlier; and if nothing does, it is the first that fires.
void KeyedPatterns::complete(Index at, std::vector<Firing>& firings) {
  KeyState& state = entries_[at].state;
  if (state.waiting) return;
  const Time now = state.pattern.latest();
  if (state.fired && now.microseconds - state.fired->microseconds <= correlation_->lookback.microseconds) return;
  Completion completion = state.pattern.completion(*correlation_);
  if (completion.certain || !correlation_->waits()) return fire(state, std::move(completion), false, firings);
  if (taken_back(state, completion)) return;
  deadlines_.emplace(deadline_of(completion), at);
  state.waiting = std::move(completion);
}

void KeyedPatterns::fire(KeyState& state, Completion completion, bool waited, std::vector<Firing>& firings) {
  state.fired = completion.completed;
  ++counts_->firings;
  firings.push_back({.correlation = correlation_,
                     .values = state.values,
                     .decided = waited ? Time{deadline_of(completion)} : completion.completed,
                     .began = completion.began,
                     .completed = completion.completed,
                     .signals = std::move(completion.signals),
                     .waited = waited,
                     .measured = completion.measured});
}

void KeyedPatterns::stop_waiting(Index at) {
  KeyState& state = entries_[at].state;
  if (state.waiting) deadlines_.erase({deadline_of(*state.waiting), at});
  state.waiting.reset();
}

void KeyedPatterns::forget(Time watermark) {
  while (oldest_ != none) {
    const KeyState& state = entries_[oldest_].state;
    const std::int64_t end = state.pattern.latest().microseconds + correlation_->lookback.microseconds;
    if (end >= watermark.microseconds || state.waiting) return;
    ++counts_->forgotten;
    remove(oldest_);
  }
}

// --- the list of keys ---

KeyedPatterns::Index KeyedPatterns::find_or_add(std::vector<Value> values) {
  std::string text;
  for (const Value& value : values) append_key(text, value, correlation_->as_texts);
  const auto found = slots_.find(text);
  if (found != slots_.end()) return found->second;
  return add(std::move(text), std::move(values));
}

void KeyedPatterns::evict_oldest() {
  ++counts_->evicted;
  if (entries_[oldest_].state.waiting) ++counts_->lost;
  remove(oldest_);
}

void KeyedPatterns::weigh(Index at) {
  Entry& entry = entries_[at];
  std::size_t bytes = sizeof entry + bytes_around + entry.text->capacity() + entry.state.pattern.memory();
  for (const Value& value : entry.state.values) bytes += memory_of(value);
  bytes_ += bytes - entry.bytes;
  entry.bytes = bytes;
}

KeyedPatterns::Index KeyedPatterns::add(std::string text, std::vector<Value> values) {
  Index at = 0;
  if (free_.empty()) {
    at = static_cast<Index>(entries_.size());
    entries_.emplace_back(*correlation_);
  } else {
    at = free_.back();
    free_.pop_back();
    entries_[at] = Entry(*correlation_);
  }
  Entry& entry = entries_[at];
  entry.state.values = std::move(values);
  entry.text = &slots_.emplace(std::move(text), at).first->first;
  link_newest(at);
  return at;
}

void KeyedPatterns::remove(Index at) {
  stop_waiting(at);
  unlink(at);
  std::erase(complete_, at);
  Entry& entry = entries_[at];
  if (limits_.track_changes) removed_.push_back(*entry.text);
  entry.changed = false;
  slots_.erase(*entry.text);  // which ends the text's life
  entry.text = nullptr;
  bytes_ -= std::exchange(entry.bytes, 0);
  entry.state = KeyState(*correlation_);
  free_.push_back(at);
}

void KeyedPatterns::unlink(Index at) {
  Entry& entry = entries_[at];
  (entry.older == none ? oldest_ : entries_[entry.older].newer) = entry.newer;
  (entry.newer == none ? newest_ : entries_[entry.newer].older) = entry.older;
  entry.older = none;
  entry.newer = none;
}

void KeyedPatterns::link_newest(Index at) {
  Entry& entry = entries_[at];
  entry.older = newest_;
  (newest_ == none ? oldest_ : entries_[newest_].newer) = at;
  newest_ = at;
}

void KeyedPatterns::mark_changed(Index at) {
  if (!limits_.track_changes || entries_[at].changed) return;
  entries_[at].changed = true;
  changed_.push_back(at);
}

std::vector<std::string> KeyedPatterns::give_up() {
  std::vector<std::string> names = std::exchange(removed_, {});
  changed_.clear();
  for_each([&](const std::string& key, const KeyState&) { names.push_back(key); });
  return names;
}

void KeyedPatterns::restore(KeyState state, bool changed) {
  std::string text;
  for (const Value& value : state.values) append_key(text, value, correlation_->as_texts);
  if (slots_.contains(text)) return;
  const Index at = add(std::move(text), {});
  entries_[at].state = std::move(state);
  if (changed) mark_changed(at);
  weigh(at);
  const auto& waiting = entries_[at].state.waiting;
  if (waiting) deadlines_.emplace(deadline_of(*waiting), at);
}

}  // namespace picket
