// Whether two texts of a file mean the same. Internal to engine/format.
#pragma once

#include <string_view>
#include <vector>

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

// A key at the top with its value and the lines above it that are about it.
struct MovedKey {
  SourceSpan before;  // where it stands in the one file
  SourceSpan after;   // and in the other
};

// Proves the same key by key, which asks for no tree of `after`: a key whose text is the very same means the same
// wherever at the top it stands, and only one whose text is another is read again. False where that is no proof: where
// they do not mean the same, and where a key's meaning may hang on what stands before or behind it (an anchor, a block
// scalar that keeps the empty lines behind it, a last line without an end). `keys`: all of both files.
[[nodiscard]] bool same_key_by_key(const Loaded& before, const SourcePtr& after, const std::vector<MovedKey>& keys);

// The same comments, in whatever order: of YAML, and of the texts.
[[nodiscard]] bool same_comments(std::string_view before, std::string_view after);

}  // namespace picket::format
