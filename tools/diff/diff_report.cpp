#include "tools/diff/diff_report.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "tools/report/counted.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

std::size_t shared_with(const std::vector<std::string>& within, const std::vector<std::string>& before) {
  std::size_t shared = 0;
  while (shared < within.size() && shared < before.size() && within[shared] == before[shared]) ++shared;
  return shared;
}

void add_part(const PartChange& part, std::vector<DiffLine>& lines) {
  std::size_t depth = part.within.size();
  const auto add = [&](char sign, std::uint32_t line, const std::string& text) {
    lines.push_back({sign, line, depth, escape_controls(text)});
  };
  if (part.values_added.empty() && part.values_removed.empty()) {
    if (!part.before.empty()) add('-', part.line_before, part.before);
    if (!part.after.empty()) add('+', part.line_after, part.after);
    return;
  }
  if (!part.subject.empty()) {
    add(' ', part.line_after, part.subject);
    ++depth;
  }
  for (const std::string& value : part.values_removed) add('-', 0, value);
  for (const std::string& value : part.values_added) add('+', 0, value);
}

// "2 rules added, 1 removed"; adds nothing for none.
void add_counts(const PackDifference& packs, ItemKind item, std::vector<std::string>& words) {
  bool first = true;
  for (const ChangeKind kind : {ChangeKind::added, ChangeKind::removed, ChangeKind::changed}) {
    const std::size_t count = packs.count(item, kind);
    if (count == 0) continue;
    std::string noun(in_words(item));
    if (noun == "library" && count != 1) noun = "librarie";  // which `counted` makes a plural
    words.push_back((first ? counted(count, noun) : std::to_string(count)) + " " + std::string(spelling(kind)));
    first = false;
  }
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

bool differs(const RuleAlerts& alerts) { return alerts.gained.count + alerts.lost.count + alerts.changed.count > 0; }

AlertTotals totals_of(const AlertDifference& alerts) {
  AlertTotals totals;
  for (const auto& [id, rule] : alerts.rules) {
    totals.gained += rule.gained.count;
    totals.lost += rule.lost.count;
    totals.changed += rule.changed.count;
    totals.kept += rule.kept;
  }
  return totals;
}

bool DiffReport::empty() const {
  return packs.empty() && (!alerts || std::none_of(alerts->rules.begin(), alerts->rules.end(),
                                                   [](const auto& rule) { return differs(rule.second); }));
}

std::vector<DiffLine> diff_lines(const KeyChange& key) {
  std::vector<DiffLine> lines;
  if (key.parts.empty()) {
    if (!key.before.empty()) lines.push_back({'-', 0, 0, escape_controls(key.before)});
    if (!key.after.empty()) lines.push_back({'+', 0, 0, escape_controls(key.after)});
    return lines;
  }
  std::vector<std::string> within;
  for (const PartChange& part : key.parts) {
    for (std::size_t i = shared_with(part.within, within); i < part.within.size(); ++i) {
      lines.push_back({' ', 0, i, escape_controls(part.within[i])});
    }
    within = part.within;
    add_part(part, lines);
  }
  return lines;
}

std::string summary_of(const PackDifference& packs) {
  std::vector<std::string> words;
  for (const ItemKind item :
       {ItemKind::rule, ItemKind::library, ItemKind::data_model, ItemKind::lookup_table, ItemKind::pack}) {
    add_counts(packs, item, words);
  }
  if (words.empty()) return "no difference in meaning, " + counted(packs.rules_after, "rule");
  std::string text = joined(words);
  if (!packs.affected.empty()) {
    text += "; " + counted(packs.affected.size(), "rule") + " affected, unchanged " +
            (packs.affected.size() == 1 ? "itself" : "themselves");
  }
  return text;
}

std::string summary_of(const AlertDifference& alerts) {
  const AlertTotals totals = totals_of(alerts);
  std::string text = counted(alerts.events, "event") + ": ";
  if (totals.gained + totals.lost + totals.changed == 0) {
    return text + "the same alerts, " + std::to_string(totals.kept);
  }
  std::vector<std::string> words;
  const auto add = [&](std::uint64_t count, const std::string& what) {
    if (count == 0) return;
    words.push_back((words.empty() ? counted(count, "alert") : std::to_string(count)) + " " + what);
  };
  add(totals.gained, "gained");
  add(totals.lost, "lost");
  add(totals.changed, "changed");
  words.push_back(std::to_string(totals.kept) + " as before");
  return text + joined(words);
}

}  // namespace picket
