// What a comparison may have meant: the nearest path that an event has, the nearest value that was asked for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/event/value.hpp"

namespace picket {

// A path of the event near to `path` ("userIdentity.userNme"), which it does not have: a key spelt alike at the same
// place, else the same last key elsewhere, else a path spelt alike.
[[nodiscard]] std::optional<std::string> nearest_path(const Value& event, std::string_view path);

// Of the strings that are `wanted` (one, or a list) the one spelt most like `actual`; as JSON.
[[nodiscard]] std::optional<std::string> nearest_value(const Value& actual, const Value& wanted);

// The value as JSON, cut to about `bytes` with "…" between whole characters.
[[nodiscard]] std::string short_json(const Value& value, std::size_t bytes = 120);

}  // namespace picket
