#include "engine/analyse/memory_use.hpp"

#include <algorithm>
#include <array>

#include "engine/analyse/term_children.hpp"

namespace picket {

bool MemoryUse::reads(const Term& term) {
  if (const auto* call = std::get_if<CallTerm>(&term.node); call != nullptr && call->function == Function::recall) {
    return true;
  }
  if (const auto* shared = std::get_if<SharedTerm>(&term.node)) return reads_definition(shared->definition);
  if (const auto* udm = std::get_if<UdmTerm>(&term.node)) return reads_mapping(udm->name);
  const auto* local = std::get_if<LocalTerm>(&term.node);
  if (local != nullptr) {
    const auto known = known_locals_.find(local->body.get());
    if (known != known_locals_.end()) return known->second;
  }
  bool found = false;
  for_each_child(term, [&](const Term& child) { found = found || reads(child); });
  if (local != nullptr) known_locals_.emplace(local->body.get(), found);
  return found;
}

bool MemoryUse::reads_definition(DefinitionIndex definition) {
  const auto known = known_definitions_.find(definition);
  if (known != known_definitions_.end()) return known->second;
  const bool found = reads(definitions_[definition].body.term);
  known_definitions_.emplace(definition, found);
  return found;
}

bool MemoryUse::reads_mapping(const std::string& name) {
  const auto known = known_mappings_.find(name);
  if (known != known_mappings_.end()) return known->second;
  const bool found = std::any_of(models_.begin(), models_.end(), [&](const CheckedModel& model) {
    const auto mapping = model.mappings.find(name);
    return mapping != model.mappings.end() && reads(mapping->second.term);
  });
  known_mappings_.emplace(name, found);
  return found;
}

bool MemoryUse::uses(const CheckedRule& rule) {
  if (rule.remember || reads(rule.condition.term)) return true;
  const std::array texts{&rule.alert_title,      &rule.dedup,         &rule.alert_description,
                         &rule.alert_reference,  &rule.alert_runbook, &rule.unique,
                         &rule.dynamic_severity, &rule.destinations,  &rule.alert_context};
  return std::any_of(texts.begin(), texts.end(),
                     [this](const std::optional<CheckedText>* text) { return *text && reads((*text)->term); });
}

void check_test_memory(const CheckedRule& rule, Diagnostics& diagnostics) {
  for (const RuleTest& test : rule.rule->tests) {
    if (test.memory && !rule.uses_memory) {
      diagnostics
          .add(Code::ignored_value, rule.rule->source, test.memory->span,
               "`Memory` has no effect: the rule does not look into the memory")
          .help = "take it out, or ask for what it holds: `previous` with `Remember`, or `recall(\"key\")`";
    }
    if (test.expected_memory && !rule.remember) {
      diagnostics
          .add(Code::ignored_value, rule.rule->source, test.expected_memory->span,
               "`ExpectedMemory` has no effect: the rule writes nothing")
          .help = "take it out, or say what the rule shall `Remember`";
    }
  }
}

}  // namespace picket
