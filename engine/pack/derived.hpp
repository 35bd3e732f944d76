// The derived rules of a pack (`BaseDetection`). Internal to engine/pack.
#pragma once

#include <vector>

#include "engine/pack/loaded.hpp"

namespace picket {

// Whether some derived rule names a base that none of the files has.
[[nodiscard]] bool lacks_base(const std::vector<Loaded>& files);

// Reads every derived rule by its base, which may be of any of the files and derived itself. Of two files with one id
// the first counts. Errors: unknown-base; bad-base where the base is no rule, or derives from what derives from it. A
// rule whose base is not judged is not judged either, with the note python-rule.
void read_derived_rules(std::vector<Loaded>& files, const FrontendOptions& options);

}  // namespace picket
