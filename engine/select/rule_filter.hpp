// Choosing rules by a text in the filter language (grammar/filter): what its names mean. The door of engine/select.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/frontend/rule.hpp"
#include "grammar/filter/filter.hpp"

namespace picket {

// A name that rules can be chosen by.
struct FilterName {
  std::string_view name;
  std::string_view meaning;  // one line, for help
};
[[nodiscard]] std::vector<FilterName> filter_names();

// Immutable, and safe to share between threads.
class RuleFilter {
 public:
  [[nodiscard]] static std::variant<RuleFilter, FilterError> compile(std::string_view text);

  [[nodiscard]] bool selects(const RuleMetadata& rule) const { return test_(rule); }

 private:
  using Test = std::function<bool(const RuleMetadata&)>;
  explicit RuleFilter(Test test) : test_(std::move(test)) {}

  Test test_;
};

}  // namespace picket
