#include "grammar/condition/parse.hpp"

#include <utility>

#include "grammar/condition/build.hpp"
#include "grammar/condition/failure.hpp"
#include "grammar/condition/grammar.hpp"

namespace picket {

namespace syntax {

namespace {

void report(const SyntaxError& error, const SourceText& text, Diagnostics& diagnostics) {
  Diagnostic& diagnostic = diagnostics.add(error.code, text.source, text.span(error.begin, error.end), error.message);
  diagnostic.help = error.help;
  for (const SyntaxError::Replacement& fix : error.fixes) {
    diagnostic.fixes.push_back(
        {.title = fix.title, .span = text.span(fix.begin, fix.end), .replacement = fix.text, .certain = fix.certain});
  }
  if (error.opened_at != SyntaxError::no_offset) {
    diagnostic.related.push_back(
        {.source = text.source, .span = text.span(error.opened_at, error.opened_at + 1), .message = "opened here"});
  }
}

// Parses `text` by Grammar and hands the tree's root to `build`, whose result is returned.
template <typename Grammar, typename Build>
auto parse_as(const SourceText& text, Diagnostics& diagnostics, const Limits& limits, Build build)
    -> std::optional<decltype(build(std::declval<Builder&>(), std::declval<const ParseNode&>()))> {
  if (text.text.size() > limits.text_bytes) {
    diagnostics.add(Code::text_too_long, text.source, text.span(0, 1),
                    "the text is " + std::to_string(text.text.size()) + " bytes long; the bound is " +
                        std::to_string(limits.text_bytes));
    return std::nullopt;
  }
  Mode mode;
  mode.most_depth = limits.nesting;
  try {
    Input in(text.text.data(), text.text.size(), "");
    // Every text either matches or raises; each grammar ends in a must<…>.
    if (!match_rule<Grammar>(in, mode)) return std::nullopt;
    const ParseNode root{.kind = NodeKind::text, .text = text.text, .children = std::move(mode.nodes)};
    Builder builder(text, limits.nesting);
    return build(builder, root);
  } catch (const SyntaxError& error) {
    report(error, text, diagnostics);
    return std::nullopt;
  }
}

}  // namespace
}  // namespace syntax

using syntax::Builder;
using syntax::ParseNode;

std::optional<Block> parse_condition(const SourceText& text, Diagnostics& diagnostics, const Limits& limits) {
  auto block = syntax::parse_as<syntax::condition_text>(
      text, diagnostics, limits, [](Builder& builder, const ParseNode& root) { return builder.block(root); });
  if (block) block->span = text.span(0, text.text.size());
  return block;
}

std::optional<std::vector<Definition>> parse_definitions(const SourceText& text, Diagnostics& diagnostics,
                                                         const Limits& limits) {
  return syntax::parse_as<syntax::definitions_text>(
      text, diagnostics, limits, [](Builder& builder, const ParseNode& root) { return builder.definitions(root); });
}

std::optional<Expr> parse_expression(const SourceText& text, Diagnostics& diagnostics, const Limits& limits) {
  return syntax::parse_as<syntax::expression_text>(
      text, diagnostics, limits,
      [](Builder& builder, const ParseNode& root) { return builder.expr(root.children.front()); });
}

std::optional<Expr> parse_template(const SourceText& text, Diagnostics& diagnostics, const Limits& limits) {
  auto result = syntax::parse_as<syntax::template_text>(
      text, diagnostics, limits, [](Builder& builder, const ParseNode& root) { return builder.template_of(root); });
  if (result) result->span = text.span(0, text.text.size());
  return result;
}

std::optional<Expr> parse_entries(const SourceText& text, Diagnostics& diagnostics, const Limits& limits) {
  return syntax::parse_as<syntax::entries_text>(
      text, diagnostics, limits, [&text](Builder& builder, const ParseNode& root) {
        return Expr{.node = builder.entries(root), .span = text.span(0, text.text.size())};
      });
}

}  // namespace picket
