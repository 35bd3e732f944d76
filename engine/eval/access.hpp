// Reaching into values: members, elements, slices, `[*]` and `[**]`. Total: what is not there is null.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/eval/budget.hpp"
#include "engine/event/value.hpp"

namespace picket {

// The one null that stands wherever nothing does.
[[nodiscard]] const Value& null_value();

// base.key; lives as long as the object that `base` shares.
[[nodiscard]] const Value& member_of(const Value& base, std::string_view key);
// The element of a list; lives as long as the list. Null for any other base.
[[nodiscard]] const Value& element_of(const Value& base, std::int64_t index);
// base[index]: a key of an object, an index of a list or a string.
[[nodiscard]] Value item_of(const Value& base, const Value& index, Budget& budget);
// base[index] for a constant index.
[[nodiscard]] Value item_of(const Value& base, std::int64_t index, Budget& budget);
// base[from:to] as Python slices; a bound that is not given is the end.
[[nodiscard]] Value slice_of(const Value& base, const Value* from, const Value* to, Budget& budget);

// base[*]: the elements of a list, a list of one of anything else, without nulls. With `flatten`, base is what an
// earlier `[*]` reached, and each of its elements counts so.
[[nodiscard]] Value elements_of(const Value& base, bool flatten, Budget& budget);
// base[**]: every scalar within, in order.
[[nodiscard]] Value leaves_of(const Value& base, Budget& budget);

// The byte at which a code point begins; the size of the text for one beyond the end.
[[nodiscard]] std::size_t offset_of_code_point(std::string_view text, std::size_t index);

}  // namespace picket
