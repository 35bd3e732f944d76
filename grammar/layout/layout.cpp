#include "grammar/layout/layout.hpp"

#include <algorithm>

#include "grammar/layout/align.hpp"
#include "grammar/layout/arrange.hpp"
#include "grammar/layout/token.hpp"

namespace picket {
namespace {

using layout::Bracket;
using layout::Role;
using layout::Token;
using syntax::NodeKind;
using syntax::ParseNode;
using syntax::TextForm;

constexpr std::size_t step = 2;

Bracket top_of(TextForm form) { return form == TextForm::entries ? Bracket::object : Bracket::block; }

// Walks the tokens and says how far each line is indented.
class Indentation {
 public:
  explicit Indentation(const std::vector<Token>& tokens) : tokens_(tokens) {}

  std::vector<std::size_t> run() {
    std::vector<std::size_t> indents(tokens_.size(), 0);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const Token& token = tokens_[i];
      if (i == 0 || token.breaks > 0) line_ = indents[i] = indent_of_line(i);
      if (token.role == Role::open) frames_.push_back({token.bracket, line_});
      if (token.role == Role::close && frames_.size() > 1) frames_.pop_back();
    }
    return indents;
  }

 private:
  struct Frame {
    Bracket bracket = Bracket::none;
    std::size_t line = 0;  // how far the line is indented on which it opens
  };

  [[nodiscard]] std::size_t content() const { return frames_.size() == 1 ? 0 : frames_.back().line + step; }

  [[nodiscard]] std::size_t indent_of_line(std::size_t i) const {
    // A comment stands where the line stands that it is about.
    std::size_t about = i;
    while (about < tokens_.size() && tokens_[about].role == Role::comment) ++about;
    if (about == tokens_.size()) return content();
    if (tokens_[about].role == Role::close) return about == i ? frames_.back().line : content();
    return content() + (goes_on(about) ? step : 0);
  }

  // Whether the line that begins with the token goes on with the line before.
  [[nodiscard]] bool goes_on(std::size_t i) const {
    std::size_t before = i;
    while (before > 0 && tokens_[before - 1].role == Role::comment) --before;
    if (before == 0) return false;
    const Token& last = tokens_[before - 1];
    if (last.role == Role::open) return false;
    switch (frames_.back().bracket) {
      case Bracket::list:
        return last.role != Role::comma;
      case Bracket::round:
      case Bracket::index:
        return false;
      case Bracket::none:
      case Bracket::block:
      case Bracket::object:
        break;
    }
    const bool last_arm = tokens_[i].text == "else" && i + 1 < tokens_.size() && tokens_[i + 1].role == Role::arrow;
    return last.wants_more || (tokens_[i].continues && !last_arm);
  }

  const std::vector<Token>& tokens_;
  std::vector<Frame> frames_{Frame{}};
  std::size_t line_ = 0;
};

std::string print_lines(const std::vector<Token>& tokens, const std::vector<std::size_t>& indents) {
  std::string out;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    out.append(tokens[i].breaks, '\n');
    out.append(i == 0 || tokens[i].breaks > 0 ? indents[i] : tokens[i].blanks, ' ');
    out += tokens[i].text;
  }
  return out;
}

void replace(std::vector<Respelling>& to, std::string_view text, std::size_t begin, std::size_t end,
             std::string_view by) {
  if (text.substr(begin, end - begin) == by) return;
  to.push_back({{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, std::string(by)});
}

// Respells the part of the text at [begin, end); in a hole a blank keeps its braces apart from the text's.
void respell_part(std::vector<Respelling>& to, std::string_view text, std::size_t begin, std::size_t end,
                  const std::vector<Token>& tokens, bool hole) {
  if (text.substr(begin, end - begin).find('\n') != std::string_view::npos) return;
  const auto is_comment = [](const Token& token) { return token.role == Role::comment; };
  if (std::any_of(tokens.begin(), tokens.end(), is_comment)) return;
  if (tokens.empty()) return;
  std::size_t at = begin;
  for (const Token& token : tokens) {
    const bool first = &token == &tokens.front();
    const std::size_t gap = !first ? token.blanks : hole && token.text.starts_with('{') ? 1 : 0;
    replace(to, text, at, token.begin, std::string(gap, ' '));
    replace(to, text, token.begin, token.end, token.text);
    at = token.end;
  }
  replace(to, text, at, end, hole && tokens.back().text.ends_with('}') ? " " : "");
}

std::vector<Respelling> respell_holes(std::string_view text, const ParseNode& tree) {
  std::vector<Respelling> result;
  for (const ParseNode& part : tree.children) {
    if (part.kind != NodeKind::hole) continue;
    const auto begin = static_cast<std::size_t>(part.text.data() - text.data()) + 1;
    const std::size_t end = begin + part.text.size() - 2;
    std::vector<Token> tokens = layout::tokenize(text, part, begin, end, {.quotes = false});
    layout::arrange(tokens, Bracket::block);
    respell_part(result, text, begin, end, tokens, true);
  }
  return result;
}

}  // namespace

std::optional<std::string> lay_out(std::string_view text, TextForm form) {
  const auto tree = syntax::parse_tree(text, form);
  if (!tree) return std::nullopt;
  std::vector<Token> tokens = layout::tokenize(text, *tree, 0, text.size(), {});
  layout::arrange(tokens, top_of(form));
  const std::vector<std::size_t> indents = Indentation(tokens).run();
  layout::align(tokens, indents, text);
  return print_lines(tokens, indents);
}

std::vector<Respelling> respell(std::string_view text, TextForm form, Quotes quotes) {
  std::vector<Respelling> result;
  const auto tree = syntax::parse_tree(text, form);
  if (!tree) return result;
  if (form == TextForm::text_template) return respell_holes(text, *tree);
  // A newline at the end is that of the YAML scalar.
  std::size_t end = text.find_last_not_of(" \t\r\n");
  if (end == std::string_view::npos) return result;
  ++end;
  std::vector<Token> tokens = layout::tokenize(text, *tree, 0, end, {.quotes = quotes == Quotes::change});
  layout::arrange(tokens, top_of(form));
  respell_part(result, text, 0, end, tokens, false);
  return result;
}

}  // namespace picket
