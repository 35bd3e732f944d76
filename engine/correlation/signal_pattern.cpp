#include "engine/correlation/signal_pattern.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace picket {
namespace {

std::size_t capacity_of(const CheckedCorrelation::Item& item) {
  return std::max({item.least, item.too_many.value_or(0), item.enough.value_or(0)});
}

constexpr Time not_yet{std::numeric_limits<std::int64_t>::min() / 2};

bool longer(Time from, Time to, Duration most) { return to.microseconds - from.microseconds > most.microseconds; }

}  // namespace

bool Chain::uses(const SignalMark& mark) const {
  for (const Chain* chain = this; chain != nullptr; chain = chain->before.get()) {
    if (std::find(chain->signals.begin(), chain->signals.end(), mark) != chain->signals.end()) return true;
  }
  return false;
}

void SignalPattern::Ring::push(Memory memory, std::size_t capacity) {
  if (kept.size() < capacity) {
    kept.push_back(std::move(memory));
    return;
  }
  kept[next] = std::move(memory);
  next = (next + 1) % capacity;
}

const SignalPattern::Memory& SignalPattern::Ring::latest(std::size_t n) const {
  return kept[(next + kept.size() - n) % kept.size()];
}
SignalPattern::Memory& SignalPattern::Ring::latest(std::size_t n) {
  return kept[(next + kept.size() - n) % kept.size()];
}

bool SignalPattern::take(const CheckedCorrelation& correlation, std::size_t item, SignalMark mark) {
  latest_ = std::max(latest_, mark.time);
  const CheckedCorrelation::Item& taken = correlation.items[item];
  Ring& ring = items_[item];
  if (!correlation.ordered) {
    ring.push({mark, nullptr}, capacity_of(taken));
    return !taken.absence && !longer(began(correlation), mark.time, correlation.lookback);
  }
  if (taken.absence) {
    ring.push({mark, nullptr}, capacity_of(taken));
    return false;
  }
  if (chains_.empty()) chains_.resize(correlation.needed);
  ring.push({mark, item == 0 ? nullptr : chains_[item - 1]}, capacity_of(taken));
  const Chain* last = chains_.back().get();
  link(correlation, item);
  return chains_.back().get() != last;
}

bool SignalPattern::take(const CheckedCorrelation& correlation, SignalMark mark, const SignalMeasure& measure,
                         std::size_t most, std::size_t& crowded) {
  latest_ = std::max(latest_, mark.time);
  if (correlation.measure) {
    if (numbers_ == nullptr) numbers_ = std::make_unique<NumberWindow>();
    for (const double number : measure.numbers) {
      crowded += numbers_->push(*correlation.measure, {mark, number}, correlation.lookback, most);
    }
    return holds(*correlation.measure, numbers_->value(*correlation.measure));
  }
  if (distinct_ == nullptr) distinct_ = std::make_unique<DistinctSignals>();
  for (const std::string& value : measure.values) {
    distinct_->push(value, mark, capacity_of(correlation.items.front()));
  }
  return !longer(began(correlation), mark.time, correlation.lookback);
}

// Makes the latest chain up to the item, if its latest signals complete one, and whatever follows from that.
void SignalPattern::link(const CheckedCorrelation& correlation, std::size_t item) {
  const CheckedCorrelation::Item& linked = correlation.items[item];
  const Ring& ring = items_[item];
  if (ring.kept.size() < linked.least) return;
  const Memory& first = ring.latest(linked.least);
  const Memory& last = ring.latest(1);
  Time began = first.mark.time;
  if (item > 0) {
    if (first.before == nullptr || longer(first.before->completed, last.mark.time, linked.within)) return;
    began = first.before->began;
  }
  if (longer(began, last.mark.time, correlation.lookback)) return;
  auto chain = std::make_shared<Chain>(Chain{began, last.mark.time, item, {}, first.before});
  chain->signals.reserve(linked.least);
  for (std::size_t n = linked.least; n > 0; --n) chain->signals.push_back(ring.latest(n).mark);
  chains_[item] = std::move(chain);
  if (item + 1 < chains_.size()) continue_after(correlation, item);
}

// Signals of the next item that came before, but at the same time, can continue the new chain.
void SignalPattern::continue_after(const CheckedCorrelation& correlation, std::size_t item) {
  const std::shared_ptr<const Chain>& chain = chains_[item];
  Ring& ring = items_[item + 1];
  // Only signals of a rule that stands at several items can be in the chain already.
  const bool may_repeat =
      std::any_of(correlation.items.begin(), correlation.items.begin() + static_cast<std::ptrdiff_t>(item + 1),
                  [&](const CheckedCorrelation::Item& one) {
                    return one.sources.front().rule == correlation.items[item + 1].sources.front().rule;
                  });
  bool any = false;
  for (std::size_t n = 1; n <= ring.kept.size(); ++n) {
    Memory& memory = ring.latest(n);
    if (memory.mark.time != chain->completed) break;
    if (may_repeat && chain->uses(memory.mark)) continue;
    memory.before = chain;
    any = true;
  }
  if (any) link(correlation, item + 1);
}

std::size_t SignalPattern::size_of(std::size_t item) const {
  return distinct_ != nullptr ? distinct_->size() : items_[item].kept.size();
}

SignalMark SignalPattern::nth_latest(std::size_t item, std::size_t n) const {
  return distinct_ != nullptr ? distinct_->latest(n).mark : items_[item].latest(n).mark;
}

Time SignalPattern::holds_since(const CheckedCorrelation& correlation, std::size_t item) const {
  const std::size_t least = correlation.items[item].least;
  return size_of(item) < least ? not_yet : nth_latest(item, least).time;
}

Time SignalPattern::holds_since(const CheckedCorrelation& correlation, const Requirement& requirement) const {
  if (requirement.kind == Requirement::Kind::item) return holds_since(correlation, requirement.item);
  const bool all = requirement.kind == Requirement::Kind::all;
  Time since{all ? latest_ : not_yet};
  for (const Requirement& part : requirement.parts) {
    const Time one = holds_since(correlation, part);
    since = all ? std::min(since, one) : std::max(since, one);
  }
  return since;
}

bool SignalPattern::has_enough(const CheckedCorrelation& correlation) const {
  const auto enough = correlation.items.front().enough;
  return enough && size_of(0) >= *enough && !longer(nth_latest(0, *enough).time, latest_, correlation.lookback);
}

Time SignalPattern::began(const CheckedCorrelation& correlation) const {
  if (correlation.ordered) return chains_.back()->began;
  if (correlation.measure) return numbers_->all().front().mark.time;
  if (has_enough(correlation)) return nth_latest(0, *correlation.items.front().enough).time;
  if (correlation.requirement) return holds_since(correlation, *correlation.requirement);
  // Each item began at its MinMatchCount-th latest signal; of the items, the latest so many as are needed.
  std::vector<Time> began;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const CheckedCorrelation::Item& item = correlation.items[i];
    if (!item.absence && size_of(i) >= item.least) began.push_back(nth_latest(i, item.least).time);
  }
  if (began.size() < correlation.needed) return not_yet;
  const auto nth = began.begin() + static_cast<std::ptrdiff_t>(correlation.needed - 1);
  std::nth_element(began.begin(), nth, began.end(), std::greater<>());
  return *nth;
}

Completion SignalPattern::completion(const CheckedCorrelation& correlation) const {
  Completion completion{began(correlation), latest_, std::vector<std::vector<SignalMark>>(items_.size()), false, {}};
  if (correlation.ordered) {
    completion.completed = chains_.back()->completed;
    for (const Chain* chain = chains_.back().get(); chain != nullptr; chain = chain->before.get()) {
      completion.signals[chain->item] = chain->signals;
    }
    return completion;
  }
  if (correlation.measure) {
    for (const NumberWindow::Entry& entry : numbers_->all()) {
      auto& marks = completion.signals.front();
      if (marks.empty() || marks.back() != entry.mark) marks.push_back(entry.mark);
    }
    completion.measured = numbers_->value(*correlation.measure);
    return completion;
  }
  completion.certain = has_enough(correlation);
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const CheckedCorrelation::Item& item = correlation.items[i];
    const std::size_t count = completion.certain ? *item.enough : item.least;
    if (item.absence || size_of(i) < count) continue;
    if (nth_latest(i, count).time < completion.began) continue;
    for (std::size_t n = count; n > 0; --n) completion.signals[i].push_back(nth_latest(i, n));
  }
  return completion;
}

std::optional<SignalPattern::Excess> SignalPattern::excess(const CheckedCorrelation& correlation,
                                                           std::size_t item) const {
  const auto too_many = correlation.items[item].too_many;
  if (!too_many || size_of(item) < *too_many) return std::nullopt;
  return Excess{nth_latest(item, *too_many).time, nth_latest(item, 1).time};
}

std::size_t SignalPattern::memory() const {
  constexpr std::size_t bytes_of_chain = sizeof(Chain) + 2 * sizeof(SignalMark) + 32;
  std::size_t bytes = items_.capacity() * sizeof(Ring) + chains_.capacity() * sizeof(std::shared_ptr<const Chain>);
  for (const Ring& ring : items_) {
    bytes += ring.kept.capacity() * sizeof(Memory);
    if (!ring.kept.empty() && ring.kept.back().before != nullptr) bytes += ring.kept.size() * bytes_of_chain;
  }
  if (distinct_ != nullptr) bytes += distinct_->memory();
  if (numbers_ != nullptr) bytes += numbers_->memory();
  return bytes;
}

std::vector<SignalPattern::Memory> SignalPattern::memory(std::size_t item) const {
  std::vector<Memory> memory;
  const Ring& ring = items_[item];
  for (std::size_t n = ring.kept.size(); n > 0; --n) memory.push_back(ring.latest(n));
  return memory;
}

void SignalPattern::restore(const CheckedCorrelation& correlation, std::size_t item, Memory memory) {
  latest_ = std::max(latest_, memory.mark.time);
  items_[item].push(std::move(memory), capacity_of(correlation.items[item]));
}

void SignalPattern::restore(const CheckedCorrelation& correlation, DistinctSignals::Seen seen) {
  latest_ = std::max(latest_, seen.mark.time);
  if (distinct_ == nullptr) distinct_ = std::make_unique<DistinctSignals>();
  distinct_->push(std::move(seen.value), seen.mark, capacity_of(correlation.items.front()));
}

void SignalPattern::restore(const CheckedCorrelation& correlation, NumberWindow::Entry entry) {
  latest_ = std::max(latest_, entry.mark.time);
  if (numbers_ == nullptr) numbers_ = std::make_unique<NumberWindow>();
  (void)numbers_->push(*correlation.measure, entry, correlation.lookback, std::numeric_limits<std::size_t>::max());
}

}  // namespace picket
