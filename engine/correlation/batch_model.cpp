#include "engine/correlation/batch_model.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <string>

#include "engine/correlation/match_values.hpp"

namespace picket {
namespace {

// A signal of one key.
struct Taken {
  std::int64_t time = 0;
  std::size_t place = 0;  // among all signals: the same for the items of one signal
  std::size_t item = 0;
};

struct Found {
  std::int64_t began = 0;
  std::int64_t completed = 0;
};

class KeyModel {
 public:
  KeyModel(const CheckedCorrelation& correlation, const std::vector<Taken>& all)
      : correlation_(correlation), all_(all), lookback_(correlation.lookback.microseconds) {}

  [[nodiscard]] std::vector<Found> firings() const {
    std::vector<Found> fired;
    for (std::size_t at = 0; at < all_.size(); ++at) {
      if (at + 1 < all_.size() && all_[at + 1].place == all_[at].place) continue;  // a signal counts for all its items
      const std::int64_t now = all_[at].time;
      if (!fired.empty() && now - fired.back().completed <= lookback_) continue;
      const auto began = correlation_.ordered ? sequence_until(at) : group_until(at);
      if (!began || now - *began > lookback_ || taken_back({*began, now})) continue;
      fired.push_back({*began, now});
    }
    return fired;
  }

 private:
  // Signals of an item with a time of the span, among the first so many.
  [[nodiscard]] std::size_t count(std::size_t item, std::int64_t from, std::int64_t to, std::size_t among) const {
    return static_cast<std::size_t>(
        std::count_if(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(among),
                      [&](const Taken& one) { return one.item == item && one.time >= from && one.time <= to; }));
  }

  // The latest time since which enough items have had their signals, as of a signal of an item that is no absence.
  [[nodiscard]] std::optional<std::int64_t> group_until(std::size_t at) const {
    if (std::all_of(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(at + 1), [&](const Taken& one) {
          return one.place != all_[at].place || correlation_.items[one.item].absence;
        })) {
      return std::nullopt;
    }
    for (std::size_t back = at + 1; back-- > 0;) {
      const std::int64_t from = all_[back].time;
      std::size_t holding = 0;
      for (std::size_t i = 0; i < correlation_.items.size(); ++i) {
        const CheckedCorrelation::Item& item = correlation_.items[i];
        if (!item.absence && count(i, from, all_[at].time, at + 1) >= item.least) ++holding;
      }
      if (holding >= correlation_.needed) return from;
    }
    return std::nullopt;
  }

  // The same for a Sequence that ends at the time of this signal.
  [[nodiscard]] std::optional<std::int64_t> sequence_until(std::size_t at) const {
    std::optional<std::int64_t> latest;
    for (std::size_t last = 0; last <= at; ++last) {
      if (all_[last].time != all_[at].time) continue;
      latest = std::max(latest, chain(correlation_.items.size() - 1, last, at + 1));
    }
    return latest;
  }

  // The latest beginning of all chains up to the item whose last signal is this one, made of the first so many signals.
  [[nodiscard]] std::optional<std::int64_t> chain(std::size_t item, std::size_t last, std::size_t among) const {
    if (all_[last].item != item) return std::nullopt;
    const std::int64_t end = all_[last].time;
    std::optional<std::int64_t> latest;
    for (std::size_t first = 0; first < among; ++first) {
      const std::int64_t begin = all_[first].time;
      if (all_[first].item != item || begin > end) continue;
      if (count(item, begin, end, among) < correlation_.items[item].least) continue;
      if (item == 0) {
        latest = std::max(latest, std::optional(begin));
        continue;
      }
      for (std::size_t before = 0; before < among; ++before) {
        const std::int64_t completed = all_[before].time;
        if (completed > begin || end - completed > correlation_.items[item].within.microseconds) continue;
        if (all_[before].place == all_[first].place || all_[before].place == all_[last].place) continue;
        latest = std::max(latest, chain(item - 1, before, among));
      }
    }
    return latest && end - *latest <= lookback_ ? latest : std::nullopt;
  }

  // Whether some window that holds the pattern holds too many signals of an item.
  [[nodiscard]] bool taken_back(const Found& found) const {
    for (std::size_t i = 0; i < correlation_.items.size(); ++i) {
      const auto too_many = correlation_.items[i].too_many;
      if (!too_many) continue;
      // A window that holds most begins at a signal, or as early or as late as it may.
      std::vector<std::int64_t> starts = {found.completed - lookback_, found.began};
      for (const Taken& one : all_) starts.push_back(one.time);
      for (const std::int64_t start : starts) {
        if (start < found.completed - lookback_ || start > found.began) continue;
        if (count(i, start, start + lookback_, all_.size()) >= *too_many) return true;
      }
    }
    return false;
  }

  const CheckedCorrelation& correlation_;
  const std::vector<Taken>& all_;
  std::int64_t lookback_;
};

struct KeySignals {
  std::vector<Value> values;
  std::vector<Taken> taken;
};

}  // namespace

std::vector<Firing> correlate_all(const CheckedCorrelation& correlation, std::span<const SignalView> signals) {
  std::map<std::string, KeySignals> keys;
  for (std::size_t place = 0; place < signals.size(); ++place) {
    for (std::size_t i = 0; i < correlation.items.size(); ++i) {
      if (correlation.items[i].rule != signals[place].rule) continue;
      constexpr std::size_t all_keys = std::numeric_limits<std::size_t>::max();
      for (auto& values : keys_of_signal(correlation.items[i], signals[place], all_keys).keys) {
        std::string text;
        for (const Value& value : values) append_key(text, value);
        KeySignals& key = keys[text];
        key.values = std::move(values);
        key.taken.push_back({signals[place].time.microseconds, place, i});
      }
    }
  }
  std::vector<Firing> firings;
  for (const auto& [text, key] : keys) {
    for (const Found& found : KeyModel(correlation, key.taken).firings()) {
      const std::int64_t end = found.began + correlation.lookback.microseconds;
      firings.push_back({&correlation,
                         key.values,
                         Time{correlation.waits() ? end : found.completed},
                         Time{found.began},
                         Time{found.completed},
                         {}});
    }
  }
  return firings;
}

}  // namespace picket
