#include "engine/mutation/signal_changes.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <utility>

#include "engine/ruletest/test_time.hpp"

namespace picket {
namespace {

using Item = CheckedCorrelation::Item;

// Of items that count more, none is changed: nobody would write such a test down.
constexpr std::size_t most_signals_of_item = 100;

// A signal has a value though nothing must be equal.
constexpr const char* any_field = "event";

std::string field_of(const Item& item, std::size_t column) {
  return print_path(item.sources.front().fields[column].front());
}

// A signal of the item with the values that another of another item has, column by column. Where nothing must be equal,
// the fields are the other's, too.
TestSignal like(const Item& item, Time time, const Item* other, const TestSignal* signal) {
  TestSignal made{item.id, time, {}};
  const std::size_t columns = item.sources.front().fields.size();
  for (std::size_t k = 0; k < columns; ++k) {
    const std::string* found = signal == nullptr ? nullptr : value_of(*signal, field_of(*other, k));
    made.values.emplace_back(field_of(item, k), found == nullptr ? "a" : *found);
  }
  if (columns == 0 && signal != nullptr) made.values = signal->values;
  if (made.values.empty()) made.values.emplace_back(any_field, "a");
  return made;
}

class SignalChanges {
 public:
  SignalChanges(const std::vector<TestSignal>& signals, const CheckedCorrelation& original,
                const CheckedCorrelation& mutant)
      : signals_(signals), original_(original), mutant_(mutant) {}

  std::vector<ChangedSignals> run() {
    for (const Item& item : original_.items) {
      std::set<std::size_t> counts;
      add_counts(item, counts);
      for (const Item& other : mutant_.items) {
        if (other.id == item.id) add_counts(other, counts);
      }
      for (const std::size_t count : counts) set_count(item, count);
    }
    const std::vector<Time> times = telling_times();
    for (std::size_t i = 0; i < signals_.size(); ++i) {
      if (repeats_one_before(i)) continue;
      for (const Time time : times) move(i, time);
      if (original_.columns > 0) change_values(i);
    }
    for (std::size_t i = 0; i < original_.items.size(); ++i) {
      for (const Time time : times) move_all(i, time);
    }
    return std::move(changes_);
  }

 private:
  static void add_counts(const Item& item, std::set<std::size_t>& counts) {
    for (const std::size_t count : {item.least, item.too_many.value_or(item.least)}) {
      if (count > most_signals_of_item) continue;
      counts.insert(count);
      counts.insert(count - 1);
    }
  }

  [[nodiscard]] const Item* item_of(const TestSignal& signal) const {
    const auto found = std::ranges::find(original_.items, signal.item, &Item::id);
    return found == original_.items.end() ? nullptr : &*found;
  }

  [[nodiscard]] bool repeats_one_before(std::size_t i) const {
    return std::find(signals_.begin(), signals_.begin() + static_cast<std::ptrdiff_t>(i), signals_[i]) !=
           signals_.begin() + static_cast<std::ptrdiff_t>(i);
  }

  void add(std::vector<TestSignal> signals, std::string change) {
    // As a test would give them: item by item, in the order of time.
    std::ranges::stable_sort(signals, {}, [&](const TestSignal& signal) {
      const Item* item = item_of(signal);
      const auto place =
          item == nullptr ? original_.items.size() : static_cast<std::size_t>(item - original_.items.data());
      return std::pair(place, signal.time);
    });
    changes_.push_back({signals_of(written_signals(signals)), std::move(change)});
  }

  void set_count(const Item& item, std::size_t count) {
    std::vector<TestSignal> changed = signals_;
    const auto of_item = [&](const TestSignal& signal) { return signal.item == item.id; };
    auto known = static_cast<std::size_t>(std::ranges::count_if(changed, of_item));
    if (known == count) return;
    for (; known > count; --known) {
      const auto last = std::find_if(changed.rbegin(), changed.rend(), of_item);
      changed.erase(std::next(last).base());
    }
    if (known < count) {
      const auto last = std::find_if(changed.rbegin(), changed.rend(), of_item);
      const TestSignal* other = last != changed.rend() ? &*last : changed.empty() ? nullptr : &changed.back();
      const Item* from = other == nullptr ? nullptr : item_of(*other);
      const TestSignal more =
          like(item, other == nullptr ? Time{} : other->time, from, from == nullptr ? nullptr : other);
      changed.insert(changed.end(), count - known, more);
    }
    const std::string words = count == 0 ? "no signal" : count == 1 ? "1 signal" : std::to_string(count) + " signals";
    add(std::move(changed), words + " of `" + item.id + "`");
  }

  // Before all of the signals, behind all, just within and just beyond each window that begins with one of them.
  [[nodiscard]] std::vector<Time> telling_times() const {
    std::set<Duration> windows;
    for (const CheckedCorrelation* rule : {&original_, &mutant_}) {
      windows.insert(rule->lookback);
      for (const Item& item : rule->items) {
        if (rule->ordered) windows.insert(item.within);
      }
    }
    std::set<Time> begins;
    for (const TestSignal& signal : signals_) begins.insert(signal.time);
    std::vector<Time> times;
    if (begins.empty()) return times;
    const auto add_time = [&](std::int64_t microseconds) {
      const Time time{microseconds};
      if (microseconds >= 0 && std::ranges::find(times, time) == times.end()) times.push_back(time);
    };
    add_time(begins.begin()->microseconds - microseconds_per_minute);
    add_time(begins.rbegin()->microseconds + microseconds_per_minute);
    for (const Duration window : windows) {
      for (const Time begin : begins) {
        add_time(begin.microseconds + window.microseconds);
        add_time(begin.microseconds + window.microseconds + microseconds_per_minute);
      }
    }
    return times;
  }

  void move(std::size_t i, Time time) {
    if (signals_[i].time == time) return;
    std::vector<TestSignal> changed = signals_;
    changed[i].time = time;
    add(std::move(changed), "`" + signals_[i].item + "` at " + in_words(time));
  }

  // All signals of an item, and of those behind it, by as much as brings the first of them there.
  void move_all(std::size_t item, Time time) {
    std::vector<TestSignal> changed = signals_;
    std::optional<Time> first;
    std::size_t of_item = 0;
    for (const TestSignal& signal : signals_) {
      if (signal.item != original_.items[item].id) continue;
      if (!first || signal.time < *first) first = signal.time;
      ++of_item;
    }
    if (!first || *first == time) return;
    const std::int64_t by = time.microseconds - first->microseconds;
    std::size_t moved = 0;
    for (TestSignal& signal : changed) {
      const Item* of = item_of(signal);
      if (of == nullptr || of < &original_.items[item]) continue;
      if (signal.time.microseconds + by < 0) return;
      signal.time.microseconds += by;
      ++moved;
    }
    if (moved == 1) return;  // which move() does
    const std::string more = moved > of_item ? " and what is behind it" : "";
    add(std::move(changed), "`" + original_.items[item].id + "`" + more + " from " + in_words(time) + " on");
  }

  // Another value, or none.
  void change_values(std::size_t i) {
    const Item* item = item_of(signals_[i]);
    if (item == nullptr) return;
    for (std::size_t k = 0; k < original_.columns; ++k) {
      const std::string field = field_of(*item, k);
      for (std::size_t at = 0; at < signals_[i].values.size(); ++at) {
        if (signals_[i].values[at].first != field) continue;
        const std::string signal = "`" + signals_[i].item + "` with";
        std::vector<TestSignal> changed = signals_;
        std::string& value = changed[i].values[at].second;
        value += "x";
        add(changed, signal + " `" + field + "` \"" + value + "\"");
        if (changed[i].values.size() == 1) {
          changed[i].values.front() = {any_field, "a"};
        } else {
          changed[i].values.erase(changed[i].values.begin() + static_cast<std::ptrdiff_t>(at));
        }
        add(std::move(changed), signal + "out `" + field + "`");
        break;
      }
    }
  }

  const std::vector<TestSignal>& signals_;
  const CheckedCorrelation& original_;
  const CheckedCorrelation& mutant_;
  std::vector<ChangedSignals> changes_;
};

}  // namespace

std::vector<ChangedSignals> signal_changes(const std::vector<TestSignal>& signals, const CheckedCorrelation& original,
                                           const CheckedCorrelation& mutant) {
  return SignalChanges(signals, original, mutant).run();
}

std::vector<TestSignal> firing_signals(const CheckedCorrelation& correlation) {
  std::vector<TestSignal> signals;
  std::int64_t minute = 0;
  for (const Item& item : correlation.items) {
    if (item.absence) continue;
    signals.insert(signals.end(), std::min(item.least, most_signals_of_item),
                   like(item, Time{minute * microseconds_per_minute}, nullptr, nullptr));
    ++minute;
  }
  return signals_of(written_signals(signals));
}

}  // namespace picket
