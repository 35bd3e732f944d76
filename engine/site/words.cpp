#include "engine/site/words.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "engine/event/time.hpp"
#include "grammar/text/ascii.hpp"

namespace picket::site {

std::string_view format_word(RuleFormat format) {
  switch (format) {
    case RuleFormat::picket:
      return "Picket";
    case RuleFormat::panther:
      return "Panther";
    case RuleFormat::sigma:
      return "Sigma";
  }
  return {};
}

std::string_view format_key(RuleFormat format) {
  switch (format) {
    case RuleFormat::picket:
      return "picket";
    case RuleFormat::panther:
      return "panther";
    case RuleFormat::sigma:
      return "sigma";
  }
  return {};
}

std::string_view kind_word(RuleKind kind) {
  switch (kind) {
    case RuleKind::rule:
      return "Rule";
    case RuleKind::scheduled_rule:
      return "Scheduled rule";
    case RuleKind::policy:
      return "Policy";
    case RuleKind::correlation_rule:
      return "Correlation rule";
  }
  return {};
}

void add_severity(Html& html, Severity severity) {
  const std::string_view word = spelling(severity);
  html.add(R"(<span class="severity severity-)"_html, ascii_lower(std::string(word)), R"(">)"_html, word,
           "</span>"_html);
}

std::string grouped_digits(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return grouped_digits(count) + " " + std::string(count == 1 ? one : many);
}

std::string split_in_words(const FormatCounts& counts) {
  std::vector<std::size_t> formats;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts.at(i) > 0) formats.push_back(i);
  }
  std::ranges::stable_sort(formats, std::greater(), [&](std::size_t i) { return counts.at(i); });
  std::string text;
  for (const std::size_t i : formats) {
    if (!text.empty()) text += ", ";
    text += grouped_digits(counts.at(i)) + " " + std::string(format_key(static_cast<RuleFormat>(i)));
  }
  return text;
}

std::string minutes_in_words(std::int64_t minutes) {
  constexpr std::int64_t hour = 60;
  constexpr std::int64_t day = 24 * hour;
  const auto of = [](std::int64_t count, const char* unit) {
    return std::to_string(count) + " " + unit + (count == 1 ? "" : "s");
  };
  if (minutes > 0 && minutes % day == 0) return of(minutes / day, "day");
  if (minutes > 0 && minutes % hour == 0) return of(minutes / hour, "hour");
  return of(minutes, "minute");
}

std::string timestamp_of(std::int64_t seconds) {
  constexpr std::size_t to_seconds = 19;
  return print_time(Time{seconds * 1'000'000}).substr(0, to_seconds) + "Z";
}

std::string date_of(std::int64_t seconds) {
  constexpr std::size_t to_days = 10;
  return timestamp_of(seconds).substr(0, to_days);
}

std::string shortened(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  std::size_t end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

std::string first_words(std::string_view markdown, std::size_t bytes) {
  const std::string_view paragraph = markdown.substr(0, std::min(markdown.find("\n\n"), 4 * bytes));
  std::string text;
  for (const char c : paragraph) {
    const bool blank = c == '\n' || c == '\r' || c == ' ' || c == '\t';
    if (blank && (text.empty() || text.back() == ' ')) continue;
    if (c == '`') continue;
    text += blank ? ' ' : c;
  }
  while (text.ends_with(' ')) text.pop_back();
  return shortened(text, bytes);
}

}  // namespace picket::site
