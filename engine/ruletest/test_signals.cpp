#include "engine/ruletest/test_signals.hpp"

#include <algorithm>
#include <cstddef>
#include <map>

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
    for (std::size_t i = 0; i < correlation.items.size(); ++i) {
      if (correlation.items[i].id != signal.item) continue;
      const std::vector<FieldChoice>& fields = correlation.items[i].sources.front().fields;
      std::vector<Value> key;
      for (const FieldChoice& field : fields) {
        if (const std::string* value = value_of(signal, print_path(field.front()))) key.emplace_back(*value);
      }
      ItemSignal& one = keyed.emplace_back(ItemSignal{i, signal.time, {}});
      if (key.size() == fields.size()) one.keys.push_back(std::move(key));
    }
  }
  return keyed;
}

}  // namespace picket
