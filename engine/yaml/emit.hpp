// Writing values as YAML that the loader reads back as the same values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/event/value.hpp"

namespace picket::yaml {

// On one line: objects and lists in brackets, texts plain where nothing in them can be mistaken, else in quotes.
// Times and durations are texts.
[[nodiscard]] std::string emit_flow(const Value& value);

// Within brackets, or the value of a key (or an item) on a line of its own, where more can stand without quotes.
enum class Context : std::uint8_t { flow, block };

// A text as a scalar: plain, 'single' or "double" quoted, whichever is needed.
[[nodiscard]] std::string emit_text(std::string_view text, Context context = Context::flow);

// The entries of an object, a line each, with `indent` blanks before them; objects and lists within that do not fit
// `columns` on a line of their own are written over several lines. Each line ends with a newline.
[[nodiscard]] std::string emit_entries(const Object& object, std::size_t indent, std::size_t columns);

}  // namespace picket::yaml
