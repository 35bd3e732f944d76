#include "tools/run/summary.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>

#include "engine/event/time.hpp"
#include "tools/run/figures.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t names_listed = 5;
constexpr std::string_view name_heading = "rule";
constexpr std::size_t widest_name = 60;  // columns; longer ones stand out

std::string right_aligned(const std::string& text, std::size_t columns) {
  return std::string(columns - std::min(columns, text.size()), ' ') + text;
}

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
  text += paint(Style::strong, count_text(tally.alerts, "alert")) + " of " +
          count_text(tally.matches, "match", "matches") + "\n";
  switch (report.end) {
    case RunEnd::input_ended:
      break;
    case RunEnd::interrupted:
      text += report.followed ? "stopped, as it was told to\n"
                              : paint(Style::warning, "interrupted") + " before the end of the input\n";
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
    const std::string known = known_log_types(rules);
    text += "  the rules judge: " + (known.empty() ? "events without a log type" : known) + "\n";
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

std::string detected_lines(const RunReport& report, Palette paint) {
  const DetectorCounts& detected = report.detected;
  const auto line = [&](std::uint64_t count, Style style, const std::string& words) {
    if (count == 0) return std::string();
    return "  " + paint(style, count_text(count, "match", "matches")) + " " + words + "\n";
  };
  std::string text =
      line(detected.late, Style::dim, "came out of order; --lateness TIME puts them in order") +
      line(detected.ahead, Style::warning, "of events in the future: counted by when they were read") +
      line(detected.hurried, Style::warning, "(or events that may match) counted before their turn, to bound memory");
  const auto evicted = [&](std::uint64_t count, const std::string& noun, const std::string& words) {
    if (count > 0) text += "  " + paint(Style::warning, count_text(count, noun)) + " " + words + ", to bound memory\n";
  };
  evicted(detected.windows.evicted, "window", "of matches ended before their time");
  evicted(detected.correlation.evicted, "key",
          "of correlations forgotten before their time: what they would have found is missing");
  evicted(detected.correlation.lost, "pattern", "of correlations given up that only waited for its window to pass");
  evicted(detected.correlation.crowded, "number", "left out of the sums of correlations");
  evicted(detected.correlation.cut, "signal", "with many values counted for the first of them alone");
  evicted(detected.memory.evicted, "key", "that rules remember forgotten before their time");
  if (report.forgotten > 0) {
    text += "  " + paint(Style::warning, count_text(report.forgotten, "piece")) +
            " of the state forgotten: of rules that are gone or count otherwise now\n";
  }
  return text;
}

// What people call each rule: its id, which of Sigma's is a number that tells nothing, so that the title stands for it.
std::map<std::string_view, std::string_view> names_of(const RuleSet& rules) {
  std::map<std::string_view, std::string_view> names;
  const auto add = [&](const RuleMetadata& rule) {
    const bool by_title = rule.format == RuleFormat::sigma && !rule.display_name.empty();
    if (by_title) names.emplace(rule.id.value, rule.display_name);
  };
  for (const CheckedRule* rule : rules.rules()) add(*rule->rule);
  for (const CheckedCorrelation& correlation : rules.pack().correlations) add(*correlation.rule);
  return names;
}

}  // namespace

std::map<std::string_view, std::uint64_t> events_by_rule(const Tally& tally, const RuleSet& rules) {
  std::map<std::string_view, std::uint64_t> events;
  const auto add = [&](std::string_view log_type, std::uint64_t count) {
    for (const RuleIndex index : rules.rules_for(log_type)) events[rules.rules()[index]->rule->id.value] += count;
  };
  for (const auto& [log_type, count] : tally.judged) add(log_type, count);
  if (tally.without_log_type > 0) add({}, tally.without_log_type);
  return events;
}

namespace {

// A table of the rules that matched, those with the most alerts first.
std::string rule_lines(const Tally& tally, const RuleSet& rules, Palette paint) {
  if (tally.rules.empty()) return {};
  struct Row {
    std::string_view name;
    const RuleTally* rule;
    std::optional<std::uint64_t> events;  // none of a correlation rule
  };
  std::vector<Row> rows;
  const auto names = names_of(rules);
  const std::map<std::string_view, std::uint64_t> events = events_by_rule(tally, rules);
  for (const auto& [id, rule] : tally.rules) {
    const auto name = names.find(id);
    const auto judged = events.find(id);
    rows.push_back({.name = name == names.end() ? std::string_view(id) : name->second,
                    .rule = &rule,
                    .events = judged == events.end() ? std::nullopt : std::optional(judged->second)});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::pair(a.rule->alerts, a.rule->matches) > std::pair(b.rule->alerts, b.rule->matches);
  });
  std::size_t name_width = 0;
  for (const auto& [name, rule, judged] : rows) name_width = std::max(name_width, columns_of(escape_controls(name)));
  name_width = std::clamp(name_width, name_heading.size(), widest_name);
  std::string text =
      count_text(rows.size(), "rule") + " of " + with_commas(rules.rules().size() + rules.pack().correlations.size()) +
      " matched:\n" +
      paint(Style::dim, "  alerts  matches     events  " + std::string(name_heading) +
                            std::string(name_width - name_heading.size() + 2, ' ') + "first and last event") +
      "\n";
  for (const auto& [name, rule, judged] : rows) {
    const std::string shown = escape_controls(name);
    text += "  " + right_aligned(with_commas(rule->alerts), 6) + "  " + right_aligned(with_commas(rule->matches), 7) +
            "  " + right_aligned(judged ? with_commas(*judged) : "-", 9) + "  " + shown;
    if (rule->first) {
      text += std::string(name_width - std::min(name_width, columns_of(shown)) + 2, ' ') +
              paint(Style::dim,
                    print_time(*rule->first) + (rule->first == rule->last ? "" : "  " + print_time(*rule->last)));
    }
    text += "\n";
  }
  return text;
}

}  // namespace

std::string run_summary(const RunReport& report, const RuleSet& rules, Palette paint) {
  return headline(report, paint) + unjudged_lines(report, rules, paint) + detected_lines(report, paint) +
         rule_lines(report.tally, rules, paint);
}

}  // namespace picket
