// AttackCoverage in the terminal.
#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "tools/attack/coverage_report.hpp"
#include "tools/report/counted.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t narrowest_column = 32;  // of the matrix: an id, twenty letters of a name, a number
constexpr std::size_t fewest_columns = 3;
constexpr std::size_t gap = 3;            // between columns
constexpr std::size_t widest_line = 100;  // of lists: the eye loses a longer one
constexpr std::size_t widest_bar = 40;

std::string padded(std::string text, std::size_t columns) {
  const std::size_t used = columns_of(text);
  if (used < columns) text.append(columns - used, ' ');
  return text;
}

std::string right(const std::string& text, std::size_t columns) {
  const std::size_t used = columns_of(text);
  return used < columns ? std::string(columns - used, ' ') + text : text;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

// The colours are those of alerts.
Style style_of(Severity severity) {
  switch (severity) {
    case Severity::critical:
    case Severity::high:
      return Style::error;
    case Severity::medium:
      return Style::warning;
    case Severity::low:
      return Style::note;
    case Severity::info:
      return Style::dim;
  }
  return Style::dim;
}

// A bar of eighths of a column, as wide as the share of `width`; what is covered at all shows.
std::string bar(const AttackShare& share, std::size_t width) {
  constexpr std::array<std::string_view, 8> parts = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (share.covered == 0) return {};
  const std::size_t eighths = std::max<std::size_t>(share.covered * width * 8 / share.known, 1);
  return repeated("█", eighths / 8) + std::string(parts.at(eighths % 8));
}

std::string share_text(const AttackShare& share, std::size_t digits) {
  return right(std::to_string(share.covered), digits) + " of " + right(std::to_string(share.known), digits);
}

std::string totals(const AttackCoverage& coverage, Palette paint, std::size_t columns) {
  const std::string rules = ", by " + counted(coverage.rules - coverage.without.size(), "rule");
  std::string text = paint(Style::strong, shorten(escape_controls(coverage.table->title()), columns - rules.size())) +
                     rules + "\n" + share_text(coverage.techniques, 0) + " techniques, " +
                     share_text(coverage.sub_techniques, 0) + " sub-techniques\n\n";
  std::size_t name_width = 0;
  for (const TacticCoverage& column : coverage.tactics) {
    name_width = std::max(name_width, columns_of(escape_controls(column.tactic->name)));
  }
  name_width = std::min<std::size_t>(name_width, 30);
  const std::size_t used = name_width + 2 + 10 + 2;
  const std::size_t bar_width = std::min(columns > used + 10 ? columns - used : 10, widest_bar);
  for (const TacticCoverage& column : coverage.tactics) {
    const std::string name = padded(shorten(escape_controls(column.tactic->name), name_width), name_width);
    const bool covered = column.share.covered > 0;
    const std::string line = name + "  " + share_text(column.share, 3);
    if (column.tactic->partial) {  // a bar would tell a share of what nobody knows
      text += line + "  " + paint(Style::dim, "known; the tactic has more");
    } else {
      text += covered ? line + "  " + paint(Style::good, bar(column.share, bar_width)) : paint(Style::dim, line);
    }
    text += "\n";
  }
  return text;
}

// What one technique's line says: behind the name the number of its rules, and a letter for their highest severity.
struct Line {
  std::string id;
  std::string name;
  std::size_t rules = 0;
  std::optional<Severity> severity;
  bool sub = false;
  bool known_parent = false;  // only its sub-techniques are covered
};

void add_lines(const TechniqueCoverage& technique, bool all, bool sub, std::vector<Line>& lines) {
  if (!all && !technique.covered()) return;
  const std::string& id = technique.technique->id;
  lines.push_back({.id = sub ? id.substr(id.find('.')) : id,
                   .name = escape_controls(technique.technique->name),
                   .rules = technique.rules.size(),
                   .severity = technique.severity(),
                   .sub = sub,
                   .known_parent = technique.rules.empty() && technique.covered()});
  for (const TechniqueCoverage& below : technique.subs) add_lines(below, all, true, lines);
}

std::vector<Line> lines_of(const TacticCoverage& column, bool all) {
  std::vector<Line> lines;
  for (const TechniqueCoverage& technique : column.techniques) add_lines(technique, all, false, lines);
  return lines;
}

// "T1078 Valid Accounts", "   .004 Cloud Accounts", and at the right end "2 H".
std::string cell(const Line& line, std::size_t width, Palette paint) {
  const std::size_t id_width = 9;  // "T1562.003": where ids of all kinds end
  const std::string id = padded(line.sub ? "  " + line.id : line.id, line.sub || line.id.size() < 6 ? 6 : id_width);
  const std::string number = line.rules == 0 ? "" : std::to_string(line.rules);
  const std::string letter = line.severity ? std::string(spelling(*line.severity).substr(0, 1)) : "";
  const std::string end = number.empty() ? "" : " " + number + " " + letter;
  const std::string begin = id + " ";
  const std::size_t room = width - begin.size() - end.size();
  const std::string name = padded(shorten(line.name, room), room);
  if (line.rules == 0) return paint(Style::dim, begin) + (line.known_parent ? name : paint(Style::dim, name));
  return paint(Style::dim, begin) + name + paint(style_of(*line.severity), end);
}

// One band of the matrix: some tactics side by side.
std::string band(const std::vector<const TacticCoverage*>& tactics, bool all, std::size_t width, Palette paint) {
  std::vector<std::vector<std::string>> columns;
  std::size_t height = 0;
  for (const TacticCoverage* tactic : tactics) {
    std::vector<std::string> cells;
    const std::string share = share_text(tactic->share, 0);
    const std::string name = shorten(escape_controls(tactic->tactic->name), width - share.size() - 1);
    cells.push_back(paint(Style::strong, padded(name, width - share.size())) + paint(Style::dim, share));
    cells.push_back(paint(Style::dim, repeated("─", width)));
    for (const Line& line : lines_of(*tactic, all)) cells.push_back(cell(line, width, paint));
    height = std::max(height, cells.size());
    columns.push_back(std::move(cells));
  }
  std::string text;
  for (std::size_t row = 0; row < height; ++row) {
    std::string line;
    std::size_t blanks = 0;  // not written before there is something behind them
    for (const auto& cells : columns) {
      if (row < cells.size()) {
        line += std::string(blanks, ' ') + cells[row];
        blanks = gap;
      } else {
        blanks += width + gap;
      }
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string matrix(const std::vector<const TacticCoverage*>& tactics, bool all, Palette paint, std::size_t columns) {
  const std::size_t most = (columns + gap) / (narrowest_column + gap);
  const std::size_t bands = (tactics.size() + most - 1) / most;
  const std::size_t in_a_band = (tactics.size() + bands - 1) / bands;
  const std::size_t width = std::min<std::size_t>((columns + gap) / in_a_band - gap, 48);
  std::string text;
  for (std::size_t at = 0; at < tactics.size(); at += in_a_band) {
    const auto begin = tactics.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = tactics.begin() + static_cast<std::ptrdiff_t>(std::min(at + in_a_band, tactics.size()));
    text += "\n" + band({begin, end}, all, width, paint);
  }
  return text;
}

std::string list(const std::vector<const TacticCoverage*>& tactics, bool all, Palette paint, std::size_t columns) {
  const std::size_t width = std::min(columns, widest_line);
  std::string text;
  for (const TacticCoverage* tactic : tactics) text += "\n" + band({tactic}, all, width, paint);
  return text;
}

std::string legend(Palette paint) {
  std::string text;
  for (const Severity severity :
       {Severity::critical, Severity::high, Severity::medium, Severity::low, Severity::info}) {
    const std::string word(spelling(severity));
    text += (text.empty() ? "" : "  ") + paint(style_of(severity), word.substr(0, 1)) + " " + word;
  }
  return "\n" + paint(Style::dim, "Behind a name: how many rules, and their highest severity.") + "\n" + text + "\n";
}

}  // namespace

std::string human_coverage(const AttackCoverage& coverage, bool all, Palette paint, std::size_t columns) {
  columns = std::max<std::size_t>(columns, 60);
  std::vector<const TacticCoverage*> shown;
  for (const TacticCoverage& column : coverage.tactics) {
    if ((all && column.share.known > 0) || column.share.covered > 0) shown.push_back(&column);
  }
  std::string text = totals(coverage, paint, columns);
  if (shown.empty()) return text;
  const bool wide = columns + gap >= fewest_columns * (narrowest_column + gap) && shown.size() > 1;
  text += wide ? matrix(shown, all, paint, columns) : list(shown, all, paint, columns);
  return text + legend(paint);
}

}  // namespace picket
