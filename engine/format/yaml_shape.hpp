// The passes over the YAML around the texts. Each returns edits of the file that `root` is the tree of; none of them
// changes what the file means. Internal to engine/format.
#pragma once

#include <vector>

#include "engine/edit/edit.hpp"
#include "engine/format/same_meaning.hpp"
#include "engine/frontend/keys.hpp"
#include "engine/yaml/node.hpp"

namespace picket::format {

// Trailing blanks go, and so do empty lines at the end of the file, which ends with one line end.
[[nodiscard]] std::vector<Edit> tidy_white_space(const SourcePtr& source, const yaml::Node& root);

// Two blanks for each level; items stand further in than their key. Nothing if an indentation holds a tab, or a key is
// written with `?`.
[[nodiscard]] std::vector<Edit> indent(const SourcePtr& source, const yaml::Node& root);

struct Ordered {
  std::vector<Edit> edits;
  std::vector<MovedKey> keys;  // in their new order
};

// The file's keys in the order of the table of keys, each with the comments directly above it. The comment that
// begins the file stays there. `within`: other edits, of which those within a key with its value go with it. These
// alone, and no keys, if there is a key that the table does not have, or one that does not begin its line.
[[nodiscard]] Ordered order_keys(const SourcePtr& source, const yaml::Node& root, Holder holder,
                                 std::vector<Edit> within);

}  // namespace picket::format
