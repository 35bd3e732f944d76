// Whether two texts of a file mean the same. Internal to engine/format.
#pragma once

#include "engine/yaml/node.hpp"
#include "grammar/text/source.hpp"

namespace picket::format {

// A file and its tree.
struct Loaded {
  SourcePtr source;
  yaml::NodePtr root;
};

// The same keys at the top, in whatever order; texts in the detection language equal as trees; every other value equal,
// its mappings in the same order.
[[nodiscard]] bool same_meaning(const Loaded& before, const Loaded& after);

// The same comments, in whatever order: of YAML, and of the texts.
[[nodiscard]] bool same_comments(const Loaded& before, const Loaded& after);

}  // namespace picket::format
