// File names of pages for names that strangers choose.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace picket::site {

// A file name for each of the names, without folder and extension: letters, digits, `.`, `_` and `-`, readable, at most
// 100 bytes, no two equal in any case of letters, none that some system keeps for itself or that leaves its folder. A
// name that is fit stays as it is. REQUIRES: the names are sorted, each once.
[[nodiscard]] std::vector<std::string> file_names(const std::vector<std::string_view>& names);

}  // namespace picket::site
