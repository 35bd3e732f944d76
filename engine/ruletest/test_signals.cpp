#include "engine/ruletest/test_signals.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>

namespace picket {
namespace {

void add_signals(const CorrelationTest::Signals& written, std::vector<TestSignal>& signals) {
  std::map<std::pair<Time, std::size_t>, TestSignal> moments;  // by time and how many came before
  std::map<std::pair<std::string, Time>, std::size_t> seen;
  for (const auto& one : written.occurrences) {
    const std::size_t before = seen[{one.field.value, one.time}]++;
    TestSignal& signal = moments[{one.time, before}];
    signal.item = written.item.value;
    signal.time = one.time;
    signal.values.emplace_back(one.field.value, one.value);
  }
  for (auto& [moment, signal] : moments) signals.push_back(std::move(signal));
}

// The items that a test means by an id, and where their signals have their values. Of rules whose signals are measured
// together, and so are one item, each has an id of its own.
std::vector<std::pair<std::size_t, const SignalSource*>> meant(const CheckedCorrelation& correlation,
                                                               const std::string& id) {
  std::vector<std::pair<std::size_t, const SignalSource*>> found;
  const CorrelationRule& rule = *correlation.rule;
  if (rule.measure) {
    for (std::size_t i = 0; i < rule.items.size(); ++i) {
      if (rule.items[i].id.value == id) found.emplace_back(0, &correlation.items.front().sources[i]);
    }
    return found;
  }
  for (std::size_t i = 0; i < correlation.items.size(); ++i) {
    if (correlation.items[i].id == id) found.emplace_back(i, &correlation.items[i].sources.front());
  }
  return found;
}

// What a signal has in these fields, which a test calls by their paths, and those of a Sigma rule by their names in it
// as well; nothing if it has not all of them.
std::optional<std::vector<Value>> values_at(const CheckedCorrelation& correlation,
                                            const std::vector<FieldChoice>& fields,
                                            const std::vector<CorrelationCriterion>& named, const TestSignal& signal) {
  std::vector<Value> values;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string* value = value_of(signal, print_path(fields[i].front()));
    if (value == nullptr && correlation.as_texts) value = value_of(signal, named[i].name.value);
    if (value == nullptr) return std::nullopt;
    values.emplace_back(*value);
  }
  return values;
}

// False if the signal lacks what is measured.
bool add_measure(const CheckedCorrelation& correlation, const SignalSource& source, const TestSignal& signal,
                 SignalMeasure& measure) {
  if (source.measured.empty()) return true;
  const auto values = values_at(correlation, source.measured, correlation.rule->measured, signal);
  if (values) add_measured(correlation, *values, measure);
  return !measure.values.empty() || !measure.numbers.empty();
}

}  // namespace

const std::string* value_of(const TestSignal& signal, const std::string& field) {
  const auto found = std::ranges::find(signal.values, field, &std::pair<std::string, std::string>::first);
  return found == signal.values.end() ? nullptr : &found->second;
}

std::vector<TestSignal> signals_of(const std::vector<CorrelationTest::Signals>& outputs) {
  std::vector<TestSignal> signals;
  for (const CorrelationTest::Signals& written : outputs) add_signals(written, signals);
  return signals;
}

std::vector<CorrelationTest::Signals> written_signals(std::span<const TestSignal> signals) {
  std::vector<CorrelationTest::Signals> outputs;
  for (const TestSignal& signal : signals) {
    if (outputs.empty() || outputs.back().item.value != signal.item) outputs.push_back({{signal.item, {}}, {}});
    for (const auto& [field, value] : signal.values) {
      outputs.back().occurrences.push_back({{field, {}}, value, signal.time});
    }
  }
  for (CorrelationTest::Signals& output : outputs) {
    // Where a field, or a value of a field, is written for the first time, all that it has is written.
    std::map<std::string, std::size_t> fields;
    std::map<std::pair<std::string, std::string>, std::size_t> values;
    for (const auto& one : output.occurrences) {
      fields.try_emplace(one.field.value, fields.size());
      values.try_emplace({one.field.value, one.value}, values.size());
    }
    std::ranges::stable_sort(output.occurrences, {}, [&](const auto& one) {
      return std::pair(fields.at(one.field.value), values.at({one.field.value, one.value}));
    });
  }
  return outputs;
}

std::vector<ItemSignal> with_keys(const CheckedCorrelation& correlation, std::span<const TestSignal> signals) {
  std::vector<ItemSignal> keyed;
  for (const TestSignal& signal : signals) {
    for (const auto& [item, source] : meant(correlation, signal.item)) {
      const auto key = values_at(correlation, source->fields, correlation.rule->criteria, signal);
      ItemSignal& one = keyed.emplace_back(ItemSignal{item, signal.time, {}, {}});
      if (key && add_measure(correlation, *source, signal, one.measure)) one.keys.push_back(*key);
    }
  }
  return keyed;
}

}  // namespace picket
