// What changed between two texts, as `diff -u` and `git diff` write it.
#pragma once

#include <string>
#include <string_view>

namespace picket {

// Returns the unified diff with three lines of context, headed `--- a/NAME` and `+++ b/NAME`; empty if the texts are
// equal. Lines that begin and end both texts alike are set aside first; between them the diff is the shortest there is
// (Myers, "An O(ND) Difference Algorithm", 1986), unless more than 1,000 lines differ: then the middle is shown as
// replaced whole.
[[nodiscard]] std::string unified_diff(std::string_view name, std::string_view before, std::string_view after);

}  // namespace picket
