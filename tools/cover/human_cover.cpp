// The coverage for people.
#include <algorithm>
#include <cmath>
#include <string_view>

#include "engine/ruletest/nearby.hpp"
#include "tools/cover/cover_report.hpp"
#include "tools/report/comparison.hpp"
#include "tools/report/counted.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t widest_id = 44;
constexpr std::size_t widest_heat = 24;
constexpr std::size_t value_bytes = 60;  // of a value shown

// What the part lacks, without its name; empty if it lacks nothing.
std::string lack_of(const PartCoverage& part) {
  if (part.times() == 0) return part.kind == PartKind::arm ? "was never taken" : "was never evaluated";
  if (part.kind == PartKind::arm) return part.times_true == 0 ? "was never taken" : "";
  if (part.times_true == 0) return "was never true";
  if (part.kind != PartKind::comparison || part.opened) return {};
  if (part.times_false == 0) return "was never false";
  return part.independent() ? "" : "never decided the verdict both ways";
}

struct Heat {
  std::string_view cell;
  Style style;
};

Heat heat_of(const PartCoverage& part) {
  if (part.times() == 0) return {"\u00b7", Style::error};
  if (part.independent()) return {"\u25cf", Style::good};
  if (part.times_true > 0 && part.times_false > 0) return {"\u25d0", Style::warning};
  return {"\u25cb", Style::error};
}

bool has_cell(const PartCoverage& part) { return part.kind == PartKind::comparison && !part.opened; }

std::string heat_line(const TextCoverage& text, Palette paint, std::size_t& cells) {
  std::string line;
  cells = 0;
  for (const PartCoverage& part : text.parts) {
    if (!has_cell(part)) continue;
    if (++cells > widest_heat) return line + (cells = widest_heat + 1, "\u2026");
    const Heat heat = heat_of(part);
    line += paint(heat.style, heat.cell);
  }
  return line;
}

std::string whole_percent(Share share) {
  // Rounded down, so that 100 means all of them.
  return std::to_string(static_cast<int>(std::floor(share.percent())));
}

Style style_of(Share share) {
  if (share.reached == share.all) return Style::good;
  return share.percent() >= 50 ? Style::warning : Style::error;
}

std::string padded(std::string text, std::size_t used, std::size_t width) {
  text.append(width - std::min(used, width), ' ');
  return text;
}

struct Columns {
  std::size_t id = 0;
  std::size_t heat = 0;
  std::size_t all = 0;  // of the terminal
};

Columns columns_for(const std::vector<TextCoverage>& texts, std::size_t all) {
  Columns columns{.id = 0, .heat = 0, .all = all};
  for (const TextCoverage& text : texts) {
    columns.id = std::max(columns.id, columns_of(escape_controls(text.id())));
    std::size_t cells = 0;
    static_cast<void>(heat_line(text, Palette(), cells));
    columns.heat = std::max(columns.heat, cells);
  }
  columns.id = std::min(columns.id, widest_id);
  return columns;
}

// "Zendesk.NewAPIToken  ●◐   50 %  `source_type eq "api_token"` was never false (and 1 more)".
std::string text_line(const TextCoverage& text, const Columns& columns, bool gaps, Palette paint) {
  const std::string id = shorten(escape_controls(text.id()), columns.id);
  std::size_t cells = 0;
  const std::string heat = heat_line(text, paint, cells);
  const CoverageShares shares = shares_of(text);
  std::string line =
      padded(paint(Style::strong, id), columns_of(id), columns.id) + "  " + padded(heat, cells, columns.heat) + "  ";
  if (shares.mcdc.all == 0) {
    line += paint(Style::dim, "    -");
  } else {
    const std::string percent = whole_percent(shares.mcdc);
    line += padded("", percent.size(), 3) + paint(style_of(shares.mcdc), percent + " %");
  }
  const std::vector<Gap> open = gaps ? gaps_of(text) : std::vector<Gap>();
  if (text.tests == 0) {
    line += "  " + paint(Style::warning, "no tests");
  } else if (!open.empty()) {
    const std::string more = open.size() > 1 ? " (and " + std::to_string(open.size() - 1) + " more)" : "";
    const std::size_t before = columns.id + columns.heat + 11;
    const std::size_t room = std::max<std::size_t>(columns.all, before + more.size() + 30) - before - more.size();
    line += "  " + shorten(open.front().words, room) + paint(Style::dim, more);
  }
  while (line.ends_with(' ')) line.pop_back();
  return line + "\n";
}

std::string counts_of(const PartCoverage& part) {
  std::string counts = "true " + std::to_string(part.times_true);
  if (part.kind == PartKind::arm) {
    counts = "taken " + std::to_string(part.times_true);
  } else {
    counts += ", false " + std::to_string(part.times_false);
  }
  std::string of_them;
  if (part.missing > 0) of_them = std::to_string(part.missing) + " missing";
  if (part.wrong_type > 0) of_them += (of_them.empty() ? "" : ", ") + std::to_string(part.wrong_type) + " wrong type";
  return of_them.empty() ? counts : counts + " (" + of_them + ")";
}

// The parts of one rule, each with its place, its counts, and what is open.
std::string part_lines(const TextCoverage& text, Palette paint, std::size_t columns) {
  constexpr std::size_t indent = 13;
  const std::size_t room = std::max<std::size_t>(columns, indent + 30) - indent;
  std::string lines;
  for (const PartCoverage& part : text.parts) {
    const std::string number = std::to_string(text.source().locate(part.site->span.begin).line);
    const std::string lack = lack_of(part);
    std::string mark = lack.empty() ? paint(Style::good, "\u25cf") : paint(Style::error, "\u25cb");
    if (has_cell(part)) mark = paint(heat_of(part).style, heat_of(part).cell);
    lines += "  " + mark + " " + padded("", number.size(), 5) + paint(Style::dim, number) + "  ";
    const std::string lead(lead_of(part.kind));
    lines += paint(Style::dim, lead) + shorten(escape_controls(written_at(*part.site)), room - lead.size()) + "\n";
    lines += std::string(indent, ' ') + paint(Style::place, counts_of(part));
    if (!lack.empty()) lines += "; " + paint(Style::warning, lack);
    lines += "\n";
    for (const ItemCoverage& item : part.items) {
      const std::string value = shorten(escape_controls(short_json(item.value, value_bytes)), room);
      lines += std::string(indent + 2, ' ') + value + "  ";
      lines += item.matched > 0 ? paint(Style::place, "matched " + std::to_string(item.matched))
                                : paint(Style::warning, "never matched");
      lines += "\n";
    }
  }
  return lines;
}

std::string section(const std::vector<TextCoverage>& texts, bool details, Palette paint, std::size_t columns) {
  const Columns widths = columns_for(texts, columns);
  std::string lines;
  for (const TextCoverage& text : texts) {
    if (details && !lines.empty()) lines += "\n";
    lines += text_line(text, widths, !details, paint);
    if (details) lines += part_lines(text, paint, columns);
  }
  return lines;
}

std::string share_words(std::string_view name, Share share, Palette paint) {
  return std::string(name) + " " + paint(style_of(share), whole_percent(share) + " %") + " (" +
         std::to_string(share.reached) + " of " + std::to_string(share.all) + ")";
}

}  // namespace

std::vector<Gap> gaps_of(const TextCoverage& text) {
  std::vector<Gap> gaps;
  for (const PartCoverage& part : text.parts) {
    if (part.opened) continue;
    if (const std::string lack = lack_of(part); !lack.empty()) {
      gaps.push_back({part.site.get(), "`" + escape_controls(written_at(*part.site)) + "` " + lack});
    }
    if (part.times() == 0) continue;
    for (const ItemCoverage& item : part.items) {
      if (item.matched > 0) continue;
      gaps.push_back({part.site.get(), escape_controls(short_json(item.value, value_bytes)) + " never matched"});
    }
  }
  return gaps;
}

std::string human_cover(const CoverReport& report, const Canvas& canvas) {
  if (report.coverage.rules.empty()) return {};  // which the console has been told
  const auto [paint, columns, asked] = canvas;
  const bool details = asked || report.coverage.rules.size() == 1;
  std::string text = section(report.coverage.rules, details, paint, columns);
  if (!report.coverage.libraries.empty()) {
    text += "\n" + paint(Style::dim, "Libraries, by the tests of the rules that use them") + "\n";
    text += section(report.coverage.libraries, details, paint, columns);
  }
  std::size_t tests = 0;
  for (const TextCoverage& rule : report.coverage.rules) tests += rule.tests;
  text += "\n" + paint(Style::good, "\u25cf") + " decides the verdict both ways   " + paint(Style::warning, "\u25d0") +
          " true and false   " + paint(Style::error, "\u25cb") + " only one of them   " +
          paint(Style::error, "\u00b7") + " never evaluated\n";
  text += counted(report.coverage.rules.size(), "rule") + ", " + counted(tests, "test") + ": " +
          share_words("MC/DC", report.shares.mcdc, paint) + ", " +
          share_words("outcomes", report.shares.outcomes, paint) + ", " +
          share_words("values", report.shares.values, paint) + ", " +
          share_words("branches", report.shares.branches, paint) + "\n";
  return text;
}

}  // namespace picket
