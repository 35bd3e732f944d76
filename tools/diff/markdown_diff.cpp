// The difference as a comment of a review. Whatever rules and events say is text there, and nothing else.
#include <string_view>

#include "tools/diff/diff_report.hpp"
#include "tools/report/markdown.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t event_columns = 600;
constexpr std::size_t title_columns = 200;

std::string keys_of(const ItemChange& change) {
  std::string keys;
  for (const KeyChange& key : change.keys) keys += (keys.empty() ? "" : ", ") + markdown_text(key.key);
  return keys.empty() ? markdown_text(change.title) : keys;
}

std::string alerts_of(const DiffReport& report, const std::string& id) {
  if (!report.alerts) return {};
  const auto found = report.alerts->rules.find(id);
  if (found == report.alerts->rules.end() || !differs(found->second)) return {};
  std::string text;
  const auto add = [&](std::string_view sign, std::uint64_t count) {
    if (count > 0) text += (text.empty() ? "" : " ") + std::string(sign) + std::to_string(count);
  };
  add("+", found->second.gained.count);
  add("−", found->second.lost.count);
  add("±", found->second.changed.count);
  return text;
}

std::string row(std::string_view what, const std::string& id, const std::string& keys, const std::string& alerts) {
  return "| " + std::string(what) + " | " + markdown_text(id) + " | " + keys + " | " + alerts + " |\n";
}

std::string table(const DiffReport& report) {
  std::string text = "| | | what | alerts |\n|---|---|---|---|\n";
  for (const ItemChange& change : report.packs.items) {
    const bool rule = change.item == ItemKind::rule;
    const std::string what =
        std::string(spelling(change.kind)) + (rule ? "" : " " + std::string(in_words(change.item)));
    text += row(what, change.id, keys_of(change), rule ? alerts_of(report, change.id) : "");
  }
  for (const AffectedRule& rule : report.packs.affected) {
    std::string by;
    for (const std::string& name : rule.by) by += (by.empty() ? "by " : ", ") + markdown_text(name);
    text += row("affected", rule.id, by, alerts_of(report, rule.id));
  }
  return text;
}

std::string details(const std::string& summary, const std::string& body) {
  return "\n<details><summary>" + summary + "</summary>\n\n" + body + "</details>\n";
}

// The changes of a file as one block of a diff.
std::string block_of(const ItemChange& change) {
  std::string text;
  for (const KeyChange& key : change.keys) {
    text += "  " + escape_controls(key.key) + "\n";
    for (const DiffLine& line : diff_lines(key)) {
      text += std::string(1, line.sign) + " " + std::string(2 * (line.depth + 1), ' ') + line.text + "\n";
    }
  }
  return markdown_block("diff", text) + "\n";
}

std::string example_of(std::string_view word, const AlertCount& alerts) {
  if (alerts.count == 0) return {};
  const AlertExample& example = *alerts.example;
  const auto title = [](Severity severity, const std::string& words) {
    return std::string(spelling(severity)) + ": " + markdown_text(shorten(escape_controls(words), title_columns));
  };
  std::string text = std::to_string(alerts.count) + " " + std::string(word) + ", such as ";
  if (word == "changed") text += title(example.severity_before, example.title_before) + " → ";
  text += title(example.severity, example.title) + "\n\n";
  text += markdown_block("json", shorten(escape_controls(to_json(example.event)), event_columns));
  return text + "\n";
}

}  // namespace

std::string markdown_diff(const DiffReport& report) {
  std::string text = "**" + summary_of(report.packs) + "**\n";
  if (report.alerts) text += "\n" + summary_of(*report.alerts) + "\n";
  if (report.empty()) return text;
  if (!report.packs.empty()) text += "\n" + table(report);
  for (const ItemChange& change : report.packs.items) {
    if (!change.keys.empty()) text += details(html_text(change.id), block_of(change));
  }
  if (!report.alerts) return text;
  for (const auto& [id, rule] : report.alerts->rules) {
    if (!differs(rule)) continue;
    text += details("alerts of " + html_text(id), example_of("gained", rule.gained) + example_of("lost", rule.lost) +
                                                      example_of("changed", rule.changed));
  }
  return text;
}

}  // namespace picket
