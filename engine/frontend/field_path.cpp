#include "engine/frontend/field_path.hpp"

#include <algorithm>
#include <string>

namespace picket {
namespace {

constexpr std::size_t longest_path = 64;  // steps

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_identifier(std::string_view name) {
  return !is_digit(name.front()) && std::all_of(name.begin(), name.end(), [](char c) {
    return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

bool is_name_byte(char c) {
  return static_cast<unsigned char>(c) > ' ' && std::string_view(".[]()'\"*$,").find(c) == std::string_view::npos;
}

class Reader {
 public:
  Reader(const SourceText& text, Diagnostics& diagnostics, std::string_view otherwise)
      : text_(text), path_(text.text), diagnostics_(diagnostics), otherwise_(otherwise) {}

  std::optional<Expr> read() {
    while (!path_.empty() && (path_.back() == '\n' || path_.back() == ' ')) path_.remove_suffix(1);
    Expr path{EventExpr{}, text_.span(0, 0)};
    if (path_.starts_with('$')) {
      path.span = text_.span(0, 1);
      at_ = 1;
    } else if (!name(path)) {
      return std::nullopt;
    }
    std::size_t steps = 1;
    while (at_ < path_.size()) {
      const bool fine = ++steps > longest_path ? fail("the path has too many steps")
                        : path_[at_] == '.'    ? (++at_, name(path))
                        : path_[at_] == '['    ? bracket(path)
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
    while (at_ < path_.size() && is_name_byte(path_[at_])) ++at_;
    if (at_ == begin)
      return fail(at_ < path_.size() ? "a name is expected here" : "the path ends where a name is expected");
    const std::string name(path_.substr(begin, at_ - begin));
    const SourceSpan span = text_.span(begin, at_);
    if (is_identifier(name)) {
      const SourceSpan whole = cover(path.span, span);
      path = Expr{MemberExpr{std::move(path), name, span}, whole};
    } else {
      step(path, Expr{StringLiteral{name}, span});
    }
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
  std::size_t at_ = 0;
};

}  // namespace

std::optional<Expr> read_field_path(const SourceText& text, Diagnostics& diagnostics, std::string_view otherwise) {
  return Reader(text, diagnostics, otherwise).read();
}

}  // namespace picket
