// The comments of a YAML file, which its tree does not hold.
#pragma once

#include <vector>

#include "engine/yaml/node.hpp"
#include "grammar/text/source.hpp"

namespace picket::yaml {

// Where comments stand, from `#` to the end of the line, in order: a `#` outside of every scalar and key, or behind the
// indicator of a block scalar. A `#` within a block scalar is text. REQUIRES: load() gave `root` for `source`, and no
// error.
[[nodiscard]] std::vector<SourceSpan> find_comments(const Source& source, const Node& root);

}  // namespace picket::yaml
