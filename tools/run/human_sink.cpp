#include "tools/run/human_sink.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/event/time.hpp"
#include "grammar/text/unicode.hpp"
#include "tools/run/figures.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t margin = 10;  // columns before everything but the severity
constexpr std::size_t longest_key = 24;
constexpr std::size_t shortest_place = 24;
constexpr std::size_t context_shown = 10;  // lines; jsonl has it all
constexpr std::size_t value_bytes = 4096;  // of a value that are looked at; no terminal is wider

struct Badge {
  std::string_view word;
  std::string_view sequence;
};

Badge badge_of(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return {"CRITICAL", "\x1b[1;97;41m"};
    case Severity::high:
      return {"HIGH", "\x1b[1;31m"};
    case Severity::medium:
      return {"MEDIUM", "\x1b[1;33m"};
    case Severity::low:
      return {"LOW", "\x1b[1;36m"};
    case Severity::info:
      return {"INFO", "\x1b[2m"};
  }
  return {};
}

std::string padded(std::string text, std::size_t columns) {
  const std::size_t used = columns_of(text);
  if (used < columns) text.append(columns - used, ' ');
  return text;
}

// On one line, fit for a terminal.
std::string one_line(std::string_view text, std::size_t columns) {
  return shorten(escape_controls(text.substr(0, value_bytes)), std::max<std::size_t>(columns, 1));
}

std::string severity_word(Severity severity, Palette paint) {
  const Badge badge = badge_of(severity);
  const std::string gap(margin - badge.word.size(), ' ');
  if (!paint.colored()) return std::string(badge.word) + gap;
  return std::string(badge.sequence) + std::string(badge.word) + "\x1b[0m" + gap;
}

// The end of a path says more than its beginning.
std::string place_text(const Place& place, std::size_t columns) {
  std::string text = escape_controls(place.input) + ":" + std::to_string(place.line);
  if (columns_of(text) <= columns) return text;
  std::size_t offset = 0;
  for (std::size_t left = columns_of(text); offset < text.size() && left + 1 > columns;) {
    left -= columns_of(next_code_point(text, offset));
  }
  return "…" + text.substr(offset);
}

std::string source_line(const Alert& alert, std::size_t columns) {
  if (!alert.sample) return escape_controls(alert.rule->id);
  const Alert::Sample& sample = *alert.sample;
  std::string line;
  if (sample.time) line += print_time(*sample.time) + "  ";
  line += escape_controls(alert.rule->id) + "  ";
  if (!sample.log_type.empty()) line += one_line(sample.log_type, longest_key) + "  ";
  const std::size_t used = std::min(columns_of(line), columns);
  return line + place_text(sample.place, std::max(columns - used, shortest_place));
}

// "12 matches of 3 distinct values, 2026-01-31T12:00:00Z to 2026-01-31T12:20:00Z".
std::string matches_text(const Alert& alert) {
  std::string text = count_text(alert.matches, "match", "matches");
  if (alert.distinct) text += " of " + count_text(*alert.distinct, "distinct value");
  if (alert.first_event && alert.last_event) {
    text += ", " + print_time(*alert.first_event);
    if (alert.last_event != alert.first_event) text += " to " + print_time(*alert.last_event);
  }
  return text;
}

// An alert that was shown before, on two lines.
std::string human_update(const Alert& alert, Palette paint, std::size_t columns) {
  const std::size_t room = columns - std::min(columns, margin);
  const std::string what = alert.final ? "ended" : "goes on";
  return paint(Style::dim, padded(what, margin) + one_line(alert.texts.title, room)) + "\n" + std::string(margin, ' ') +
         paint(Style::dim, matches_text(alert) + "  " + escape_controls(alert.rule->id)) + "\n\n";
}

// A value as lines: a list of objects is one line for each, "key value, key value"; everything else is one line.
std::vector<std::string> lines_of(const Value& value) {
  const List* list = value.list();
  const auto is_object = [](const Value& element) { return element.object() != nullptr; };
  if (list == nullptr || list->empty() || !std::all_of(list->begin(), list->end(), is_object)) return {to_text(value)};
  std::vector<std::string> lines;
  for (const Value& element : *list) {
    if (lines.size() == context_shown) {
      lines.push_back(std::to_string(list->size() - context_shown) + " more");
      break;
    }
    std::string& line = lines.emplace_back();
    for (const auto& [key, inner] : element.object()->entries()) {
      line.append(line.empty() ? "" : ", ").append(key).append(" ").append(to_text(inner));
    }
  }
  return lines;
}

std::string context_lines(const Object& context, Palette paint, std::size_t columns) {
  const auto& entries = context.entries();
  const std::size_t shown = std::min(entries.size(), context_shown);
  std::size_t key_columns = 0;
  for (std::size_t i = 0; i < shown; ++i) {
    key_columns = std::max(key_columns, columns_of(one_line(entries[i].first, longest_key)));
  }
  std::string lines;
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& [key, value] = entries[i];
    std::string name = one_line(key, longest_key);
    for (const std::string& text : lines_of(value)) {
      lines += std::string(margin, ' ') + paint(Style::dim, padded(std::exchange(name, {}), key_columns)) + "  " +
               one_line(text, columns - std::min(columns, margin + key_columns + 2)) + "\n";
    }
  }
  if (entries.size() > shown) {
    lines += std::string(margin, ' ') + paint(Style::dim, std::to_string(entries.size() - shown) + " more") + "\n";
  }
  return lines;
}

}  // namespace

std::string human_alert(const Alert& alert, Palette paint, std::size_t columns) {
  if (alert.status == AlertStatus::updated) return human_update(alert, paint, columns);
  const std::size_t room = columns - std::min(columns, margin);
  std::string text = severity_word(alert.texts.severity, paint);
  text += paint(Style::strong, one_line(alert.texts.title, room)) + "\n";
  text += std::string(margin, ' ') + paint(Style::dim, source_line(alert, room)) + "\n";
  if (alert.matches > 1) text += std::string(margin, ' ') + paint(Style::dim, matches_text(alert)) + "\n";
  if (const Object* context = alert.texts.context.object()) text += context_lines(*context, paint, columns);
  return text + "\n";
}

}  // namespace picket
