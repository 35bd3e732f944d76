#include "grammar/layout/arrange.hpp"

#include <algorithm>

namespace picket::layout {
namespace {

bool separates(const Token& token, Bracket in) {
  if (token.role == Role::semicolon) return in == Bracket::block || in == Bracket::object;
  return token.role == Role::comma && in == Bracket::object;
}

class Arrangement {
 public:
  Arrangement(std::vector<Token>& tokens, Bracket top) : tokens_(tokens), top_(top), enclosing_(enclosing(tokens)) {}

  void run() {
    dropped_.assign(tokens_.size(), false);
    drop_separators();
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].role == Role::open) arrange_bracket(i);
    }
    bound_blank_lines();
    take_out_dropped();
  }

 private:
  static constexpr std::size_t none = no_bracket;

  [[nodiscard]] Bracket bracket_around(std::size_t i) const {
    return enclosing_[i] == none ? top_ : tokens_[enclosing_[i]].bracket;
  }
  [[nodiscard]] std::size_t kept_after(std::size_t i) const {
    do ++i;
    while (i < tokens_.size() && dropped_[i]);
    return i;
  }
  // `none` at the beginning.
  [[nodiscard]] std::size_t kept_before(std::size_t i) const {
    while (i-- > 0) {
      if (!dropped_[i]) return i;
    }
    return none;
  }

  void drop(std::size_t i) {
    dropped_[i] = true;
    const std::size_t next = kept_after(i);
    if (next < tokens_.size()) tokens_[next].breaks += tokens_[i].breaks;
  }

  // A separator stands between two things on one line, once.
  void drop_separators() {
    for (std::size_t i = tokens_.size(); i-- > 0;) {
      if (!separates(tokens_[i], bracket_around(i))) continue;
      const std::size_t next = kept_after(i);
      const bool last = next == tokens_.size() || tokens_[next].role == Role::close || tokens_[next].breaks > 0 ||
                        tokens_[next].role == Role::comment || separates(tokens_[next], bracket_around(next));
      if (last) drop(i);
    }
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (dropped_[i] || !separates(tokens_[i], bracket_around(i))) continue;
      const std::size_t before = kept_before(i);
      if (before == none || tokens_[before].role == Role::open || tokens_[i].breaks > 0) {
        drop(i);
      } else if (bracket_around(i) == Bracket::object) {
        tokens_[i].text.assign(1, ',');
      }
    }
  }

  // The tokens directly within the bracket that opens at `open`, its own closing one last.
  [[nodiscard]] std::vector<std::size_t> within(std::size_t open) const {
    std::vector<std::size_t> result;
    for (std::size_t i = open + 1; i < tokens_.size(); ++i) {
      if (dropped_[i] || enclosing_[i] != open) continue;
      result.push_back(i);
      if (tokens_[i].role == Role::close) break;
    }
    return result;
  }

  void arrange_bracket(std::size_t open) {
    const Bracket bracket = tokens_[open].bracket;
    if (bracket != Bracket::block && bracket != Bracket::object && bracket != Bracket::list) return;
    const std::vector<std::size_t> inside = within(open);
    const bool broken = std::any_of(inside.begin(), inside.end(), [&](std::size_t i) { return tokens_[i].breaks > 0; });
    if (bracket == Bracket::list) arrange_commas(inside, broken);
    if (!broken) return;
    Token& first = tokens_[inside.front()];
    const bool hung = first.breaks > 0 || first.role == Role::comment;
    if (bracket == Bracket::list && !hung) break_after_commas(inside);
    if (first.role != Role::comment) break_before(first);
    break_before(tokens_[inside.back()]);
  }

  static void break_before(Token& token) { token.breaks = std::max(token.breaks, 1U); }

  void break_after_commas(const std::vector<std::size_t>& inside) {
    for (const std::size_t i : inside) {
      if (tokens_[i].role != Role::comma) continue;
      Token& next = tokens_[kept_after(i)];
      if (next.role != Role::comment) break_before(next);
    }
  }

  // A broken list has a comma behind its last item, so that the next one changes one line only.
  void arrange_commas(const std::vector<std::size_t>& inside, bool broken) {
    std::size_t last = kept_before(inside.back());
    while (tokens_[last].role == Role::comment) last = kept_before(last);
    if (tokens_[last].role == Role::open && inside.size() == 1) return;
    const bool comma = tokens_[last].role == Role::comma;
    if (broken && !comma && last != inside.front() - 1) tokens_[last].text += ',';
    if (!broken && comma) drop(last);
  }

  // One blank line at most, and none where a bracket opens or closes.
  void bound_blank_lines() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (dropped_[i]) continue;
      const std::size_t before = kept_before(i);
      const bool edge = before == none || tokens_[before].role == Role::open || tokens_[i].role == Role::close;
      tokens_[i].breaks = std::min(tokens_[i].breaks, before == none ? 0U : edge ? 1U : 2U);
    }
  }

  void take_out_dropped() {
    std::size_t to = 0;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (dropped_[i]) continue;
      if (to != i) tokens_[to] = std::move(tokens_[i]);
      ++to;
    }
    tokens_.resize(to);
  }

  std::vector<Token>& tokens_;
  Bracket top_;
  std::vector<std::size_t> enclosing_;
  std::vector<bool> dropped_;
};

}  // namespace

std::vector<std::size_t> enclosing(const std::vector<Token>& tokens) {
  std::vector<std::size_t> result(tokens.size(), no_bracket);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!open.empty()) result[i] = open.back();
    if (tokens[i].role == Role::open) open.push_back(i);
    if (tokens[i].role == Role::close && !open.empty()) open.pop_back();
  }
  return result;
}

void arrange(std::vector<Token>& tokens, Bracket top) { Arrangement(tokens, top).run(); }

}  // namespace picket::layout
