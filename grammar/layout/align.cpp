#include "grammar/layout/align.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "grammar/layout/arrange.hpp"
#include "grammar/text/unicode.hpp"

namespace picket::layout {
namespace {

enum class Column : std::uint8_t { arrow, equals, value, comment };

class Alignment {
 public:
  Alignment(std::vector<Token>& tokens, const std::vector<std::size_t>& indents, std::string_view text)
      : tokens_(tokens), indents_(indents), text_(text), enclosing_(enclosing(tokens)) {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (i == 0 || tokens_[i].breaks > 0) lines_.push_back({i, i});
      lines_.back().last = i;
    }
  }

  void align(Column column) {
    std::vector<std::size_t> group;
    const Line* previous = nullptr;
    for (const Line& line : lines_) {
      if (tokens_[line.first].role == Role::comment) {
        if (tokens_[line.first].breaks > 1) finish(column, group);
        continue;
      }
      const auto token = token_in(line, column);
      const bool joins = token && !group.empty() && previous != nullptr && tokens_[line.first].breaks < 2 &&
                         source_column(*token) == source_column(group.back()) &&
                         (column == Column::comment || enclosing_[line.first] == enclosing_[previous->first]);
      if (!joins) finish(column, group);
      if (token) group.push_back(*token);
      previous = &line;
    }
    finish(column, group);
  }

 private:
  struct Line {
    std::size_t first = 0;
    std::size_t last = 0;
  };

  // The token of the line that may stand in a column with those above and below.
  [[nodiscard]] std::optional<std::size_t> token_in(const Line& line, Column column) const {
    if (column == Column::comment) {
      return tokens_[line.last].role == Role::comment ? std::optional(line.last) : std::nullopt;
    }
    if (tokens_[line.first].role == Role::close) return std::nullopt;
    for (std::size_t i = line.first; i <= line.last; ++i) {
      if (enclosing_[i] != enclosing_[line.first]) continue;
      if (column == Column::arrow && tokens_[i].role == Role::arrow) return i;
      if (column == Column::equals && tokens_[i].role == Role::equals) return i;
      if (column == Column::value && tokens_[i].role == Role::colon && i < line.last) return i + 1;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::size_t source_column(std::size_t i) const {
    const std::size_t begin = tokens_[i].begin;
    const std::size_t newline = begin == 0 ? std::string_view::npos : text_.rfind('\n', begin - 1);
    const std::size_t line = newline == std::string_view::npos ? 0 : newline + 1;
    return count_code_points(text_.substr(line, begin - line));
  }

  // Columns of the line before the token and the blanks before that.
  [[nodiscard]] std::size_t width_before(std::size_t i) const {
    std::size_t first = i;
    while (first > 0 && tokens_[first].breaks == 0) --first;
    std::size_t width = indents_[first];
    for (std::size_t at = first; at < i; ++at) {
      width += count_code_points(tokens_[at].text) + (at == first ? 0 : tokens_[at].blanks);
    }
    return width;
  }

  [[nodiscard]] bool spaced_by_hand(std::size_t i, Column column) const {
    const std::size_t begin = tokens_[i].begin;
    const std::size_t least = column == Column::comment ? 3 : 2;
    return begin >= least && text_.substr(begin - least, least).find_first_not_of(' ') == std::string_view::npos;
  }

  void finish(Column column, std::vector<std::size_t>& group) {
    const bool meant = group.size() > 1 && std::any_of(group.begin(), group.end(),
                                                       [&](std::size_t i) { return spaced_by_hand(i, column); });
    if (meant) {
      std::size_t widest = 0;
      for (const std::size_t i : group) widest = std::max(widest, width_before(i) + tokens_[i].blanks);
      for (const std::size_t i : group) tokens_[i].blanks = static_cast<std::uint32_t>(widest - width_before(i));
    }
    group.clear();
  }

  std::vector<Token>& tokens_;
  const std::vector<std::size_t>& indents_;
  std::string_view text_;
  std::vector<std::size_t> enclosing_;
  std::vector<Line> lines_;
};

}  // namespace

void align(std::vector<Token>& tokens, const std::vector<std::size_t>& indents, std::string_view text) {
  Alignment alignment(tokens, indents, text);
  constexpr std::array<Column, 4> columns = {Column::arrow, Column::equals, Column::value, Column::comment};
  for (const Column column : columns) alignment.align(column);
}

}  // namespace picket::layout
