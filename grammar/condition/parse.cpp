#include "grammar/condition/parse.hpp"

#include <memory>
#include <utility>

#include "grammar/condition/build.hpp"
#include "grammar/condition/failure.hpp"
#include "grammar/condition/grammar.hpp"

namespace picket {

namespace syntax {

namespace {

// Whether a value stands behind `in cidr` on the line; `x in cidr` alone asks whether x is in the field of that name.
bool value_follows(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  if (at == text.size() || std::string_view("\r\n)]},;#?").find(text[at]) != std::string_view::npos) return false;
  if (at == 0) return text[0] == '[' || text[0] == '"' || text[0] == '\'' || text[0] == '(' || text[0] == '~';
  std::size_t end = at;
  while (end < text.size() && text[end] >= 'a' && text[end] <= 'z') ++end;
  const std::string_view word = text.substr(at, end - at);
  return word != "and" && word != "or" && word != "then" && word != "else";
}

}  // namespace

std::size_t op_token::operator_length(std::string_view text) {
  const auto run_of = [&](auto belongs) {
    std::size_t length = 0;
    while (length < text.size() && belongs(text[length])) ++length;
    return length;
  };
  const std::size_t letters = run_of(
      [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9'); });
  if (letters != 0) {
    const std::string_view word = text.substr(0, letters);
    if (!op_from_spelling(word)) return 0;
    if (word != "in") return letters;
    std::size_t at = letters;
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
    if (at == letters || !text.substr(at).starts_with("cidr")) return letters;
    at += 4;
    return value_follows(text.substr(at)) ? at : letters;
  }
  std::size_t signs = run_of([](char c) { return c == '=' || c == '<' || c == '>' || c == '!'; });
  if (text.substr(0, 2) == "=~") signs = 2;
  return op_from_spelling(text.substr(0, signs)) ? signs : 0;
}

namespace {

// Raises our errors instead of PEGTL's.
template <typename Rule>
struct control : peg::normal<Rule> {
  template <typename ParseInput, typename... States>
  [[noreturn]] static void raise(const ParseInput& in, const Mode& mode, States&&...) {
    const std::string_view text(in.begin(), static_cast<std::size_t>(in.end() - in.begin()));
    throw describe(expected_of<Rule>::value, text, offset_of(in), mode);
  }
};

void report(const SyntaxError& error, const SourceText& text, Diagnostics& diagnostics) {
  Diagnostic& diagnostic = diagnostics.add(error.code, text.source, text.span(error.begin, error.end), error.message);
  diagnostic.help = error.help;
  for (const SyntaxError::Replacement& fix : error.fixes) {
    diagnostic.fixes.push_back({.title = fix.title, .span = text.span(fix.begin, fix.end), .replacement = fix.text});
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
    peg::memory_input<peg::tracking_mode::lazy> in(text.text.data(), text.text.size(), "");
    const auto root = peg::parse_tree::parse<Grammar, ParseNode, selector, peg::nothing, control>(in, mode);
    // Every text either matches or raises; each grammar ends in a must<…>.
    if (!root) return std::nullopt;
    Builder builder(text, limits.nesting);
    return build(builder, *root);
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
      [](Builder& builder, const ParseNode& root) { return builder.expr(*root.children.front()); });
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
