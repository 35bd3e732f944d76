#include "engine/ruletest/setting.hpp"

#include <algorithm>

#include "engine/lookup/enrichment.hpp"
#include "engine/ruletest/mocks.hpp"
#include "engine/shape/windows_event.hpp"

namespace picket {

std::string_view log_type_of(const Rule& rule, const Value& event) {
  const Object* object = event.object();
  const Value* named = object != nullptr ? object->find("p_log_type") : nullptr;
  // A row of a query is the query's, whatever logs it was made of.
  const bool of_query = rule.kind == RuleKind::scheduled_rule;
  if (named != nullptr && named->string() != nullptr && !of_query) return *named->string();
  return rule.log_types.empty() ? std::string_view() : std::string_view(rule.log_types.front().value);
}

std::optional<Value> flat_form_for(const CheckedPack& pack, const Rule& rule, const Value& event) {
  if (pack.recognition == nullptr) return std::nullopt;
  const bool read_flat = std::ranges::any_of(pack.recognition->rules, [&](const CheckedRule& recogniser) {
    return recogniser.rule->id.value == log_type_of(rule, event);
  });
  return read_flat ? flat_windows_event(event) : std::nullopt;
}

const Object* mocked_rows(const Value& event) {
  const Value* mocked = event.object() == nullptr ? nullptr : event.object()->find_exact("_mocked_lookup_data_");
  return mocked == nullptr ? nullptr : mocked->object();
}

TestSetting::TestSetting(const CheckedRule& rule, const RuleTest& test, const TestOptions& options, const Value& event)
    : mocks_(mocks_of(rule, test)) {
  input_.event = &event;
  input_.log_type = log_type_of(*rule.rule, event);
  input_.now = test.now ? test.now->value : options.now;
  const Object* object = event.object();
  if (rule.enrichment != nullptr && object != nullptr && object->find_exact("p_enrichment") == nullptr) {
    enriched_ = rule.enrichment->enriched(event, input_.log_type, mocked_rows(event));
    if (enriched_) input_.event = &*enriched_;
  }
  input_.mocks = mocks_.empty() ? nullptr : &mocks_;
  input_.steps = options.steps;
  if (test.memory && test.memory->value.object() != nullptr) {
    for (const auto& [key, value] : test.memory->value.object()->entries()) {
      memory_.write({.key = key, .value = value, .keep = std::nullopt}, input_.now);
    }
  }
  input_.memory = {.memory = &memory_, .at = input_.now};
}

}  // namespace picket
