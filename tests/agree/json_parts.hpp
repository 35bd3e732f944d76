// The members and elements of a JSON text, found by its brackets, commas and quotes alone: so that a text can be cut
// down without being read.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace picket::tests {

// A member or an element with one of the commas beside it.
struct JsonPart {
  std::size_t at = 0;
  std::size_t size = 0;
};

// The largest first. Total: of a text that is no JSON, some parts.
[[nodiscard]] std::vector<JsonPart> json_parts(std::string_view text);

}  // namespace picket::tests
