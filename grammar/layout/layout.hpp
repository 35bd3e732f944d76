// The house's layout of a text in the detection language: what `picket fmt` makes of it.
//
// It works on the author's tokens, not on the tree that they mean (as grammar/ast/print.hpp does). A tree has no
// comments, no line breaks and no second spelling of a thing, and those are what an author cares about: tokens keep
// them for nothing. The parse tree only says what each token is.
//
// The author chooses where lines break; the layout says how far they are indented, that a bracket that is broken at all
// is broken after it opens and before it closes, and what stands between the tokens of a line. Columns that the
// author has aligned (`->` of arms, `=`, values behind `:`, comments at line ends) are aligned again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/condition/parse_tree.hpp"
#include "grammar/text/source.hpp"

namespace picket {

// Returns the text laid out, without a newline at its end, or nothing if it is not well formed. The result means the
// same, and laid out again it does not change. REQUIRES: form is not text_template.
[[nodiscard]] std::optional<std::string> lay_out(std::string_view text, syntax::TextForm form);

// A part of a text and what stands there instead.
struct Respelling {
  SourceSpan span;  // bytes of the text
  std::string replacement;
};

enum class Quotes : bool { keep, change };

// The same for a text on one line, and for the holes of a template, as replacements between which every byte stays.
// Nothing for a text over several lines or with comments. No replacement holds a newline.
[[nodiscard]] std::vector<Respelling> respell(std::string_view text, syntax::TextForm form, Quotes quotes);

}  // namespace picket
