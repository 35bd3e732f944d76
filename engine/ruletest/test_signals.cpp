#include "engine/ruletest/test_signals.hpp"

#include <cstddef>
#include <utility>

namespace picket {
namespace {

void add_signals(const CorrelationTest::Signals& written, std::vector<TestSignal>& signals) {
  using Values = std::map<std::string, std::string>;
  std::map<std::pair<Time, std::size_t>, Values> moments;  // by time and how many came before
  std::map<std::pair<std::string, Time>, std::size_t> seen;
  for (const auto& one : written.occurrences) {
    const std::size_t before = seen[{one.field.value, one.time}]++;
    moments[{one.time, before}].emplace(one.field.value, one.value);
  }
  for (auto& [moment, values] : moments) signals.push_back({written.item.value, moment.first, std::move(values)});
}

}  // namespace

std::vector<TestSignal> signals_of(const CorrelationTest& test) {
  std::vector<TestSignal> signals;
  for (const CorrelationTest::Signals& written : test.outputs) add_signals(written, signals);
  return signals;
}

std::vector<ItemSignal> with_keys(const CheckedCorrelation& correlation, std::span<const TestSignal> signals) {
  std::vector<ItemSignal> keyed;
  for (const TestSignal& signal : signals) {
    for (std::size_t i = 0; i < correlation.items.size(); ++i) {
      if (correlation.items[i].id != signal.item) continue;
      const std::vector<FieldChoice>& fields = correlation.items[i].sources.front().fields;
      std::vector<Value> key;
      for (const FieldChoice& field : fields) {
        const auto value = signal.values.find(print_path(field.front()));
        if (value != signal.values.end()) key.emplace_back(value->second);
      }
      ItemSignal& one = keyed.emplace_back(ItemSignal{i, signal.time, {}});
      if (key.size() == fields.size()) one.keys.push_back(std::move(key));
    }
  }
  return keyed;
}

}  // namespace picket
