#include "engine/site/code.hpp"

#include <algorithm>
#include <cctype>

namespace picket::site {
namespace {

// --- YAML ---

constexpr std::size_t none = std::string_view::npos;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Where the key ends that begins the text, before its `:`; none if there is none.
std::size_t end_of_key(std::string_view text) {
  if (text.empty() || text.front() == '[' || text.front() == '{' || text.front() == '&') return none;
  const char quote = text.front() == '"' || text.front() == '\'' ? text.front() : '\0';
  std::size_t at = 0;
  if (quote != '\0') {
    at = text.find(quote, 1);
    if (at == none) return none;
    ++at;
    return at < text.size() && text[at] == ':' ? at : none;
  }
  for (at = text.find(':'); at != none; at = text.find(':', at + 1)) {
    if (at + 1 == text.size() || is_blank(text[at + 1])) return at;
    if (at + 1 < text.size() && text[at + 1] == '\r') return at;
  }
  return none;
}

// Where a comment begins in what stands behind a key; its end if there is none.
std::size_t begin_of_comment(std::string_view text) {
  char quote = '\0';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if ((c == '"' || c == '\'') && (at == 0 || !std::isalnum(static_cast<unsigned char>(text[at - 1])))) {
      quote = c;
    } else if (c == '#' && (at == 0 || is_blank(text[at - 1]))) {
      return at;
    }
  }
  return text.size();
}

bool is_plain_literal(std::string_view value) {
  if (value == "true" || value == "false" || value == "null" || value == "~") return true;
  return !value.empty() && value.find_first_not_of("0123456789.-+:TZ") == none &&
         std::isdigit(static_cast<unsigned char>(value.back())) != 0;
}

class YamlPainter {
 public:
  explicit YamlPainter(Html& html) : html_(&html) {}

  void line(std::string_view text) {
    const std::size_t indent = std::min(text.find_first_not_of(' '), text.size());
    const bool empty = indent == text.size() || text[indent] == '\r';
    if (in_block_ && (empty || indent > block_indent_)) {
      html_->verbatim(text);
      return;
    }
    in_block_ = false;
    html_->verbatim(text.substr(0, indent));
    content(text.substr(indent), indent);
  }

 private:
  void content(std::string_view text, std::size_t indent) {
    while (text.starts_with("- ")) {
      std::size_t next = text.find_first_not_of(' ', 1);
      if (next == none) next = text.size();
      html_->add(R"(<i class="p">-</i>)"_html).verbatim(text.substr(1, next - 1));
      text.remove_prefix(next);
      indent += next;
    }
    if (text.starts_with('#')) {
      html_->add(R"(<i class="c">)"_html).verbatim(text).add("</i>"_html);
      return;
    }
    const std::size_t key = end_of_key(text);
    if (key != none) {
      html_->add("<b>"_html).verbatim(text.substr(0, key)).add("</b>:"_html);
      text.remove_prefix(key + 1);
    }
    value(text, indent);
  }

  void value(std::string_view text, std::size_t indent) {
    const std::size_t comment = begin_of_comment(text);
    const std::string_view written = text.substr(0, comment);
    const std::size_t first = std::min(written.find_first_not_of(' '), written.size());
    std::string_view bare = written.substr(first);
    while (!bare.empty() && (is_blank(bare.back()) || bare.back() == '\r')) bare.remove_suffix(1);
    if (bare.starts_with('|') || bare.starts_with('>')) {
      in_block_ = true;
      block_indent_ = indent;
    }
    const bool literal = is_plain_literal(bare);
    const bool quoted = bare.starts_with('"') || bare.starts_with('\'');
    if (literal || quoted) {
      html_->verbatim(written.substr(0, first)).add(literal ? R"(<i class="n">)"_html : R"(<i class="s">)"_html);
      html_->verbatim(bare).add("</i>"_html).verbatim(written.substr(first + bare.size()));
    } else {
      html_->verbatim(written);
    }
    if (comment < text.size()) html_->add(R"(<i class="c">)"_html).verbatim(text.substr(comment)).add("</i>"_html);
  }

  Html* html_;
  bool in_block_ = false;
  std::size_t block_indent_ = 0;
};

// --- the detection language ---

Markup begin_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::comment:
      return R"(<i class="c">)"_html;
    case TokenKind::keyword:
      return R"(<i class="k">)"_html;
    case TokenKind::op:
      return R"(<i class="o">)"_html;
    case TokenKind::name:
      return R"(<i class="f">)"_html;
    case TokenKind::function:
      return R"(<i class="u">)"_html;
    case TokenKind::defined:
      return R"(<i class="d">)"_html;
    case TokenKind::string:
      return R"(<i class="s">)"_html;
    case TokenKind::number:
      return R"(<i class="n">)"_html;
  }
  return "<i>"_html;
}

void add_token(Html& html, const HighlightedToken& token, std::string_view text, const LinkName& link) {
  const bool named =
      token.kind == TokenKind::name || token.kind == TokenKind::function || token.kind == TokenKind::defined;
  if (named && link && link(html, token.kind, text)) return;
  html.add(begin_of(token.kind)).verbatim(text).add("</i>"_html);
}

}  // namespace

void add_yaml(Html& html, std::string_view text) {
  YamlPainter painter(html);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    painter.line(text.substr(0, end));
    if (end < text.size()) html.add("\n"_html);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void add_condition(Html& html, std::string_view text, syntax::TextForm form, const LinkName& link) {
  std::size_t at = 0;
  for (const HighlightedToken& token : highlight(text, form)) {
    html.verbatim(text.substr(at, token.span.begin - at));
    add_token(html, token, text.substr(token.span.begin, token.span.end - token.span.begin), link);
    at = token.span.end;
  }
  html.verbatim(text.substr(at));
}

void add_condition_lines(Html& html, std::string_view text, syntax::TextForm form, const LinkName& link,
                         const std::function<void(Html& html, std::size_t line)>& begin_line) {
  std::size_t line = 0;
  begin_line(html, line);
  // No token goes over a line's end but in what stands between tokens.
  const auto between = [&](std::string_view part) {
    while (!part.empty()) {
      const std::size_t end = part.find('\n');
      html.verbatim(part.substr(0, end));
      if (end == none) return;
      html.add("</span>\n"_html);
      begin_line(html, ++line);
      part.remove_prefix(end + 1);
    }
  };
  std::size_t at = 0;
  for (const HighlightedToken& token : highlight(text, form)) {
    between(text.substr(at, token.span.begin - at));
    add_token(html, token, text.substr(token.span.begin, token.span.end - token.span.begin), link);
    at = token.span.end;
  }
  between(text.substr(at));
  html.add("</span>"_html);
}

}  // namespace picket::site
