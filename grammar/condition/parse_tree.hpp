// The parse tree of a text, for those who care how it was written and not only what it means. Internal to grammar.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "grammar/condition/node.hpp"
#include "grammar/condition/parse.hpp"

namespace picket::syntax {

// Which of the functions of parse.hpp reads a text.
enum class TextForm : std::uint8_t { condition, definitions, expression, text_template, entries };

// Returns the tree, whose nodes are views of `text`, or nothing if the text is not well formed.
[[nodiscard]] std::optional<ParseNode> parse_tree(std::string_view text, TextForm form, const Limits& limits = {});

}  // namespace picket::syntax
