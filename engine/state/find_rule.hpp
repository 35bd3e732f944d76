// Finding a rule's facts by its id.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "engine/state/rule_facts.hpp"

namespace picket {

// Null if there is no such rule.
using FindRule = std::function<std::shared_ptr<const RuleFacts>(std::string_view id)>;

}  // namespace picket
