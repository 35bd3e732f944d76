// The fast one of the two readers of JSON (json.cpp tells why there are two). Internal to engine/event.
#pragma once

#include <optional>
#include <string_view>

#include "engine/event/json.hpp"

namespace picket {

// What the text says, as read_json() would; nothing for a text that this reader refuses, for whatever reason.
[[nodiscard]] std::optional<Value> read_fast_json(std::string_view text, const JsonLimits& limits);

}  // namespace picket
