// Objects: look-up by exact key, then up to ASCII case. A large object keeps an index of its keys.
#include <algorithm>
#include <bit>
#include <compare>

#include "engine/event/value.hpp"
#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

// Up to here a scan costs less than an index. A power of two: the first run of the index.
constexpr std::size_t scanned_size = 32;

constexpr auto nowhere = static_cast<std::size_t>(-1);

unsigned char folded(char c) { return static_cast<unsigned char>(ascii_lower(c)); }

std::strong_ordering compare_folded(std::string_view a, std::string_view b) {
  return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end(),
                                                [](char x, char y) { return folded(x) <=> folded(y); });
}

}  // namespace

// The index is a list of runs, each sorted by folded key, then by key. Their lengths are the powers of two that make up
// its size, the largest first, so that adding a key merges runs as adding 1 carries bits: n keys cost n log n in all, a
// look-up log² n, whatever keys an attacker chooses (a hash table would need a secret).
class ObjectIndex {
 public:
  ObjectIndex(const std::vector<Object::Entry>& entries, const std::vector<std::uint32_t>& positions)
      : entries_(entries), positions_(positions) {}

  // Calls visit(begin, end) for each run until it returns true.
  template <typename Visit>
  void each_run(const Visit& visit) const {
    auto begin = positions_.begin();
    for (std::size_t rest = positions_.size(); rest > 0;) {
      const std::size_t length = std::bit_floor(rest);
      const auto end = begin + static_cast<std::ptrdiff_t>(length);
      if (visit(begin, end)) return;
      begin = end;
      rest -= length;
    }
  }

  [[nodiscard]] std::size_t find_exact(std::string_view key) const {
    std::size_t found = nowhere;
    each_run([&](auto begin, auto end) {
      const auto at = std::lower_bound(begin, end, key, [this](std::uint32_t position, std::string_view sought) {
        return before(entries_[position].first, sought);
      });
      if (at != end && entries_[*at].first == key) found = *at;
      return found != nowhere;
    });
    return found;
  }

  // Of the keys equal up to ASCII case, the one that stands first.
  [[nodiscard]] std::size_t find_folded(std::string_view key) const {
    std::size_t first = nowhere;
    each_run([&](auto begin, auto end) {
      auto at = std::lower_bound(begin, end, key, [this](std::uint32_t position, std::string_view sought) {
        return compare_folded(entries_[position].first, sought) == std::strong_ordering::less;
      });
      for (; at != end && ascii_equal_folded(entries_[*at].first, key); ++at) first = std::min<std::size_t>(first, *at);
      return false;
    });
    return first;
  }

  static bool before(std::string_view a, std::string_view b) {
    const auto order = compare_folded(a, b);
    return order == std::strong_ordering::equal ? a < b : order == std::strong_ordering::less;
  }

 private:
  const std::vector<Object::Entry>& entries_;
  const std::vector<std::uint32_t>& positions_;
};

Object::Object(std::initializer_list<Entry> entries) {
  entries_.reserve(entries.size());
  for (const Entry& entry : entries) set(entry.first, entry.second);
}

void Object::reserve(std::size_t size) { entries_.reserve(size); }

void Object::set(std::string key, Value value) {
  if (const std::size_t position = position_of(key); position != nowhere) {
    entries_[position].second = std::move(value);
    return;
  }
  entries_.emplace_back(std::move(key), std::move(value));
  if (entries_.size() <= scanned_size) return;
  const auto by_key = [this](std::uint32_t a, std::uint32_t b) {
    return ObjectIndex::before(entries_[a].first, entries_[b].first);
  };
  if (sorted_.empty()) {
    for (std::uint32_t i = 0; i < scanned_size; ++i) sorted_.push_back(i);
    std::sort(sorted_.begin(), sorted_.end(), by_key);
  }
  sorted_.push_back(static_cast<std::uint32_t>(entries_.size() - 1));
  for (std::ptrdiff_t run = 1; sorted_.size() % static_cast<std::size_t>(2 * run) == 0; run *= 2) {
    std::inplace_merge(sorted_.end() - 2 * run, sorted_.end() - run, sorted_.end(), by_key);
  }
}

std::size_t Object::position_of(std::string_view key) const {
  if (!sorted_.empty()) return ObjectIndex(entries_, sorted_).find_exact(key);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].first == key) return i;
  }
  return nowhere;
}

const Value* Object::find_exact(std::string_view key) const {
  const std::size_t position = position_of(key);
  return position == nowhere ? nullptr : &entries_[position].second;
}

const Value* Object::find(std::string_view key) const {
  if (const Value* exact = find_exact(key)) return exact;
  if (!sorted_.empty()) {
    const std::size_t position = ObjectIndex(entries_, sorted_).find_folded(key);
    return position == nowhere ? nullptr : &entries_[position].second;
  }
  for (const Entry& entry : entries_) {
    if (ascii_equal_folded(entry.first, key)) return &entry.second;
  }
  return nullptr;
}

bool operator==(const Object& a, const Object& b) {
  if (a.size() != b.size()) return false;
  return std::all_of(a.entries_.begin(), a.entries_.end(), [&b](const Object::Entry& entry) {
    const Value* other = b.find_exact(entry.first);
    return other != nullptr && *other == entry.second;
  });
}

}  // namespace picket
