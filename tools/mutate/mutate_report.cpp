#include "tools/mutate/mutate_report.hpp"

#include <algorithm>
#include <string_view>
#include <variant>

#include "engine/ruletest/test_time.hpp"
#include "tools/report/counted.hpp"

namespace picket {
namespace {

// Whether nothing is left of a line once something was taken out of it: a dash or a key alone says nothing.
bool says_nothing(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t\r");
  if (last == std::string_view::npos || line[last] == ':') return true;
  return line[last] == '-' && line.find_first_not_of(" \t-") > last;
}

// The span with the comma, or in a group the semicolon, that goes with what is left out.
SourceSpan with_separator(std::string_view text, SourceSpan span) {
  const auto separates = [&](std::size_t at) { return text[at] == ',' || text[at] == ';'; };
  if (text.substr(0, span.begin).ends_with("...")) span.begin -= 3;  // a list that is spread is one value of another
  const std::size_t next = text.find_first_not_of(" \t\r\n", span.end);
  if (next != std::string_view::npos && separates(next)) {
    const std::size_t after = text.find_first_not_of(" \t", next + 1);
    return {span.begin, static_cast<std::uint32_t>(std::min(after, text.size()))};
  }
  const std::size_t before =
      span.begin == 0 ? std::string_view::npos : text.find_last_not_of(" \t\r\n", span.begin - 1);
  if (before != std::string_view::npos && separates(before)) return {static_cast<std::uint32_t>(before), span.end};
  return span;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

// The lines that the span is in, as they are and as they would be.
std::vector<std::string> lines_changed(std::string_view text, SourceSpan span, const std::string& replacement) {
  if (replacement.empty()) span = with_separator(text, span);
  const std::size_t line_start = span.begin == 0 ? 0 : text.rfind('\n', span.begin - 1) + 1;
  const std::size_t line_end = std::min(text.find('\n', std::max<std::size_t>(span.end, 1) - 1), text.size());
  const std::string before(text.substr(line_start, line_end - line_start));
  const std::string after = std::string(text.substr(line_start, span.begin - line_start)) + replacement +
                            std::string(text.substr(span.end, line_end - span.end));
  std::vector<std::string> lines;
  for (const std::string& line : lines_of(before)) lines.push_back("- " + line);
  for (const std::string& line : lines_of(after)) {
    if (!replacement.empty() || !says_nothing(line)) lines.push_back("+ " + line);
  }
  return lines;
}

// "“A token is created”".
std::string quoted(const TestHeading& test) { return "\u201c" + test.name.value + "\u201d"; }

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

std::string in_words(const KillingEvent& killer) {
  const bool as_it_is = killer.changes.empty();
  std::string words = as_it_is ? "an event without any key" : "an event with ";
  if (killer.base != nullptr) words = quoted(*killer.base) + (as_it_is ? " as it is" : ", but ");
  std::vector<std::string> changes;
  for (const EventChange& change : killer.changes) changes.push_back(describe(change));
  return words + joined(changes) + ": must be " + (killer.verdict ? "a match" : "no match");
}

std::string in_words(const KillingTimes& killer) {
  std::string words = quoted(*killer.base);
  if (killer.times.size() == 1) {
    words += " once";
  } else {
    const auto first = in_words(killer.times.front());
    const auto last = in_words(killer.times.back());
    words += ", " + std::to_string(killer.times.size()) + " times " +
             (first == last ? "at " + first : "from " + first + " to " + last);
  }
  return words + ": must be " + (killer.alerts == 0 ? "no alert" : counted(killer.alerts, "alert"));
}

std::string in_words(const KillingSignals& killer) {
  const bool as_it_is = killer.changes.empty();
  std::string words = as_it_is ? "signals that just make it fire" : "signals that just make it fire, but ";
  if (killer.base != nullptr) words = quoted(*killer.base) + (as_it_is ? " as it is" : ", but ");
  return words + joined(killer.changes) + ": must " + (killer.fires ? "fire" : "not fire");
}

}  // namespace

std::size_t MutateReport::count(Fate fate) const {
  std::size_t sum = 0;
  for (const RuleMutation& rule : rules) sum += rule.count(fate);
  return sum;
}

double MutateReport::score() const {
  const std::size_t killed = count(Fate::killed);
  const std::size_t all = killed + count(Fate::survived);
  return all == 0 ? 100.0 : 100.0 * static_cast<double>(killed) / static_cast<double>(all);
}

std::vector<std::string> diff_of(const MutantResult& mutant, const Source& source) {
  std::vector<std::string> lines = lines_changed(source.text(), mutant.span, mutant.replacement);
  for (const SourceSpan span : mutant.also) {
    for (std::string& line : lines_changed(source.text(), span, "")) lines.push_back(std::move(line));
  }
  return lines;
}

std::string killer_in_words(const MutantResult& mutant) {
  if (!mutant.killer) {
    switch (mutant.search) {
      case SearchEnd::to_the_end:
        return "no test was found that tells the two apart; they may mean the same";
      case SearchEnd::given_up:
        return "no test was sought to the end: the rule is very large";
      case SearchEnd::no_alert:
        return "a test of how often it takes needs an event that makes an alert: write a test of one first";
      case SearchEnd::too_many:
        return "no test can tell: its event may come " + std::to_string(most_times) + " times at most";
    }
  }
  return "a test that would notice: " + std::visit([](const auto& killer) { return in_words(killer); }, *mutant.killer);
}

}  // namespace picket
