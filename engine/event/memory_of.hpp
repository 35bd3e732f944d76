// How much memory a value takes: what bounds on memory are kept by.
#pragma once

#include <cstddef>

#include "engine/event/value.hpp"

namespace picket {

// Bytes, roughly, as if it shared nothing with other values.
[[nodiscard]] std::size_t memory_of(const Value& value);

}  // namespace picket
