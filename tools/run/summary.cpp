#include "tools/run/summary.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>

#include "tools/run/figures.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t names_listed = 5;
constexpr std::size_t widest_id = 48;  // columns; longer ones stand out

using Counts = std::vector<std::pair<std::string, std::uint64_t>>;

// "Okta 120, GSuite 3, 7 more", the most first.
std::string listed(Counts counts) {
  std::stable_sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (std::size_t i = 0; i < std::min(counts.size(), names_listed); ++i) {
    text += (i == 0 ? "" : ", ") + escape_controls(counts[i].first) + " " + with_commas(counts[i].second);
  }
  if (counts.size() > names_listed) text += ", " + std::to_string(counts.size() - names_listed) + " more";
  return text;
}

std::string rate_text(const RunReport& report) {
  if (report.seconds <= 0) return {};
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.1f MB/s",
                static_cast<double>(report.tally.bytes) / 1e6 / report.seconds);
  return buffer.data();
}

std::string headline(const RunReport& report, Palette paint) {
  const Tally& tally = report.tally;
  std::string text = count_text(tally.events, "event") + ", " + bytes_text(tally.bytes) + " from " +
                     count_text(report.inputs, "input") + " in " + seconds_text(report.seconds) + " (" +
                     rate_text(report) + "): ";
  text += paint(Style::strong, count_text(tally.alerts, "alert")) + "\n";
  switch (report.end) {
    case RunEnd::input_ended:
      break;
    case RunEnd::interrupted:
      text += paint(Style::warning, "interrupted") + " before the end of the input\n";
      break;
    case RunEnd::output_closed:
      text += "stopped early: nobody reads the alerts any more\n";
      break;
    case RunEnd::output_failed:
      text += paint(Style::error, "stopped early") + ": output cannot be written\n";
      break;
  }
  return text;
}

std::string known_log_types(const RuleSet& rules) {
  const std::vector<std::string_view> known = rules.log_types();
  std::string text;
  for (std::size_t i = 0; i < std::min(known.size(), names_listed); ++i) {
    text += (i == 0 ? "" : ", ") + escape_controls(known[i]);
  }
  if (known.size() > names_listed) text += ", …";
  return text;
}

std::string unjudged_lines(const RunReport& report, const RuleSet& rules, Palette paint) {
  const Tally& tally = report.tally;
  const auto warning = [&](const std::string& words) { return "  " + paint(Style::warning, words); };
  std::string text;
  if (!tally.invalid.empty()) {
    text += warning(with_commas(tally.invalid_count()) + " invalid") + ": " +
            listed(Counts(tally.invalid.begin(), tally.invalid.end())) + "\n";
  }
  if (tally.without_log_type > 0) {
    text += warning(with_commas(tally.without_log_type) + " without log type") + ": no `p_log_type`, no --log-type\n";
  }
  if (!tally.unjudged.empty()) {
    const Counts counts(tally.unjudged.begin(), tally.unjudged.end());
    const std::uint64_t sum =
        std::accumulate(counts.begin(), counts.end(), std::uint64_t{0},
                        [](std::uint64_t so_far, const auto& item) { return so_far + item.second; });
    text += warning(with_commas(sum) + " of log types that no rule judges") + ": " + listed(counts) + "\n";
  }
  if (tally.without_log_type > 0 || !tally.unjudged.empty()) {
    text += "  the rules judge: " + known_log_types(rules) + "\n";
  }
  if (tally.given_up > 0) {
    text += warning(count_text(tally.given_up, "evaluation") + " given up") + ": they took too many steps\n";
  }
  if (!report.left_out.empty()) {
    text += "  " + count_text(report.left_out.size(), "file") +
            " left out, without JSON: " + escape_controls(report.left_out.front()) +
            (report.left_out.size() > 1 ? ", …" : "") + "\n";
  }
  return text;
}

std::string match_lines(const Tally& tally, const RuleSet& rules, Palette paint) {
  std::vector<RuleIndex> matched;
  for (RuleIndex index = 0; index < tally.matches.size(); ++index) {
    if (tally.matches[index] > 0) matched.push_back(index);
  }
  if (matched.empty()) return {};
  std::sort(matched.begin(), matched.end(), [&](RuleIndex a, RuleIndex b) {
    if (tally.matches[a] != tally.matches[b]) return tally.matches[a] > tally.matches[b];
    return rules.rules()[a]->rule->id.value < rules.rules()[b]->rule->id.value;
  });
  const std::size_t width = with_commas(tally.matches[matched.front()]).size();
  std::size_t id_width = 0;
  for (const RuleIndex index : matched) {
    id_width = std::max(id_width, columns_of(escape_controls(rules.rules()[index]->rule->id.value)));
  }
  id_width = std::min(id_width, widest_id);
  std::string text =
      "matches of " + count_text(matched.size(), "rule") + " (of " + with_commas(rules.rules().size()) + "):\n";
  for (const RuleIndex index : matched) {
    const Rule& rule = *rules.rules()[index]->rule;
    const std::string count = with_commas(tally.matches[index]);
    const std::string id = escape_controls(rule.id.value);
    text.append(2 + width - count.size(), ' ').append(count).append("  ").append(id);
    if (!rule.display_name.empty()) {
      const std::size_t gap = id_width - std::min(id_width, columns_of(id)) + 2;
      text += std::string(gap, ' ') + paint(Style::dim, escape_controls(rule.display_name));
    }
    text += "\n";
  }
  return text;
}

}  // namespace

std::string run_summary(const RunReport& report, const RuleSet& rules, Palette paint) {
  return headline(report, paint) + unjudged_lines(report, rules, paint) + match_lines(report.tally, rules, paint);
}

}  // namespace picket
