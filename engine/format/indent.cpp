#include <algorithm>
#include <optional>
#include <string>

#include "engine/format/yaml_lines.hpp"
#include "engine/format/yaml_shape.hpp"

namespace picket::format {
namespace {

constexpr std::size_t step = 2;

// A block mapping or sequence that is open: where its keys or dashes stand, and where they shall.
struct Level {
  bool items = false;
  std::size_t old_column = 0;
  std::size_t new_column = 0;
};

class Indenter {
 public:
  Indenter(std::string_view file, std::vector<YamlLine> lines) : file_(file), lines_(std::move(lines)) {}

  std::optional<std::vector<Edit>> run() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const YamlLine& line = lines_[i];
      switch (line.kind) {
        case LineKind::blank:
          break;
        case LineKind::marker:
          if (!levels_.empty()) return std::nullopt;
          break;
        case LineKind::comment:
          comment(i);
          break;
        case LineKind::structure:
          if (!structure(line)) return std::nullopt;
          break;
        case LineKind::goes_on:
          go_on(line);
          break;
      }
    }
    return std::move(edits_);
  }

 private:
  [[nodiscard]] char at(std::uint32_t offset) const { return offset < file_.size() ? file_[offset] : '\n'; }

  [[nodiscard]] bool is_dash(std::uint32_t offset, const YamlLine& line) const {
    return offset < line.end && at(offset) == '-' && (offset + 1 == line.end || at(offset + 1) == ' ');
  }

  // Closes what ends before a key or dash at the column, opens what begins with it, and returns where it shall stand.
  std::size_t enter(std::vector<Level>& levels, std::size_t column, bool items) const {
    while (!levels.empty() && (levels.back().old_column > column ||
                               (levels.back().old_column == column && levels.back().items && !items))) {
      levels.pop_back();
    }
    if (levels.empty() || levels.back().old_column < column || levels.back().items != items) {
      levels.push_back({items, column, levels.empty() ? 0 : levels.back().new_column + step});
    }
    return levels.back().new_column;
  }

  // False for what is not understood.
  bool structure(const YamlLine& line) {
    std::uint32_t text = line.text();
    if (at(text) == '\t' || at(text) == '?') return false;
    std::size_t to = enter(levels_, line.indent, is_dash(text, line));
    indent(line, to);
    shift_ = static_cast<std::ptrdiff_t>(to) - line.indent;
    while (is_dash(text, line)) {
      std::uint32_t next = text + 1;
      while (next < line.end && at(next) == ' ') ++next;
      if (at(next) == '\t' || at(next) == '?') return false;
      if (next == line.end || at(next) == '#') break;
      if (next - text != step) edits_.push_back({{text + 1, next}, " "});
      text = next;
      to = enter(levels_, text - line.begin, is_dash(text, line));
    }
    key_column_ = to;
    return true;
  }

  void indent(const YamlLine& line, std::size_t to) {
    if (to != line.indent) edits_.push_back({{line.begin, line.text()}, std::string(to, ' ')});
  }

  // A comment stands where what it stands beside will stand: the next line if that is in the same column, else what is
  // open in that column.
  void comment(std::size_t i) {
    const YamlLine& line = lines_[i];
    const auto next = std::find_if(lines_.begin() + static_cast<std::ptrdiff_t>(i), lines_.end(),
                                   [](const YamlLine& other) { return other.kind == LineKind::structure; });
    std::optional<std::size_t> to;
    if (next != lines_.end() && next->indent == line.indent) {
      std::vector<Level> levels = levels_;
      to = enter(levels, next->indent, is_dash(next->text(), *next));
    } else {
      for (const Level& level : levels_) {
        if (level.old_column == line.indent) to = level.new_column;
      }
    }
    const std::ptrdiff_t shifted = std::max<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(line.indent) + shift_);
    std::size_t column = to.value_or(static_cast<std::size_t>(shifted));
    // As far in as the text of a block scalar before it, it would become a part of that text.
    if (after_block(i)) column = std::min(column, key_column_);
    if (at(line.text()) == '#') indent(line, column);
  }

  [[nodiscard]] bool after_block(std::size_t i) const {
    while (i-- > 0) {
      if (lines_[i].kind == LineKind::goes_on) return is_block(*lines_[i].within);
      if (lines_[i].kind == LineKind::structure) return false;
    }
    return false;
  }

  [[nodiscard]] bool is_block(const yaml::Node& node) const {
    const char first = at(node.span.begin);
    return node.scalar() != nullptr && (first == '|' || first == '>');
  }

  // The text of a block scalar stands one level further in than its key, whatever its lines are indented among
  // themselves; what goes on otherwise moves with the line on which it began.
  void go_on(const YamlLine& line) {
    if (line.within != within_) {
      within_ = line.within;
      scalar_shift_ = shift_;
      const bool by_hand = file_.substr(within_->span.begin, 3).find_first_of("123456789") != std::string_view::npos;
      if (is_block(*within_) && !by_hand) {
        const auto first = std::find_if(lines_.begin() + (&line - lines_.data()), lines_.end(),
                                        [](const YamlLine& other) { return other.indent < other.end - other.begin; });
        scalar_shift_ = static_cast<std::ptrdiff_t>(key_column_ + step) - static_cast<std::ptrdiff_t>(first->indent);
      }
    }
    // Of a line of blanks in a block scalar some may be a part of its text; elsewhere they are nothing.
    const bool only_blanks = line.indent == line.end - line.begin;
    if (scalar_shift_ == 0 || (only_blanks && (line.indent == 0 || !is_block(*within_)))) return;
    indent(line, static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, line.indent + scalar_shift_)));
  }

  std::string_view file_;
  std::vector<YamlLine> lines_;
  std::vector<Level> levels_;
  std::vector<Edit> edits_;
  std::ptrdiff_t shift_ = 0;    // of the last line with structure
  std::size_t key_column_ = 0;  // where its last key or item shall stand
  const yaml::Node* within_ = nullptr;
  std::ptrdiff_t scalar_shift_ = 0;
};

}  // namespace

std::vector<Edit> indent(const SourcePtr& source, const yaml::Node& root) {
  const std::string_view file = source->text();
  const bool flow = root.span.begin < file.size() && file[root.span.begin] == '{';
  if (root.mapping() == nullptr || flow) return {};
  return Indenter(file, lines_of(file, root)).run().value_or(std::vector<Edit>{});
}

}  // namespace picket::format
