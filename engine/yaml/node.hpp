// A YAML file as a tree that remembers where everything stands: the only YAML the rest of the engine sees.
//
// The dialect is Panther's (PyYAML's safe loader as its tools use it): true/false/True/False/TRUE/FALSE are bools,
// yes/no/on/off are strings, timestamps are strings, integers may have a sign, `_`, 0x, 0b and 0o, leading zeros are
// decimal, `1:30:00` is a string; null is empty, ~, null, Null, NULL. Merge keys (`<<`) and anchors work. A duplicate
// key is an error.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/event/value.hpp"
#include "grammar/text/diagnostic.hpp"
#include "grammar/text/source.hpp"

namespace picket::yaml {

struct Node;
// Nodes are immutable once loaded; an alias shares the node of its anchor.
using NodePtr = std::shared_ptr<const Node>;

struct Scalar {
  std::string text;    // decoded; source_text() tells where each byte of it stands
  bool plain = false;  // written without quotes and not as a block, so it may be a number, a bool or null
};
struct Sequence {
  std::vector<NodePtr> items;
};
struct Mapping {
  struct Entry {
    std::string key;
    SourceSpan key_span;
    NodePtr value;
  };
  std::vector<Entry> entries;  // in file order; merged entries (`<<`) after the mapping's own

  // The entry with exactly this key, or null.
  [[nodiscard]] const Entry* find(std::string_view key) const;
};

struct Node {
  std::variant<Scalar, Sequence, Mapping> content;
  // The whole node as written: a scalar with its quotes, a block scalar from its `|` to its last line with text, a list
  // or mapping to the end of its last item or bracket. Empty, after the `:` or `-`, for a value that is not there.
  SourceSpan span;

  [[nodiscard]] const Scalar* scalar() const { return std::get_if<Scalar>(&content); }
  [[nodiscard]] const Sequence* sequence() const { return std::get_if<Sequence>(&content); }
  [[nodiscard]] const Mapping* mapping() const { return std::get_if<Mapping>(&content); }

  // The value by the dialect's rules; a quoted or block scalar is a string. Total: every node has a value (a number too
  // large for a double is a string, as written).
  [[nodiscard]] Value value() const;
  // "a string", "a list", "a mapping", "a number", "true or false", "nothing": for messages.
  [[nodiscard]] std::string_view kind_in_words() const;
};

struct Limits {
  std::size_t bytes = 16 * 1024 * 1024;  // of one file
  std::size_t nesting = 64;              // mappings and sequences within one another
  std::size_t nodes = 1'000'000;         // counting what aliases and merge keys repeat
  std::size_t aliases = 10'000;
};

// Parses the one document of a file. Returns its root, or nothing and at least one error; with duplicate keys both: the
// tree keeps the first of them, so that other faults of the file can be told too. An empty file (or one of comments) is
// a null scalar. Errors: yaml-syntax, not-utf8, nul-byte, duplicate-key, unknown-anchor, several-documents,
// yaml-too-large, yaml-too-deep, yaml-too-many-nodes, yaml-too-many-aliases. A byte order mark and CRLF are accepted.
// Never throws; time and memory are bounded by the limits. All duplicate keys of a file are reported, not only the
// first.
[[nodiscard]] NodePtr load(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits = {});

// The same for a file that may hold several documents, `---` between them: their roots, at least one, or none and an
// error. The limits hold for all of them together.
[[nodiscard]] std::vector<NodePtr> load_documents(const SourcePtr& source, Diagnostics& diagnostics,
                                                  const Limits& limits = {});

// Where a node is to be pointed at: where it stands; a list's item that is not there by its dash, and any other value
// that is not there by `fallback`.
[[nodiscard]] SourceSpan place_of(const Source& source, const Node& node, SourceSpan fallback);

// The text of a scalar as condition text with its places in the file, read again from the file: only texts that are
// parsed pay for the map. REQUIRES: node is of this source; node.scalar() is not null.
[[nodiscard]] SourceText source_text(const SourcePtr& source, const Node& node);

}  // namespace picket::yaml
