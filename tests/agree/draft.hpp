// Rules, libraries and data models from their texts in the language, without files around them: tests make tens of
// thousands of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pack/pack.hpp"

namespace picket::tests {

// The texts of a rule, as the keys of its file would hold them; an empty one is not given.
struct RuleDraft {
  std::string id;
  RuleKind kind = RuleKind::rule;
  bool enabled = true;
  Severity severity = Severity::low;
  std::vector<std::string> log_types;
  std::vector<std::string> libraries;
  std::string let;
  std::string condition;
  std::string alert_title;
  std::string dedup;
  std::string alert_description;
  std::string unique;
  std::string dynamic_severity;
  std::string destinations;
  std::string alert_context;
  std::string remember_key;  // without one, nothing is remembered
  std::string remember_value;
  std::string remember_when;
  Duration remember_for;  // of nothing: for ever
};

struct NamedExpression {
  std::string name;
  std::string expression;
};

// Nothing if a text is not well formed.
[[nodiscard]] std::optional<Rule> parse_rule(const RuleDraft& draft);

// REQUIRES: the texts are well formed.
[[nodiscard]] Library parse_library(const std::string& id, const std::string& let);
[[nodiscard]] DataModel parse_data_model(const std::string& id, const std::vector<std::string>& log_types,
                                         const std::vector<NamedExpression>& mappings);

// Adds the rules that are well formed to a pack; returns how many are not.
std::size_t add_rules(Pack& pack, const std::vector<RuleDraft>& drafts);

}  // namespace picket::tests
