// "Did you mean": the known word nearest to what was written.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace picket {

// Returns the candidate nearest to `written` by Damerau-Levenshtein distance (insert, delete, replace, swap of
// neighbours; a difference in ASCII case alone counts less than any edit), or nothing if none is near enough to be
// meant: at most one edit in words up to 4 bytes, two up to 8, three beyond. Of equally near ones the first wins.
[[nodiscard]] std::optional<std::string> nearest(std::string_view written,
                                                 std::span<const std::string_view> candidates);
[[nodiscard]] std::optional<std::string> nearest(std::string_view written, std::span<const std::string> candidates);

// Whether `near`, which nearest() gave, is the only candidate that is near enough.
[[nodiscard]] bool is_only_near(std::string_view written, std::string_view near,
                                std::span<const std::string_view> candidates);

}  // namespace picket
