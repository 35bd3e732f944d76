// Completions of `picket` and `ruletest`, for three shells.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tools/surface/surface.hpp"

namespace picket {

// Needs bash alone, not the package bash-completion.
[[nodiscard]] std::string bash_script(std::span<const CommandSurface> commands);
// A file `_picket` for a folder of $fpath; it can be sourced as well.
[[nodiscard]] std::string zsh_script(std::span<const CommandSurface> commands);
[[nodiscard]] std::string fish_script(std::span<const CommandSurface> commands);

// The text in single quotes, as bash and zsh read them.
[[nodiscard]] std::string quoted_for_sh(std::string_view text);
// The words with blanks between them.
[[nodiscard]] std::string joined(const std::vector<std::string>& words);

}  // namespace picket
