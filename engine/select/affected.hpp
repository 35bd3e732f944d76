// Which rules are concerned if files change.
#pragma once

#include <functional>
#include <set>

#include "engine/pack/pack.hpp"

namespace picket {

// The rules whose own file has changed, or that of a rule that they derive from, of a library that they use, directly
// or by another library, or of a data model or lookup table of one of their log types. Whether a rule asks a data model
// at all is told by `udm` standing anywhere in its file, or in a library's that it uses: a rule too many is cheaper
// than one too few. And the correlation rules whose own file has changed, or over one of those.
[[nodiscard]] std::set<const RuleMetadata*> affected_rules(const Pack& pack,
                                                           const std::function<bool(const Source&)>& changed);

}  // namespace picket
