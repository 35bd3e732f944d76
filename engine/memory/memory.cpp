#include "engine/memory/memory.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/memory/stored_value.hpp"

namespace picket {
namespace {

const Value& nothing() {
  static const Value null;
  return null;
}

// About what a key takes: the record, its place in three indexes, and what stands outside of them.
std::size_t size_of(const std::string& key, std::size_t value_bytes) {
  constexpr std::size_t of_indexes = 12 * sizeof(void*);
  return sizeof(MemoryRecord) + of_indexes + key.size() + value_bytes;
}

// A sum beyond the end of time is the end of time.
Time after(Time at, Duration keep) {
  constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
  const bool fits = at.microseconds <= 0 || keep.microseconds <= last - at.microseconds;
  return {fits ? at.microseconds + keep.microseconds : last};
}

bool is_over(const MemoryRecord& record, Time at) { return record.expiry && *record.expiry <= at; }

}  // namespace

const Value& Memory::read(std::string_view key, Time at) const {
  const auto found = by_key_.find(key);
  if (found == by_key_.end() || is_over(found->second->record, at)) return nothing();
  return found->second->record.value;
}

void Memory::write(const MemoryWrite& write, Time at) {
  forget_expired(at);
  const auto found = by_key_.find(write.key);
  if (write.value.is_null()) {
    if (found == by_key_.end()) return;
    ++counts_.writes;
    forget(found->second);
    return;
  }
  std::optional<StoredValue> stored = stored_value(write.value, options_.value_bytes);
  if (!stored || write.key.size() > options_.key_bytes) {
    ++counts_.refused;
    return;
  }
  ++counts_.writes;
  const std::size_t bytes = size_of(write.key, stored->bytes);
  if (found != by_key_.end()) {
    change(found->second, std::move(stored->value), bytes);
  } else {
    const std::optional<Time> expiry = write.keep ? std::optional(after(at, *write.keep)) : std::nullopt;
    add({.key = write.key, .value = std::move(stored->value), .expiry = expiry, .order = ++order_}, bytes);
    note(records_.back());
  }
  make_room();
}

// Now it is the one that was written last.
void Memory::change(Records::iterator held, Value value, std::size_t bytes) {
  bytes_ += bytes - held->bytes;
  held->bytes = bytes;
  held->record.value = std::move(value);
  held->record.order = ++order_;
  records_.splice(records_.end(), records_, held);
  note(*held);
}

void Memory::note(Held& held) {
  if (!options_.notes_changes || std::exchange(held.noted, true)) return;
  changed_.insert(held.record.key);
}

void Memory::add(MemoryRecord record, std::size_t bytes) {
  bytes_ += bytes;
  const auto held =
      records_.insert(records_.end(), Held{.record = std::move(record), .bytes = bytes, .expiry = {}, .noted = false});
  by_key_.emplace(held->record.key, held);
  if (held->record.expiry) held->expiry = by_expiry_.emplace(*held->record.expiry, held);
}

void Memory::forget(Records::iterator held) {
  note(*held);
  if (held->record.expiry) by_expiry_.erase(held->expiry);
  bytes_ -= held->bytes;
  by_key_.erase(held->record.key);
  records_.erase(held);
}

void Memory::forget_expired(Time at) {
  while (!by_expiry_.empty() && by_expiry_.begin()->first <= at) {
    ++counts_.expired;
    forget(by_expiry_.begin()->second);
  }
}

void Memory::make_room() {
  while (records_.size() > options_.keys || bytes_ > options_.bytes) {
    ++counts_.evicted;
    forget(records_.begin());
  }
}

std::vector<MemoryChange> Memory::take_changes() {
  std::vector<MemoryChange> changes;
  changes.reserve(changed_.size());
  while (!changed_.empty()) {
    MemoryChange& change = changes.emplace_back();
    change.key = std::move(changed_.extract(changed_.begin()).value());
    const auto found = by_key_.find(change.key);
    if (found == by_key_.end()) continue;
    found->second->noted = false;
    change.record = found->second->record;
  }
  std::ranges::sort(changes, {}, &MemoryChange::key);
  return changes;
}

void Memory::load(std::vector<MemoryRecord> records) {
  std::sort(records.begin(), records.end(),
            [](const MemoryRecord& a, const MemoryRecord& b) { return a.order < b.order; });
  for (MemoryRecord& record : records) {
    order_ = std::max(order_, record.order);
    const auto stored = stored_value(record.value, std::numeric_limits<std::size_t>::max());
    const std::size_t bytes = size_of(record.key, stored ? stored->bytes : 0);
    add(std::move(record), bytes);
  }
  make_room();
}

}  // namespace picket
