// What a rule's page shows as its detection logic: texts in the detection language, laid out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/frontend/rule.hpp"

namespace picket::site {

struct LogicText {
  std::string condition;    // without a line end
  std::string definitions;  // of the rule's own `Let`
  // The line of the rule's file on which the condition begins, if each of its lines is a line there.
  std::optional<std::uint32_t> first_line;
};

// What the author wrote, if it was written in the language; else what it was lowered to, printed.
[[nodiscard]] LogicText logic_text(const Rule& rule);

}  // namespace picket::site
