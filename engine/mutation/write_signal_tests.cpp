#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "engine/mutation/test_list.hpp"
#include "engine/mutation/write_tests.hpp"
#include "engine/ruletest/test_time.hpp"
#include "engine/yaml/emit.hpp"

namespace picket {
namespace {

// Backquotes are for readers of reports; in a name they would have to be in quotes.
std::string without_backquotes(std::string text) {
  std::erase(text, '`');
  return text;
}

class SignalWriter {
 public:
  explicit SignalWriter(const CorrelationRule& rule) : list_(rule.source->text(), rule.tests) {}

  std::vector<Edit> write(std::span<const Killer> killers) {
    std::string added;
    for (const Killer& killer : killers) {
      if (const auto* signals = std::get_if<KillingSignals>(&killer)) added += item(*signals);
    }
    return {list_.add(std::move(added))};
  }

 private:
  std::string item(const KillingSignals& killer) {
    const ListStyle& style = list_.style();
    const std::string name = list_.new_name(test_name(killer));
    const std::string expected = killer.fires ? "true" : "false";
    List outputs = outputs_of(killer.signals);
    if (!style.block) {
      return ", {Name: " + name + ", ExpectedResult: " + expected +
             ", RuleOutputs: " + yaml::emit_flow(Value(std::move(outputs))) + "}";
    }
    const std::string inner(style.dash + 2, ' ');
    std::string text = std::string(style.dash, ' ') + "- Name: " + name + "\n" + inner + "ExpectedResult: " + expected +
                       "\n" + inner + "RuleOutputs:";
    if (outputs.empty()) return text + " []\n";
    text += "\n";
    const std::string dash(style.dash + 4, ' ');
    for (const Value& output : outputs) {
      for (const auto& [key, value] : output.object()->entries()) {
        text += dash + (key == "ID" ? "- " : "  ") + key + ": " + yaml::emit_flow(value) + "\n";
      }
    }
    return text;
  }

  static List outputs_of(const std::vector<TestSignal>& signals) {
    List outputs;
    for (const CorrelationTest::Signals& output : written_signals(signals)) {
      Object matches;
      for (const auto& one : output.occurrences) {
        const Value* known = matches.find_exact(one.field.value);
        Object values = known == nullptr ? Object() : *known->object();
        const Value* before = values.find_exact(one.value);
        List times = before == nullptr ? List() : *before->list();
        times.push_back(written_time(one.time));
        values.set(one.value, std::move(times));
        matches.set(one.field.value, std::move(values));
      }
      outputs.emplace_back(Object{{"ID", output.item.value}, {"Matches", std::move(matches)}});
    }
    return outputs;
  }

  TestList list_;
};

}  // namespace

std::string test_name(const KillingSignals& killer) {
  std::string name = killer.base == nullptr ? "As it fires" : killer.base->name.value;
  for (const std::string& change : killer.changes) {
    name += &change == killer.changes.data() ? ", but " : " and ";
    name += without_backquotes(change);
  }
  return name;
}

std::vector<Edit> test_edits(const CorrelationRule& rule, std::span<const Killer> killers) {
  return killers.empty() ? std::vector<Edit>()
                         : in_line_ends_of(rule.source->text(), SignalWriter(rule).write(killers));
}

}  // namespace picket
