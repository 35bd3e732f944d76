#include "grammar/condition/parse_tree.hpp"

#include <utility>

#include "grammar/condition/failure.hpp"
#include "grammar/condition/grammar.hpp"

namespace picket::syntax {
namespace {

bool match_form(TextForm form, Input& in, Mode& mode) {
  switch (form) {
    case TextForm::condition:
      return match_rule<condition_text>(in, mode);
    case TextForm::definitions:
      return match_rule<definitions_text>(in, mode);
    case TextForm::expression:
      return match_rule<expression_text>(in, mode);
    case TextForm::text_template:
      return match_rule<template_text>(in, mode);
    case TextForm::entries:
      return match_rule<entries_text>(in, mode);
  }
  return false;
}

}  // namespace

std::optional<ParseNode> parse_tree(std::string_view text, TextForm form, const Limits& limits) {
  if (text.size() > limits.text_bytes) return std::nullopt;
  Mode mode;
  mode.most_depth = limits.nesting;
  try {
    Input in(text.data(), text.size(), "");
    if (!match_form(form, in, mode)) return std::nullopt;
    return ParseNode{.kind = NodeKind::text, .text = text, .children = std::move(mode.nodes)};
  } catch (const SyntaxError&) {
    return std::nullopt;
  }
}

}  // namespace picket::syntax
