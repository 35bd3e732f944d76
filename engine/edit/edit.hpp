// Edits of a text: replacements of spans of it. Whatever changes an author's file does it by these, so that every byte
// that is not meant stays as it was.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/text/source.hpp"

namespace picket {

struct Edit {
  SourceSpan span;  // of the text; an empty one inserts
  std::string replacement;

  friend bool operator==(const Edit&, const Edit&) = default;
};

struct Edited {
  std::string text;
  std::vector<std::size_t> left_out;  // indices of edits that overlap one given before them, ascending
};

// Applies the edits to `text`, in whatever order they are given. Edits that touch do not overlap; two insertions at one
// place do, for nothing says which comes first. REQUIRES: the spans lie within the text.
[[nodiscard]] Edited apply_edits(std::string_view text, const std::vector<Edit>& edits);

}  // namespace picket
