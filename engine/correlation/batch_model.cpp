#include "engine/correlation/batch_model.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "engine/correlation/match_values.hpp"

namespace picket {
namespace {

// A signal of one key.
struct Taken {
  std::int64_t time = 0;
  std::size_t place = 0;  // among all signals: the same for the items of one signal
  std::size_t item = 0;
  SignalMeasure measure;
};

struct Found {
  std::int64_t began = 0;
  std::int64_t completed = 0;
  bool waits = false;
  std::optional<double> measured;
};

double computed(const Measure& measure, std::vector<double> numbers) {
  std::sort(numbers.begin(), numbers.end());
  const std::size_t size = numbers.size();
  double sum = 0;
  for (const double number : numbers) sum += number;
  switch (measure.kind) {
    case MeasureKind::count:
    case MeasureKind::distinct:  // which are counted below
    case MeasureKind::sum:
      break;
    case MeasureKind::average:
      return sum / static_cast<double>(size);
    case MeasureKind::median:
      return size % 2 == 1 ? numbers[size / 2] : (numbers[size / 2 - 1] + numbers[size / 2]) / 2;
    case MeasureKind::percentile:
      // The least number that so many of a hundred do not exceed.
      return *std::find_if(numbers.begin(), numbers.end(), [&](double candidate) {
        const auto within = std::count_if(numbers.begin(), numbers.end(), [&](double one) { return one <= candidate; });
        return static_cast<double>(within) * 100 >= measure.percentile * static_cast<double>(size);
      });
  }
  return sum;
}

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
      if (const auto found = complete_at(at)) fired.push_back(*found);
    }
    return fired;
  }

 private:
  // The pattern that is complete at a signal, if nothing takes it back.
  [[nodiscard]] std::optional<Found> complete_at(std::size_t at) const {
    const std::int64_t now = all_[at].time;
    if (correlation_.measure) return measured_at(at);
    if (const auto enough = correlation_.items.front().enough) {
      const auto began = since(at, [&](std::int64_t from) { return count(0, from, now, at + 1) >= *enough; });
      if (began && now - *began <= lookback_) return Found{*began, now, false, {}};
    }
    const auto began = correlation_.ordered ? sequence_until(at) : group_until(at);
    if (!began || now - *began > lookback_ || taken_back({*began, now, true, {}})) return std::nullopt;
    return Found{*began, now, correlation_.waits(), {}};
  }

  // Signals of an item with a time of the span, among the first so many; or their different values.
  [[nodiscard]] std::size_t count(std::size_t item, std::int64_t from, std::int64_t to, std::size_t among) const {
    std::size_t signals = 0;
    std::set<std::string> values;
    for (std::size_t i = 0; i < among; ++i) {
      const Taken& one = all_[i];
      if (one.item != item || one.time < from || one.time > to) continue;
      ++signals;
      values.insert(one.measure.values.begin(), one.measure.values.end());
    }
    return correlation_.items[item].distinct ? values.size() : signals;
  }

  // The window's numbers at a signal.
  [[nodiscard]] std::optional<Found> measured_at(std::size_t at) const {
    const std::int64_t now = all_[at].time;
    std::vector<double> numbers;
    std::int64_t began = now;
    for (std::size_t i = 0; i <= at; ++i) {
      if (now - all_[i].time > lookback_) continue;
      began = std::min(began, all_[i].time);
      numbers.insert(numbers.end(), all_[i].measure.numbers.begin(), all_[i].measure.numbers.end());
    }
    const double number = computed(*correlation_.measure, numbers);
    if (!holds(*correlation_.measure, number)) return std::nullopt;
    return Found{began, now, false, number};
  }

  // The time of the latest signal, up to this one, since which something holds.
  template <typename Predicate>
  [[nodiscard]] std::optional<std::int64_t> since(std::size_t at, const Predicate& holds_from) const {
    for (std::size_t back = at + 1; back-- > 0;) {
      if (holds_from(all_[back].time)) return all_[back].time;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool fulfilled(const Requirement& requirement, const std::vector<bool>& holding) const {
    if (requirement.kind == Requirement::Kind::item) return holding[requirement.item];
    const auto part_holds = [&](const Requirement& part) { return fulfilled(part, holding); };
    return requirement.kind == Requirement::Kind::all ? std::ranges::all_of(requirement.parts, part_holds)
                                                      : std::ranges::any_of(requirement.parts, part_holds);
  }

  // The latest time since which enough items have had their signals, as of a signal of an item that is no absence.
  [[nodiscard]] std::optional<std::int64_t> group_until(std::size_t at) const {
    if (std::all_of(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(at + 1), [&](const Taken& one) {
          return one.place != all_[at].place || correlation_.items[one.item].absence;
        })) {
      return std::nullopt;
    }
    return since(at, [&](std::int64_t from) {
      std::vector<bool> holding;
      for (std::size_t i = 0; i < correlation_.items.size(); ++i) {
        const CheckedCorrelation::Item& item = correlation_.items[i];
        holding.push_back(!item.absence && count(i, from, all_[at].time, at + 1) >= item.least);
      }
      if (correlation_.requirement) return fulfilled(*correlation_.requirement, holding);
      return static_cast<std::size_t>(std::ranges::count(holding, true)) >= correlation_.needed;
    });
  }

  // The same for a Sequence that ends at the time of this signal.
  [[nodiscard]] std::optional<std::int64_t> sequence_until(std::size_t at) const {
    std::optional<std::int64_t> latest;
    for (std::size_t last = 0; last <= at; ++last) {
      if (all_[last].time != all_[at].time) continue;
      latest = std::max(latest, chain(correlation_.needed - 1, last, at + 1));
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

using SignalsByKey = std::map<std::string, KeySignals>;

// `place`: the signal's among all; `item`: which of the correlation's takes it, as one of the source.
void take_signal(const CheckedCorrelation& correlation, const SignalSource& source, const SignalView& signal,
                 std::size_t place, std::size_t item, SignalsByKey& keys) {
  constexpr std::size_t all_keys = std::numeric_limits<std::size_t>::max();
  const auto measure = measure_of_signal(correlation, source, signal, all_keys);
  if (!measure) return;
  for (auto& values : keys_of_signal(source, correlation.as_texts, signal, all_keys).keys) {
    std::string text;
    for (const Value& value : values) append_key(text, value, correlation.as_texts);
    KeySignals& key = keys[text];
    if (key.taken.empty()) key.values = std::move(values);
    key.taken.push_back({signal.time.microseconds, place, item, *measure});
  }
}

}  // namespace

std::vector<Firing> correlate_all(const CheckedCorrelation& correlation, std::span<const SignalView> signals) {
  SignalsByKey keys;
  for (std::size_t place = 0; place < signals.size(); ++place) {
    for (std::size_t item = 0; item < correlation.items.size(); ++item) {
      for (const SignalSource& source : correlation.items[item].sources) {
        if (source.rule == signals[place].rule) take_signal(correlation, source, signals[place], place, item, keys);
      }
    }
  }
  std::vector<Firing> firings;
  for (const auto& [text, key] : keys) {
    for (const Found& found : KeyModel(correlation, key.taken).firings()) {
      const std::int64_t end = found.began + correlation.lookback.microseconds;
      firings.push_back({.correlation = &correlation,
                         .values = key.values,
                         .decided = Time{found.waits ? end : found.completed},
                         .began = Time{found.began},
                         .completed = Time{found.completed},
                         .signals = {},
                         .waited = found.waits,
                         .measured = found.measured});
    }
  }
  return firings;
}

}  // namespace picket
