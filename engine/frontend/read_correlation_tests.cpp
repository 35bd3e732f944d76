// The tests of correlation rules: which signals there are.
#include <string>

#include "engine/frontend/readers.hpp"
#include "grammar/text/backquoted.hpp"

namespace picket {
namespace {

void read_occurrences(const Section& section, const Located<std::string>& field, const yaml::Mapping::Entry& value,
                      CorrelationTest::Signals& signals) {
  if (value.value->sequence() == nullptr) {
    section.say(Code::wrong_type, place_of(value),
                "the times of " + backquoted(value.key) + " must be a list, and this is " +
                    std::string(value.value->kind_in_words()),
                "write `[0, 5]`, in minutes, or a list of times");
    return;
  }
  for (const Time time : read_times(section, value)) signals.occurrences.push_back({field, value.key, time});
}

CorrelationTest::Signals read_signals(const Section& section) {
  CorrelationTest::Signals signals;
  signals.item = section.text("ID").value_or(Located<std::string>{});
  const auto* matches = section.find("Matches");
  if (matches == nullptr || matches->value->mapping() == nullptr) return signals;
  for (const yaml::Mapping::Entry& field : matches->value->mapping()->entries) {
    const yaml::Mapping* values = field.value->mapping();
    if (values == nullptr) {
      section.say(Code::not_a_mapping, place_of(field),
                  "the values of " + backquoted(field.key) + " must be a mapping, and this is " +
                      std::string(field.value->kind_in_words()),
                  "write `" + field.key + ": {value: [0, 5]}`, the minutes at which it had that value");
      continue;
    }
    for (const yaml::Mapping::Entry& value : values->entries) {
      read_occurrences(section, {field.key, field.key_span}, value, signals);
    }
  }
  return signals;
}

}  // namespace

std::vector<CorrelationTest> read_correlation_tests(const Section& rule) {
  std::vector<CorrelationTest> tests;
  const auto* entry = rule.find("Tests");
  TestNames names;
  for (const yaml::NodePtr& node : rule.items("Tests")) {
    auto section = section_of(rule, *node, Holder::correlation_test, "a test", "Name", entry->key_span);
    if (!section) continue;
    section->check();
    names.check(rule, *section);
    CorrelationTest test{read_heading(*section, node->span), {}};
    const auto* outputs = section->find("RuleOutputs");
    for (const yaml::NodePtr& output : section->items("RuleOutputs")) {
      auto signals = section_of(*section, *output, Holder::rule_output, "an output", "ID", outputs->key_span);
      if (!signals) continue;
      signals->check();
      test.outputs.push_back(read_signals(*signals));
    }
    tests.push_back(std::move(test));
  }
  return tests;
}

}  // namespace picket
