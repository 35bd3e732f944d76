// The difference for people at a terminal.
#include <algorithm>

#include "tools/diff/diff_report.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t least_columns = 60;
constexpr std::size_t key_columns = 20;
constexpr std::size_t number_columns = 6;

std::string padded(std::string text, std::size_t columns) {
  const std::size_t used = columns_of(text);
  if (used < columns) text.append(columns - used, ' ');
  return text;
}

Style style_of(char sign) {
  if (sign == '+') return Style::good;
  return sign == '-' ? Style::error : Style::dim;
}

Style style_of(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::added:
      return Style::good;
    case ChangeKind::removed:
      return Style::error;
    case ChangeKind::changed:
      return Style::warning;
  }
  return Style::dim;
}

class HumanDiff {
 public:
  HumanDiff(const DiffReport& report, Palette paint, std::size_t columns)
      : report_(report), paint_(paint), columns_(std::max(columns, least_columns)) {}

  std::string write();

 private:
  void item(const ItemChange& change);
  void key(const KeyChange& change);
  void affected();
  void alerts(const AlertDifference& alerts);
  void alert_count(char sign, const AlertCount& alerts, std::string_view word);
  [[nodiscard]] std::string cut(std::string_view text, std::size_t used) const {
    return shorten(text, columns_ - std::min(used, columns_ - 20));
  }

  const DiffReport& report_;
  Palette paint_;
  std::size_t columns_;
  std::string text_;
};

void HumanDiff::item(const ItemChange& change) {
  text_ += paint_(style_of(change.kind), padded(std::string(spelling(change.kind)), 9));
  if (change.item != ItemKind::rule) text_ += std::string(in_words(change.item)) + " ";
  text_ += paint_(Style::strong, escape_controls(change.id));
  if (change.kind == ChangeKind::added && !change.severity.empty()) text_ += "  " + change.severity;
  text_ += "  " + paint_(Style::place, escape_controls(change.file)) + "\n";
  for (const KeyChange& one : change.keys) key(one);
}

void HumanDiff::key(const KeyChange& change) {
  if (change.prose) {
    const std::string_view word = change.before.empty() ? "written" : change.after.empty() ? "taken out" : "reworded";
    text_ += "  " + padded(escape_controls(change.key), key_columns) + std::string(word) + "\n";
    return;
  }
  const std::vector<DiffLine> lines = diff_lines(change);
  // What fits on one line stands on one.
  const bool words = change.parts.empty() && change.before.find('\n') == std::string::npos;
  const std::string name = escape_controls(change.key);
  std::string one_line = padded(name, std::max(key_columns, columns_of(name) + 1));
  if (words && !change.before.empty() && !change.after.empty()) {
    one_line += escape_controls(change.before) + " -> " + escape_controls(change.after);
    if (columns_of(one_line) + 2 <= columns_) {
      text_ += "  " + one_line + "\n";
      return;
    }
  }
  text_ += "  " + escape_controls(change.key) + "\n";
  for (const DiffLine& line : lines) {
    std::string number = line.line == 0 ? "" : std::to_string(line.line);
    number.insert(0, number_columns - std::min(number.size(), number_columns), ' ');
    const std::size_t indent = 2 * line.depth;
    text_ += paint_(Style::dim, number) + "  ";
    text_ += paint_(style_of(line.sign), std::string(1, line.sign) + " " + std::string(indent, ' ') +
                                             cut(line.text, number_columns + 4 + indent));
    text_ += "\n";
  }
}

void HumanDiff::affected() {
  if (report_.packs.affected.empty()) return;
  text_ += "\n" + paint_(Style::strong, "affected by these, though they did not change themselves") + "\n";
  std::size_t width = 0;
  for (const AffectedRule& rule : report_.packs.affected) width = std::max(width, columns_of(escape_controls(rule.id)));
  for (const AffectedRule& rule : report_.packs.affected) {
    std::string by;
    for (const std::string& name : rule.by) by += (by.empty() ? "" : ", ") + escape_controls(name);
    text_ += "  " + padded(escape_controls(rule.id), width) + "  " + cut(by, width + 4) + "\n";
  }
}

void HumanDiff::alert_count(char sign, const AlertCount& alerts, std::string_view word) {
  if (alerts.count == 0) return;
  const AlertExample& example = *alerts.example;
  const std::string head = "  " + std::string(1, sign) + " " + std::to_string(alerts.count) + " " + std::string(word);
  const Style style = sign == '~' ? Style::warning : style_of(sign);
  text_ += paint_(style, head) + "  " +
           paint_(Style::dim, escape_controls(example.place.input) + ":" + std::to_string(example.place.line)) + "\n";
  const auto title_line = [&](Severity severity, const std::string& title) {
    const std::string shown = padded(std::string(spelling(severity)), 9) + escape_controls(title);
    text_ += "      " + cut(shown, 6) + "\n";
  };
  if (sign == '~') title_line(example.severity_before, example.title_before);
  title_line(example.severity, example.title);
  text_ += "      " + paint_(Style::dim, cut(escape_controls(to_json(example.event)), 6)) + "\n";
}

void HumanDiff::alerts(const AlertDifference& alerts) {
  text_ += "\n";
  for (const auto& [id, rule] : alerts.rules) {
    if (!differs(rule)) continue;
    text_ += paint_(Style::strong, escape_controls(id));
    if (rule.kept > 0) text_ += paint_(Style::dim, "  " + std::to_string(rule.kept) + " as before");
    text_ += "\n";
    alert_count('+', rule.gained, "gained");
    alert_count('-', rule.lost, "lost");
    alert_count('~', rule.changed, "changed");
  }
}

std::string HumanDiff::write() {
  bool told = false;  // of the item before more than its name
  for (const ItemChange& change : report_.packs.items) {
    if (told || (!text_.empty() && !change.keys.empty())) text_ += "\n";
    told = !change.keys.empty();
    item(change);
  }
  affected();
  if (report_.alerts) alerts(*report_.alerts);
  if (!report_.packs.items.empty()) text_ += "\n";
  text_ += summary_of(report_.packs) + "\n";
  if (report_.alerts) text_ += summary_of(*report_.alerts) + "\n";
  return std::move(text_);
}

}  // namespace

std::string human_diff(const DiffReport& report, Palette paint, std::size_t columns) {
  return HumanDiff(report, paint, columns).write();
}

}  // namespace picket
