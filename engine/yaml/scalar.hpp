// Scalars as they stand in the file: where one ends, and where each byte of its text stands. yaml-cpp tells only where
// a scalar begins (at the `|` or the quote) and what it means; this reads the raw text a second time.
//
// YAML 1.2.2, sections 7.3 (flow scalars) and 8.1 (block scalars).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "grammar/text/source.hpp"

namespace picket::yaml {

// Returns where the scalar that begins at `begin` ends (past its quote; a block scalar past its last line with text),
// or nothing if it is quoted and not closed, or does not spell `text`. `text` is what it means.
[[nodiscard]] std::optional<std::uint32_t> scalar_end(std::string_view file, std::uint32_t begin,
                                                      std::string_view text);

struct DecodedScalar {
  std::string text;
  TextMap map;
};

// Reads the scalar at `span` again. `text`, what it means, settles the one thing that the raw text alone does not say:
// how far a block scalar with an indentation indicator is indented.
[[nodiscard]] DecodedScalar decode_scalar(std::string_view file, SourceSpan span, std::string_view text);

}  // namespace picket::yaml
