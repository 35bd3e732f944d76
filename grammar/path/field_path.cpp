#include "grammar/path/field_path.hpp"

#include <algorithm>
#include <string>

#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

bool is_step_byte(char c) {
  return static_cast<unsigned char>(c) > ' ' && std::string_view(".[]()'\"*$,").find(c) == std::string_view::npos;
}

class Reader {
 public:
  Reader(const SourceText& text, TextRange range, Diagnostics& diagnostics, std::string_view otherwise)
      : text_(text),
        path_(std::string_view(text.text).substr(0, range.end)),
        diagnostics_(diagnostics),
        otherwise_(otherwise),
        at_(range.begin) {}

  std::optional<Expr> read() {
    while (!path_.empty() && (path_.back() == '\n' || path_.back() == ' ')) path_.remove_suffix(1);
    Expr path{EventExpr{}, text_.span(at_, at_)};
    if (at_ < path_.size() && path_[at_] == '$') {
      path.span = text_.span(at_, at_ + 1);
      ++at_;
    } else if (!name(path)) {
      return std::nullopt;
    }
    std::size_t steps = 1;
    while (at_ < path_.size()) {
      const bool fine = ++steps > longest_field_path ? fail("the path has too many steps")
                        : path_[at_] == '.'          ? (++at_, name(path))
                        : path_[at_] == '['          ? bracket(path)
                                                     : fail("this is no step of a path");
      if (!fine) return std::nullopt;
    }
    return path;
  }

 private:
  bool fail(std::string message) {
    const std::size_t end = std::min(at_ + 1, path_.size());
    diagnostics_.add(Code::bad_path, text_.source, text_.span(std::min(at_, end), end), std::move(message)).help =
        "write a path like `a.b`, `a[0].b` or `a['b.c']`" + std::string(otherwise_);
    return false;
  }

  void step(Expr& path, Expr index) {
    const SourceSpan whole = cover(path.span, index.span);
    path = Expr{IndexExpr{std::move(path), std::move(index)}, whole};
  }

  bool name(Expr& path) {
    const std::size_t begin = at_;
    while (at_ < path_.size() && is_step_byte(path_[at_])) ++at_;
    if (at_ == begin)
      return fail(at_ < path_.size() ? "a name is expected here" : "the path ends where a name is expected");
    const std::string name(path_.substr(begin, at_ - begin));
    const SourceSpan span = text_.span(begin, at_);
    path = step_into(std::move(path), name, span);
    return true;
  }

  bool bracket(Expr& path) {
    const std::size_t begin = at_++;
    const char first = at_ < path_.size() ? path_[at_] : '\0';
    if (first == '*') {
      ++at_;
      if (!close()) return false;
      const SourceSpan whole = cover(path.span, text_.span(begin, at_));
      path = Expr{EachExpr{std::move(path), false}, whole};
      return true;
    }
    if (first == '\'' || first == '"') return quoted_name(path, first);
    const std::size_t number = at_;
    if (first == '-') ++at_;
    const std::size_t digits = at_;
    while (at_ < path_.size() && is_digit(path_[at_])) ++at_;
    if (at_ == digits) return fail("a number, `*` or a name in quotes is expected here");
    const SourceSpan span = text_.span(number, at_);
    Expr index{NumberLiteral{std::string(path_.substr(digits, at_ - digits))}, text_.span(digits, at_)};
    if (first == '-') index = Expr{NegateExpr{std::move(index)}, span};
    if (!close()) return false;
    step(path, std::move(index));
    return true;
  }

  bool quoted_name(Expr& path, char quote) {
    const std::size_t begin = at_++;
    const std::size_t end = path_.find(quote, at_);
    if (end == std::string_view::npos) return fail("the quote is never closed");
    Expr name{StringLiteral{std::string(path_.substr(at_, end - at_))}, text_.span(begin, end + 1)};
    at_ = end + 1;
    if (!close()) return false;
    step(path, std::move(name));
    return true;
  }

  bool close() {
    if (at_ >= path_.size() || path_[at_] != ']') return fail("`]` is expected here");
    ++at_;
    return true;
  }

  const SourceText& text_;
  std::string_view path_;
  Diagnostics& diagnostics_;
  std::string_view otherwise_;
  std::size_t at_;
};

}  // namespace

std::optional<Expr> read_field_path(const SourceText& text, Diagnostics& diagnostics, std::string_view otherwise) {
  return read_field_path(text, {0, text.text.size()}, diagnostics, otherwise);
}

std::optional<Expr> read_field_path(const SourceText& text, TextRange range, Diagnostics& diagnostics,
                                    std::string_view otherwise) {
  return Reader(text, range, diagnostics, otherwise).read();
}

Expr step_into(Expr base, std::string name, SourceSpan span) {
  const SourceSpan whole = cover(base.span, span);
  if (is_identifier(name)) return {MemberExpr{std::move(base), std::move(name), span}, whole};
  return {IndexExpr{std::move(base), Expr{StringLiteral{std::move(name)}, span}}, whole};
}

}  // namespace picket
