// Asking git.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace picket {

// What git writes, run in the folder; or nothing, and in `fault` why, a sentence without its full stop.
[[nodiscard]] std::optional<std::string> git(const std::string& folder, std::vector<std::string> arguments,
                                             std::string& fault);

// The top folders of the repositories that hold the paths, absolute and without links; paths that do not exist are in
// none. The other alternative is why they cannot be known.
[[nodiscard]] std::variant<std::set<std::string>, std::string> repositories_of(const std::vector<std::string>& paths);

// The text for a sentence of a terminal.
[[nodiscard]] std::string in_quotes(std::string_view text);

}  // namespace picket
