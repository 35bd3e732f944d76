// The report for people.
#include <algorithm>
#include <string_view>
#include <vector>

#include "grammar/text/unicode.hpp"
#include "tools/report/counted.hpp"
#include "tools/report/diagnostics.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t tab_columns = 4;
constexpr std::size_t longest_line = 4096;    // bytes that are laid out; a hostile line may have millions
constexpr std::size_t longest_message = 500;  // columns; it may quote a hostile text
constexpr std::size_t context_columns = 20;   // kept to the left of the caret when a line is windowed

Style style_of(Level level) {
  switch (level) {
    case Level::error:
      return Style::error;
    case Level::warning:
      return Style::warning;
    case Level::note:
      return Style::note;
  }
  return Style::note;
}

// One code point of a line as it is shown.
struct Cell {
  std::string text;
  std::size_t columns = 0;
};

// A line of source as it is shown, and the columns that a span takes of it.
struct ShownLine {
  std::vector<Cell> cells;
  std::size_t mark_begin = 0;  // cells
  std::size_t mark_end = 0;
};

ShownLine lay_out(std::string_view line, std::size_t mark_begin, std::size_t mark_end) {
  ShownLine shown;
  std::size_t column = 0;
  for (std::size_t offset = 0; offset < line.size();) {
    if (offset < mark_begin) shown.mark_begin = shown.cells.size() + 1;
    if (offset < mark_end) shown.mark_end = shown.cells.size() + 1;
    const std::size_t begin = offset;
    const bool tab = line[offset] == '\t';
    if (find_invalid_utf8(line.substr(offset, 4)) == 0U) {
      ++offset;
    } else {
      static_cast<void>(next_code_point(line, offset));
    }
    Cell cell;
    cell.text = tab ? std::string(tab_columns - column % tab_columns, ' ')
                    : escape_controls(line.substr(begin, offset - begin));
    cell.columns = columns_of(cell.text);
    column += cell.columns;
    shown.cells.push_back(std::move(cell));
  }
  shown.mark_end = std::max(shown.mark_end, shown.mark_begin);
  return shown;
}

std::size_t columns_between(const ShownLine& line, std::size_t begin, std::size_t end) {
  std::size_t columns = 0;
  for (std::size_t i = begin; i < std::min(end, line.cells.size()); ++i) columns += line.cells[i].columns;
  return columns;
}

// The cells to show so that the mark's beginning is seen within `columns`.
std::pair<std::size_t, std::size_t> window(const ShownLine& line, std::size_t columns) {
  std::size_t begin = 0;
  if (columns_between(line, 0, line.cells.size()) > columns && columns_between(line, 0, line.mark_end) > columns) {
    begin = line.mark_begin;
    while (begin > 0 && columns_between(line, begin - 1, line.mark_begin) <= context_columns) --begin;
  }
  std::size_t end = begin;
  std::size_t used = begin > 0 ? 1 : 0;
  while (end < line.cells.size() && used + line.cells[end].columns <= columns) used += line.cells[end++].columns;
  if (end < line.cells.size() && end > begin) --end;  // room for the ellipsis
  return {begin, end};
}

// Where to begin with a line that is too long to lay out whole: well before the mark, so that a window fits.
std::size_t neighbourhood(std::string_view line, std::size_t mark) {
  std::size_t begin = mark - std::min(mark, longest_line / 4);
  while (begin > 0 && (static_cast<unsigned char>(line[begin]) & 0xC0U) == 0x80U) --begin;
  return begin;
}

// The line of source with its number, and the marks below it.
std::string excerpt(const Source& source, SourceSpan span, Style style, std::string_view label, Palette paint,
                    std::size_t columns, std::size_t gutter) {
  const LineColumn place = source.locate(span.begin);
  std::string_view line = source.line(place.line);
  auto line_begin = static_cast<std::size_t>(line.data() - source.text().data());
  if (line.size() > longest_line) {
    const std::size_t begin = neighbourhood(line, span.begin - std::min<std::size_t>(line_begin, span.begin));
    line = line.substr(begin, longest_line);
    line_begin += begin;
  }
  const std::size_t mark_begin = span.begin - std::min<std::size_t>(line_begin, span.begin);
  const ShownLine shown = lay_out(line, mark_begin, span.end - std::min<std::size_t>(line_begin, span.end));
  const std::size_t room = std::max<std::size_t>(columns, gutter + 30) - gutter - 4;
  const auto [begin, end] = window(shown, room);

  const std::string number = std::to_string(place.line);
  std::string text = std::string(gutter - number.size() + 1, ' ') + paint(Style::dim, number + " |") + " ";
  if (begin > 0) text += "…";
  for (std::size_t i = begin; i < end; ++i) text += shown.cells[i].text;
  if (end < shown.cells.size()) text += "…";
  const std::size_t indent = (begin > 0 ? 1 : 0) + columns_between(shown, begin, shown.mark_begin);
  const std::size_t marked = columns_between(shown, shown.mark_begin, std::min(shown.mark_end, end));
  text += "\n" + std::string(gutter + 2, ' ') + paint(Style::dim, "|") + " " + std::string(indent, ' ');
  std::string marks(std::max<std::size_t>(marked, 1), '^');
  if (!label.empty()) marks += " " + std::string(label);
  return text + paint(style, marks) + "\n";
}

// A file without text to show (it is missing, or not UTF-8 at all).
bool has_excerpt(const Source& source) { return !source.text().empty(); }

std::string place_of(const Source& source, SourceSpan span) {
  if (!has_excerpt(source)) return escape_controls(source.name());
  const LineColumn place = source.locate(span.begin);
  return escape_controls(source.name()) + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

// What the first fix puts in the place of the mark, as a question; other fixes are told by their titles.
std::string label_of(const Diagnostic& diagnostic) {
  if (diagnostic.fixes.empty() || diagnostic.fixes.front().span != diagnostic.span) return {};
  const std::string& replacement = diagnostic.fixes.front().replacement;
  if (replacement.empty() || replacement.find('\n') != std::string::npos || replacement.size() > 60) return {};
  return "did you mean `" + escape_controls(replacement) + "`?";
}

}  // namespace

std::string human_report(const Diagnostic& diagnostic, Palette paint, std::size_t columns) {
  const Style style = style_of(diagnostic.level);
  const Source& source = *diagnostic.source;
  std::size_t last_line = source.locate(diagnostic.span.begin).line;
  for (const Related& related : diagnostic.related) {
    last_line = std::max<std::size_t>(last_line, related.source->locate(related.span.begin).line);
  }
  const std::size_t gutter = std::max<std::size_t>(std::to_string(last_line).size(), 3);
  const std::string margin(gutter + 2, ' ');
  std::string text = paint(Style::strong, place_of(source, diagnostic.span) + ":") + " ";
  text += paint(style, std::string(spelling(diagnostic.level)) + "[" + std::string(row_of(diagnostic.code).word) + "]");
  text += paint(Style::strong, ": " + shorten(escape_controls(diagnostic.message), longest_message)) + "\n";
  const std::string label = label_of(diagnostic);
  if (has_excerpt(source)) text += excerpt(source, diagnostic.span, style, label, paint, columns, gutter);
  if (!diagnostic.help.empty() && diagnostic.help != label) {
    text += margin + paint(Style::note, "help:") + " " + escape_controls(diagnostic.help) + "\n";
  } else if (diagnostic.help.empty() && label.empty() && !diagnostic.fixes.empty()) {
    text += margin + paint(Style::note, "help:") + " " + escape_controls(diagnostic.fixes.front().title) + "\n";
  }
  for (const Related& related : diagnostic.related) {
    text += margin + paint(Style::note, "note:") + " " + place_of(*related.source, related.span) + ": " +
            escape_controls(related.message) + "\n";
    if (has_excerpt(*related.source)) {
      text += excerpt(*related.source, related.span, Style::note, {}, paint, columns, gutter);
    }
  }
  return text;
}

std::string summary_line(std::span<const Diagnostic> diagnostics, std::size_t files, Palette paint) {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    errors += diagnostic.level == Level::error ? 1 : 0;
    warnings += diagnostic.level == Level::warning ? 1 : 0;
  }
  if (errors == 0 && warnings == 0) return paint(Style::good, counted(files, "file") + ": no errors, no warnings");
  std::string text;
  if (errors > 0) text += paint(Style::error, counted(errors, "error"));
  if (errors > 0 && warnings > 0) text += ", ";
  if (warnings > 0) text += paint(Style::warning, counted(warnings, "warning"));
  return text + " in " + counted(files, "file");
}

}  // namespace picket
