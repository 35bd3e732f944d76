// Choosing among rules and tests by their metadata.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/frontend/rule.hpp"
#include "engine/pattern/pattern.hpp"
#include "engine/select/rule_filter.hpp"

namespace picket {

// What was asked for. Values of one kind are alternatives, kinds restrict one another; an empty kind restricts nothing.
struct SelectionOptions {
  std::vector<std::string> ids;         // globs
  std::vector<std::string> tags;        // globs, case ignored
  std::vector<std::string> severities;  // words, case ignored
  std::vector<std::string> log_types;   // globs, case ignored
  std::vector<std::string> paths;       // globs over the whole path, or parts of it
  std::vector<std::string> tests;       // globs over test names
  std::vector<std::string> filters;     // texts of the filter language, every one of which must hold
};

// What an option could not be read as: `value` of `option`, because of `reason`.
struct SelectionError {
  std::string option;  // "--id"
  std::string value;
  std::string reason;
  std::optional<SourceSpan> span;  // of the value, where only a part of it is wrong
};

class Selection {
 public:
  [[nodiscard]] static std::variant<Selection, SelectionError> make(const SelectionOptions& options);

  [[nodiscard]] bool selects(const RuleMetadata& rule) const;
  // Of a rule that is selected.
  [[nodiscard]] bool selects(const TestHeading& test) const;
  // From now on only rules of `rules`, as well.
  void keep_only(std::set<const RuleMetadata*> rules) { kept_ = std::move(rules); }
  // Whether it restricts anything.
  [[nodiscard]] bool narrows() const;
  [[nodiscard]] bool narrows_tests() const { return !tests_.empty(); }

 private:
  std::vector<Glob> ids_;
  std::vector<Glob> tags_;
  std::vector<Severity> severities_;
  std::vector<Glob> log_types_;
  std::vector<Glob> paths_;
  std::vector<Glob> tests_;
  std::vector<RuleFilter> filters_;
  std::optional<std::set<const RuleMetadata*>> kept_;
};

}  // namespace picket
