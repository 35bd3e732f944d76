// Values as YAML in the layout of the house. Internal to engine/draft.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/event/value.hpp"

namespace picket::draft {

// A string as a scalar on one line: plain where it stays a string, else in quotes.
[[nodiscard]] std::string yaml_string(std::string_view text);

// The entries of an object, one below the other, each line indented.
[[nodiscard]] std::string yaml_entries(const Object& object, std::size_t indent);

}  // namespace picket::draft
