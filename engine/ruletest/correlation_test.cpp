#include "engine/ruletest/correlation_test.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "engine/correlation/match_values.hpp"
#include "engine/correlation/rehearse.hpp"
#include "engine/ruletest/test_signals.hpp"
#include "engine/ruletest/test_time.hpp"

namespace picket {
namespace {

constexpr std::size_t most_keys_told = 5;

std::string counted_signals(std::size_t count) {
  return count == 0 ? "no signal" : count == 1 ? "1 signal" : std::to_string(count) + " signals";
}

class Explanation {
 public:
  Explanation(const CheckedCorrelation& correlation, const std::vector<ItemSignal>& signals)
      : correlation_(correlation), any_(!signals.empty()) {
    for (const ItemSignal& signal : signals) {
      for (const std::vector<Value>& key : signal.keys) {
        std::string text;
        for (const Value& value : key) append_key(text, value, correlation.as_texts);
        Key& known = keys_[text];
        known.values = key;
        known.counts.resize(correlation.items.size());
        ++known.counts[signal.item];
        known.different.insert(signal.measure.values.begin(), signal.measure.values.end());
      }
    }
  }

  // Why nothing fired, value by value, those first that came nearest to it.
  [[nodiscard]] std::vector<std::string> why_not() const {
    if (keys_.empty()) return {any_ ? "no signal has a value to be matched by" : "there are no signals"};
    std::vector<const Key*> keys;
    for (const auto& [text, key] : keys_) keys.push_back(&key);
    std::ranges::stable_sort(keys, {}, [](const Key* key) { return name_of(key->values); });
    std::ranges::stable_sort(keys, std::greater<>(), [this](const Key* key) { return holding(*key); });
    std::vector<std::string> lines;
    for (const Key* key : keys) {
      if (lines.size() == most_keys_told) {
        lines.push_back("and " + std::to_string(keys.size() - lines.size()) + " more values");
        break;
      }
      lines.push_back(name_of(key->values) + why_not(*key));
    }
    return lines;
  }

  // What fired, and with how many signals.
  [[nodiscard]] std::vector<std::string> why(const std::vector<Firing>& firings) const {
    std::vector<std::string> lines;
    for (const Firing& firing : firings) {
      if (lines.size() == most_keys_told) {
        lines.push_back("and " + std::to_string(firings.size() - lines.size()) + " more times");
        break;
      }
      std::string line = name_of(firing.values) + "fired at " + in_words(firing.decided);
      std::string separator = ": ";
      for (std::size_t i = 0; i < firing.signals.size(); ++i) {
        const CheckedCorrelation::Item& item = correlation_.items[i];
        line += std::exchange(separator, ", ") + words_of(item) + " had " +
                counted_signals(item.absence ? 0 : firing.signals[i].size());
        if (item.absence) line += " in the window";
      }
      lines.push_back(std::move(line));
    }
    return lines;
  }

 private:
  struct Key {
    std::vector<Value> values;
    std::vector<std::size_t> counts;  // of signals, by item
    std::set<std::string> different;  // of values that are counted
  };

  // "`alice`, `10.0.0.1`: "; nothing if there are no columns.
  static std::string name_of(const std::vector<Value>& values) {
    std::string name;
    for (const Value& value : values) name += (name.empty() ? "`" : ", `") + to_text(value) + "`";
    return name.empty() ? name : name + ": ";
  }
  static std::string words_of(const CheckedCorrelation::Item& item) {
    return (item.absence ? "Absence item `" : "`") + item.id + "`";
  }

  // Of signals that are measured by what they say.
  [[nodiscard]] std::string why_unmeasured(const Key& key) const {
    std::string line =
        "there " + std::string(key.counts.front() == 1 ? "was " : "were ") + counted_signals(key.counts.front());
    if (!correlation_.measure) {
      line +=
          " with " + std::to_string(key.different.size()) + " different value" + (key.different.size() == 1 ? "" : "s");
    }
    return line + ", and within " + print_duration(correlation_.lookback) + " at no time a " +
           std::string(spelling(correlation_.rule->measure->kind)) + " as the condition asks for";
  }

  // How many items had signals enough.
  [[nodiscard]] std::size_t holding(const Key& key) const {
    std::size_t holding = 0;
    for (std::size_t i = 0; i < correlation_.items.size(); ++i) {
      const CheckedCorrelation::Item& item = correlation_.items[i];
      if (!item.absence && key.counts[i] >= item.least) ++holding;
    }
    return holding;
  }

  [[nodiscard]] std::string why_not(const Key& key) const {
    if (correlation_.measures_values()) return why_unmeasured(key);
    std::string lacking;
    std::string too_much;
    std::string all;
    for (std::size_t i = 0; i < correlation_.items.size(); ++i) {
      const CheckedCorrelation::Item& item = correlation_.items[i];
      const std::string had = words_of(item) + " had " + counted_signals(key.counts[i]);
      if (item.too_many && key.counts[i] >= *item.too_many) {
        too_much += (too_much.empty() ? "" : ", ") + had;
        if (!item.absence) too_much += " where at most " + std::to_string(*item.too_many - 1) + " may be";
      }
      if (item.absence) continue;
      all += (all.empty() ? "" : ", ") + had;
      if (key.counts[i] < item.least) {
        lacking += (lacking.empty() ? "" : ", ") + had + (item.least > 1 ? " of " + std::to_string(item.least) : "");
      }
    }
    if (holding(key) < correlation_.needed) return lacking.empty() ? too_much : lacking;
    if (!too_much.empty()) return too_much;
    return all + (correlation_.ordered ? ", but not one after the other in time"
                                       : ", but not within " + print_duration(correlation_.lookback));
  }

  const CheckedCorrelation& correlation_;
  bool any_;  // signal, with a value or without
  std::map<std::string, Key> keys_;
};

}  // namespace

TestResult run_correlation_test(const TestCase& test_case) {
  const CheckedCorrelation& correlation = *test_case.correlation;
  const CorrelationTest& test = *test_case.correlation_test;
  const std::vector<ItemSignal> signals = with_keys(correlation, signals_of(test.outputs));
  const std::vector<Firing> firings = rehearse(correlation, signals);

  TestResult result;
  result.test_case = test_case;
  result.actual = !firings.empty();
  if (result.actual == test.expected) return result;
  TestFailure& wrong = result.failures.emplace_back();
  wrong.kind = TestFailure::Kind::verdict;
  wrong.expected = test.expected ? "a firing" : "no firing";
  wrong.actual = result.actual ? "a firing" : "no firing";
  wrong.message = "expected " + wrong.expected + ", got " +
                  (firings.size() > 1 ? std::to_string(firings.size()) + " firings" : wrong.actual);
  wrong.span = test.expected_span;
  const Explanation explanation(correlation, signals);
  wrong.details = result.actual ? explanation.why(firings) : explanation.why_not();
  return result;
}

}  // namespace picket
