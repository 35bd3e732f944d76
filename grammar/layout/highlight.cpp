#include "grammar/layout/highlight.hpp"

#include <algorithm>
#include <optional>

#include "grammar/ast/operators.hpp"
#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

using syntax::NodeKind;
using syntax::ParseNode;

std::optional<TokenKind> kind_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::number:
      return TokenKind::number;
    case NodeKind::string_literal:
    case NodeKind::raw_literal:
    case NodeKind::quoted_text:
    case NodeKind::plain_text:
      return TokenKind::string;
    case NodeKind::true_literal:
    case NodeKind::false_literal:
    case NodeKind::null_literal:
    case NodeKind::predicate_name:
    case NodeKind::group_word:
    case NodeKind::binder_word:
      return TokenKind::keyword;
    case NodeKind::op_token:
    case NodeKind::fold_mark:
    case NodeKind::all_mark:
      return TokenKind::op;
    case NodeKind::name:
    case NodeKind::member_name:
    case NodeKind::key_name:
    case NodeKind::binder_variable:
      return TokenKind::name;
    case NodeKind::call_name:
      return TokenKind::function;
    case NodeKind::definition_name:
    case NodeKind::parameter_name:
      return TokenKind::defined;
    default:
      return std::nullopt;
  }
}

class Highlighter {
 public:
  explicit Highlighter(std::string_view text) : text_(text) {}

  std::vector<HighlightedToken> read(const ParseNode* tree) {
    if (tree != nullptr) collect(*tree);
    std::ranges::sort(tokens_, {}, [](const HighlightedToken& token) { return token.span.begin; });
    join_paths();
    std::vector<HighlightedToken> all;
    std::size_t at = 0;
    for (const HighlightedToken& token : tokens_) {
      if (token.span.begin < at) continue;  // within one that stands there already
      scan(at, token.span.begin, all);
      all.push_back(token);
      at = token.span.end;
    }
    scan(at, text_.size(), all);
    return all;
  }

 private:
  // NOLINTNEXTLINE(misc-no-recursion): as deep as the text, which is bounded
  void collect(const ParseNode& node) {
    if (const auto kind = kind_of(node.kind)) {
      const auto begin = static_cast<std::uint32_t>(node.text.data() - text_.data());
      const auto end = begin + static_cast<std::uint32_t>(node.text.size());
      // A literal as a key is a literal.
      if (node.kind != NodeKind::key_name || node.children.empty()) tokens_.push_back({*kind, {begin, end}});
    }
    for (const ParseNode& child : node.children) collect(child);
  }

  // `aws` `.` `success` is one name.
  void join_paths() {
    std::vector<HighlightedToken> joined;
    for (const HighlightedToken& token : tokens_) {
      if (token.kind == TokenKind::name && !joined.empty() && joined.back().kind == TokenKind::name &&
          joined.back().span.end + 1 == token.span.begin && text_[joined.back().span.end] == '.') {
        joined.back().span.end = token.span.end;
      } else {
        joined.push_back(token);
      }
    }
    tokens_ = std::move(joined);
  }

  // What leaves no node: reserved words and comments.
  void scan(std::size_t at, std::size_t end, std::vector<HighlightedToken>& all) const {
    while (at < end) {
      const std::size_t begin = at;
      if (text_[at] == '#') {
        at = std::min(text_.find('\n', at), end);
        add(TokenKind::comment, begin, at, all);
      } else if (is_name_byte(text_[at])) {
        while (at < end && is_name_byte(text_[at])) ++at;
        if (is_reserved(text_.substr(begin, at - begin))) add(TokenKind::keyword, begin, at, all);
      } else {
        ++at;
      }
    }
  }

  static void add(TokenKind kind, std::size_t begin, std::size_t end, std::vector<HighlightedToken>& all) {
    all.push_back({kind, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}});
  }

  std::string_view text_;
  std::vector<HighlightedToken> tokens_;
};

}  // namespace

std::vector<HighlightedToken> highlight(std::string_view text, syntax::TextForm form) {
  const std::optional<ParseNode> tree = syntax::parse_tree(text, form);
  return Highlighter(text).read(tree ? &*tree : nullptr);
}

}  // namespace picket
