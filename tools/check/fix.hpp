// `picket check --fix`: writes the cures that are certain.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/loading.hpp"

namespace picket {

struct AppliedFix {
  SourcePtr source;  // as it was before this fix
  SourceSpan span;
  std::string title;
  Code code{};
};

// A file that could not be written, and why.
struct FixRefusal {
  std::string file;
  std::string reason;
};

struct FixedPack {
  LoadedPack loaded;  // of what is on the disk now
  std::vector<AppliedFix> applied;
  std::vector<FixRefusal> refusals;
};

// How the pack is loaded and diagnosed.
using Diagnose = std::function<LoadedPack(const LoadOptions&)>;

// Applies, in memory, the first fix of each diagnostic if it is certain; again and again, since a fix may uncover
// another fault, until nothing changes or ten rounds are over. Fixes that leave more errors than there were, or YAML
// that is not well formed, are not kept. Then writes the files that have changed. Only files found under
// options.paths are changed.
[[nodiscard]] FixedPack fix_files(LoadOptions options, const Diagnose& diagnose);

}  // namespace picket
