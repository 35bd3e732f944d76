// The tree says what the signs mean (which `-` negates, which `{` is an object, which word is an operator); between
// what it says, words and signs are told apart by their first character.
#include <algorithm>
#include <array>
#include <map>

#include "grammar/ast/operators.hpp"
#include "grammar/ast/print.hpp"
#include "grammar/condition/literals.hpp"
#include "grammar/layout/token.hpp"
#include "grammar/text/ascii.hpp"

namespace picket::layout {
namespace {

using syntax::NodeKind;
using syntax::ParseNode;

// A string without anything that a regex or a path would be written raw for.
bool is_plain(std::string_view value) { return value.find_first_of("\\\"^$*+?()[]{}|'") == std::string_view::npos; }

// "…" where that needs no backslash, '…' where it saves some. A raw string with the signs of a regex stays raw: so
// its author wrote it, and so it will be when a `\d` comes into it. Escapes of what cannot be seen stay escapes.
std::string canonical_string(std::string_view written) {
  const std::string_view inner = written.substr(1, written.size() - 2);
  if (written.front() == '\'') {
    return is_plain(inner) ? '"' + std::string(inner) + '"' : std::string(written);
  }
  for (std::size_t at = inner.find('\\'); at != std::string_view::npos; at = inner.find('\\', at + 2)) {
    if (inner[at + 1] != '\\' && inner[at + 1] != '"') return std::string(written);
  }
  if (inner.find('\\') == std::string_view::npos) return std::string(written);
  return print_string(syntax::decode_escapes(inner));
}

std::string canonical_operator(std::string_view written) {
  if (written.starts_with("in") && written.ends_with("cidr")) return std::string(row_of(Op::in_cidr).spelling);
  const auto op = op_from_spelling(written);
  return std::string(op ? row_of(*op).spelling : written);
}

class Tokenizer {
 public:
  Tokenizer(std::string_view text, const Spelling& spelling) : text_(text), spelling_(spelling) {}

  std::vector<Token> read(const ParseNode& tree, std::size_t begin, std::size_t end) {
    mark(tree);
    at_ = begin;
    while (at_ < end) next(end);
    return std::move(tokens_);
  }

 private:
  std::size_t offset(const ParseNode& node) const { return static_cast<std::size_t>(node.text.data() - text_.data()); }

  // Notes where the tree knows better than the characters do.
  void mark(const ParseNode& node) {
    switch (node.kind) {
      case NodeKind::number:
      case NodeKind::string_literal:
      case NodeKind::raw_literal:
      case NodeKind::op_token:
      case NodeKind::all_mark:
      case NodeKind::each:
      case NodeKind::deep:
      case NodeKind::negate:
      case NodeKind::object:
      case NodeKind::list:
      case NodeKind::paren:
      case NodeKind::subscript:
      case NodeKind::slice_colon:
      case NodeKind::element:
      case NodeKind::key_name:
        marks_.try_emplace(offset(node), &node);
        break;
      case NodeKind::template_literal:
        marks_.try_emplace(offset(node), &node);
        return;  // its holes are texts of their own
      default:
        break;
    }
    // A key may be a literal, which is marked itself, or a word, reserved or not.
    if (node.kind == NodeKind::key_name && !node.children.empty()) marks_.erase(offset(node));
    for (const ParseNode& child : node.children) mark(child);
  }

  void next(std::size_t end) {
    const char c = text_[at_];
    if (c == '\n') ++breaks_;
    if (c == '\n' || c == ' ' || c == '\t' || c == '\r') {
      ++at_;
      return;
    }
    if (c == '#') {
      const std::size_t newline = std::min(text_.find('\n', at_), end);
      const std::size_t last = text_.find_last_not_of(" \t\r", newline - 1);
      add(last + 1 - at_, {.role = Role::comment, .blanks = 2});
      at_ = newline;
      return;
    }
    const auto found = marks_.find(at_);
    if (found != marks_.end()) {
      marked(*found->second);
    } else if (is_name_byte(c)) {
      word();
    } else {
      sign(c);
    }
  }

  // Adds the next `length` bytes; without a text of its own a token is spelled as written.
  Token& add(std::size_t length, Token token) {
    token.begin = static_cast<std::uint32_t>(at_);
    token.end = static_cast<std::uint32_t>(at_ + length);
    if (token.text.empty()) token.text = text_.substr(at_, length);
    token.breaks = breaks_;
    breaks_ = 0;
    at_ += length;
    if (token.role == Role::open) open_.push_back(token.bracket);
    tokens_.push_back(std::move(token));
    return tokens_.back();
  }

  void add_open(Bracket bracket, bool glued_left) {
    add(1,
        {.role = Role::open, .bracket = bracket, .glued_left = glued_left, .glued_right = bracket != Bracket::block});
  }

  void marked(const ParseNode& node) {
    const std::size_t length = node.text.size();
    switch (node.kind) {
      case NodeKind::op_token:
        add(length, {.text = canonical_operator(node.text), .wants_more = true});
        break;
      case NodeKind::all_mark:
        add(length, {.wants_more = true});
        break;
      case NodeKind::string_literal:
      case NodeKind::raw_literal:
        add(length, {.text = spelling_.quotes ? canonical_string(node.text) : std::string(node.text)});
        break;
      case NodeKind::template_literal:
        add(length, {.text = template_text(node)});
        break;
      case NodeKind::each:
        add(length, {.text = "[*]", .glued_left = true});
        break;
      case NodeKind::deep:
        add(length, {.text = "[**]", .glued_left = true});
        break;
      case NodeKind::negate:
        add(1, {.glued_right = true, .wants_more = true});
        break;
      case NodeKind::element:
        add(1, {.glued_right = length > 1});
        break;
      case NodeKind::slice_colon:
        add(1, {.glued_left = true, .glued_right = true, .wants_more = true});
        break;
      case NodeKind::object:
        add_open(Bracket::object, false);
        break;
      case NodeKind::list:
        add_open(Bracket::list, false);
        break;
      case NodeKind::paren:
        add_open(Bracket::round, false);
        break;
      case NodeKind::subscript:
        add_open(Bracket::index, true);
        break;
      default:
        add(length, {});
    }
  }

  // f"…" with its holes in order; a hole over several lines stays as it is.
  std::string template_text(const ParseNode& node) const {
    std::string out;
    std::size_t at = offset(node);
    for (const ParseNode& part : node.children) {
      if (part.kind != NodeKind::hole) continue;
      const std::size_t begin = offset(part) + 1;
      const std::size_t end = begin + part.text.size() - 2;
      const std::vector<Token> tokens = tokenize(text_, part, begin, end, {.quotes = false});
      const bool lines = part.text.find_first_of("\n#") != std::string_view::npos;
      out += text_.substr(at, begin - at);
      out += lines ? std::string(text_.substr(begin, end - begin)) : on_one_line(tokens);
      at = end;
    }
    const std::size_t end = offset(node) + node.text.size();
    return out += text_.substr(at, end - at);
  }

  void word() {
    std::size_t end = at_;
    while (end < text_.size() && is_name_byte(text_[end])) ++end;
    const std::string_view written = text_.substr(at_, end - at_);
    constexpr std::array<std::string_view, 8> wanting = {"and", "or", "not", "if", "then", "else", "in", "is"};
    constexpr std::array<std::string_view, 4> continuing = {"and", "or", "then", "else"};
    const bool member = !tokens_.empty() && tokens_.back().glued_right && tokens_.back().text == ".";
    const auto among = [&](const auto& words) {
      return !member && std::find(words.begin(), words.end(), written) != words.end();
    };
    add(written.size(), {.wants_more = among(wanting), .continues = among(continuing)});
  }

  void sign(char c) {
    const std::string_view two = text_.substr(at_, 2);
    if (text_.substr(at_, 3) == "...") {
      // Before an element it keeps its distance: `... .x`, not `....x`.
      add(3, {.glued_right = true, .wants_more = true});
    } else if (two == "->") {
      add(2, {.role = Role::arrow, .wants_more = true});
    } else if (two == "&&" || two == "||") {
      add(2, {.text = two == "&&" ? "and" : "or", .wants_more = true, .continues = true});
    } else if (two == "??" || two == "?:") {
      add(2, {.wants_more = true, .continues = true});
    } else if (c == '!') {
      add(1, {.text = "not", .wants_more = true});
    } else if (c == '~') {
      add(1, {.glued_left = true, .wants_more = true});
    } else if (c == '.') {
      add(1, {.glued_left = true, .glued_right = true});
    } else if (c == ',') {
      add(1, {.role = Role::comma, .glued_left = true, .wants_more = true});
    } else if (c == ';') {
      add(1, {.role = Role::semicolon, .glued_left = true});
    } else if (c == ':') {
      add(1, {.role = Role::colon, .glued_left = true, .wants_more = true});
    } else if (c == '=') {
      add(1, {.role = Role::equals, .wants_more = true});
    } else {
      bracket(c);
    }
  }

  void bracket(char c) {
    if (c == '{') {
      add_open(Bracket::block, false);
    } else if (c == '(') {
      add_open(Bracket::round, true);  // a call's or a definition's; others are marked
    } else if (c == '[') {
      add_open(Bracket::index, false);  // a computed key
    } else if (c == ')' || c == ']' || c == '}') {
      const Bracket closed = open_.empty() ? Bracket::none : open_.back();
      if (!open_.empty()) open_.pop_back();
      add(1, {.role = Role::close, .bracket = closed, .glued_left = closed != Bracket::block});
    } else {
      add(1, {.wants_more = c != '$'});  // + * / % and a binary -
    }
  }

  std::string_view text_;
  const Spelling& spelling_;
  std::map<std::size_t, const ParseNode*> marks_;
  std::vector<Bracket> open_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::uint32_t breaks_ = 0;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text, const ParseNode& tree, std::size_t begin, std::size_t end,
                            const Spelling& spelling) {
  std::vector<Token> tokens = Tokenizer(text, spelling).read(tree, begin, end);
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    Token& token = tokens[i];
    const Token& before = tokens[i - 1];
    const bool spread_of_element = before.text == "..." && token.text.starts_with('.');
    const bool empty_block = before.role == Role::open && token.role == Role::close;
    const bool glued = (token.glued_left || before.glued_right || empty_block) && !spread_of_element;
    if (token.role != Role::comment && glued) token.blanks = 0;
  }
  return tokens;
}

std::string on_one_line(const std::vector<Token>& tokens) {
  std::string out;
  for (const Token& token : tokens) {
    if (&token != &tokens.front()) out.append(token.blanks, ' ');
    out += token.text;
  }
  // `{{` and `}}` would be braces of the text around it.
  if (out.starts_with('{')) out.insert(0, 1, ' ');
  if (out.ends_with('}')) out += ' ';
  return out;
}

}  // namespace picket::layout
