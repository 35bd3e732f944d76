// What a test evaluates its rule with: the event, the clock, the mocks, the memory.
#pragma once

#include <optional>
#include <string_view>

#include "engine/eval/interpret.hpp"
#include "engine/ruletest/ruletest.hpp"

namespace picket {

// The log type of an event that is judged by one rule: its `p_log_type`, else the first log type of the rule. Of a
// scheduled rule always the latter, which is its query.
[[nodiscard]] std::string_view log_type_of(const Rule& rule, const Value& event);

// The event as rules of a log type that is recognised read it, if it came in another form (engine/shape).
[[nodiscard]] std::optional<Value> flat_form_for(const CheckedPack& pack, const Rule& rule, const Value& event);

// `{TABLE: {KEY: row}}`, what lookup tables hold in the test of an event; null if it does not say.
[[nodiscard]] const Object* mocked_rows(const Value& event);

// Holds what its input points to; the rule, the test and the event must outlive it.
class TestSetting {
 public:
  TestSetting(const CheckedRule& rule, const RuleTest& test, const TestOptions& options)
      : TestSetting(rule, test, options, test.event) {}
  // The test's mocks, clock and memory with another event. Lookup tables say what they have to say of either, unless it
  // brings a `p_enrichment`; what they hold is said by its `_mocked_lookup_data_`, else by their rows.
  TestSetting(const CheckedRule& rule, const RuleTest& test, const TestOptions& options, const Value& event);
  TestSetting(const TestSetting&) = delete;
  TestSetting& operator=(const TestSetting&) = delete;

  [[nodiscard]] const EvaluationInput& input() const { return input_; }

  // From now on it is this time.
  void set_clock(Time now) {
    input_.now = now;
    input_.memory.at = now;
  }

  // The memory as it is after a write.
  [[nodiscard]] const MemorySnapshot& remember(const MemoryWrite& write) {
    memory_.write(write, input_.now);
    return input_.memory;
  }

 private:
  std::optional<Value> enriched_;  // the event with what lookup tables say of it
  Memory memory_;
  Mocks mocks_;
  EvaluationInput input_;
};

}  // namespace picket
