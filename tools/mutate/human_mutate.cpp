// The mutants for people: a line for each rule, and each survivor as a diff with an event that would kill it.
#include <algorithm>
#include <cmath>

#include "tools/mutate/mutate_report.hpp"
#include "tools/report/counted.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t most_shown = 5;  // survivors of one rule, unless details are asked for
constexpr std::size_t widest_id = 44;

std::string whole_percent(double percent) { return std::to_string(static_cast<int>(std::floor(percent))); }

double score_of(const RuleMutation& rule) {
  const std::size_t killed = rule.count(Fate::killed);
  const std::size_t all = killed + rule.count(Fate::survived);
  return all == 0 ? 100.0 : 100.0 * static_cast<double>(killed) / static_cast<double>(all);
}

// The lines of a diff; of two that are too long, what is before their difference is cut but for a few words.
std::vector<std::string> around_the_change(std::vector<std::string> lines, std::size_t room) {
  if (lines.size() != 2 || std::max(lines.front().size(), lines.back().size()) <= room) return lines;
  constexpr std::size_t sign = 2;
  const std::string_view before = std::string_view(lines.front()).substr(sign);
  const std::string_view after = std::string_view(lines.back()).substr(sign);
  const auto same = static_cast<std::size_t>(
      std::mismatch(before.begin(), before.end(), after.begin(), after.end()).first - before.begin());
  if (same < room / 2) return lines;
  std::size_t cut = same - room / 3;
  while (cut < same && before[cut] != ' ') ++cut;
  lines = {"- \u2026" + std::string(before.substr(cut)), "+ \u2026" + std::string(after.substr(cut))};
  return lines;
}

std::string survivor(const MutantResult& mutant, const Source& source, Palette paint, std::size_t columns) {
  constexpr std::size_t indent = 9;
  const std::size_t room = std::max<std::size_t>(columns, indent + 30) - indent;
  const std::string number = std::to_string(source.locate(mutant.span.begin).line);
  std::string text;
  bool first = true;
  for (const std::string& line : around_the_change(diff_of(mutant, source), room)) {
    const Style style = line.front() == '-' ? Style::error : Style::good;
    text += first ? std::string(7 - std::min<std::size_t>(number.size(), 6), ' ') + paint(Style::dim, number) + "  "
                  : std::string(indent, ' ');
    text += paint(style, shorten(escape_controls(line), room)) + "\n";
    first = false;
  }
  text += std::string(indent, ' ');
  const std::string words = wrap(escape_controls(killer_in_words(mutant)), columns, indent);
  text += paint(mutant.killer ? Style::place : Style::dim, words);
  return text + "\n";
}

std::string rule_lines(const RuleMutation& rule, std::size_t width, bool details, Palette paint, std::size_t columns) {
  const Source& source = *rule.about().source;
  const std::string id = shorten(escape_controls(rule.about().id.value), width);
  const std::size_t survived = rule.count(Fate::survived);
  const std::string percent = whole_percent(score_of(rule));
  std::string text = paint(Style::strong, id) + std::string(width - std::min(columns_of(id), width) + 2, ' ');
  text += std::string(3 - std::min<std::size_t>(percent.size(), 3), ' ');
  text += paint(survived == 0 ? Style::good : Style::warning, percent + " %");
  text += "  " + std::to_string(rule.count(Fate::killed)) + " killed";
  if (survived > 0) text += ", " + paint(Style::warning, std::to_string(survived) + " survived");
  if (rule.count(Fate::equivalent) > 0) {
    text += paint(Style::dim, ", " + std::to_string(rule.count(Fate::equivalent)) + " mean the same");
  }
  if (rule.left_out > 0) {
    text += paint(Style::warning, ", " + std::to_string(rule.left_out) + " not tried: the rule is very large");
  }
  if (rule.tests() == 0) text += "  " + paint(Style::warning, "no tests");
  text += "\n";
  std::size_t shown = 0;
  for (const MutantResult& mutant : rule.mutants) {
    if (mutant.fate != Fate::survived) continue;
    if (!details && ++shown > most_shown) {
      text += paint(Style::dim, "         and " + std::to_string(survived - most_shown) + " more (--details)") + "\n";
      break;
    }
    text += survivor(mutant, source, paint, columns);
  }
  return text;
}

}  // namespace

std::string human_mutate(const MutateReport& report, const Canvas& canvas) {
  if (report.rules.empty()) return {};  // which the console has been told
  const auto [paint, columns, asked] = canvas;
  const bool details = asked || report.rules.size() == 1;
  std::size_t width = 0;
  for (const RuleMutation& rule : report.rules) {
    width = std::max(width, columns_of(escape_controls(rule.about().id.value)));
  }
  width = std::min(width, widest_id);
  std::string text;
  std::size_t mutants = 0;
  for (const RuleMutation& rule : report.rules) {
    text += rule_lines(rule, width, details, paint, columns);
    mutants += rule.mutants.size();
  }
  const std::size_t survived = report.count(Fate::survived);
  text += "\n" + counted(report.rules.size(), "rule") + ", " + counted(mutants, "mutant") + ": " +
          paint(Style::good, std::to_string(report.count(Fate::killed)) + " killed");
  if (survived > 0) text += ", " + paint(Style::warning, std::to_string(survived) + " survived");
  if (report.count(Fate::equivalent) > 0) {
    text += ", " + std::to_string(report.count(Fate::equivalent)) + " mean the same as the rule";
  }
  return text + "; score " + whole_percent(report.score()) + " %\n";
}

}  // namespace picket
