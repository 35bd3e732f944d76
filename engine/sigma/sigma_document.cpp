#include "engine/sigma/sigma_document.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <system_error>
#include <utility>

#include "engine/frontend/section.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket::sigma {
namespace {

bool is_date(std::string_view text) {
  std::array<int, 3> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::size_t end = i + 1 < numbers.size() ? text.find_first_of("-/") : text.size();
    if (end == std::string_view::npos) return false;
    const auto [rest, fault] = std::from_chars(text.data(), text.data() + end, numbers.at(i));
    if (fault != std::errc() || rest != text.data() + end) return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  constexpr std::array<int, 3> most = {9999, 12, 31};  // more would not fit what follows
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers.at(i) < 1 || numbers.at(i) > most.at(i)) return false;
  }
  const std::chrono::year_month_day date{std::chrono::year{numbers[0]},
                                         std::chrono::month{static_cast<unsigned>(numbers[1])},
                                         std::chrono::day{static_cast<unsigned>(numbers[2])}};
  return numbers[0] > 999 && date.ok();
}

constexpr std::array<std::pair<std::string_view, Severity>, 5> levels = {{{"informational", Severity::info},
                                                                          {"low", Severity::low},
                                                                          {"medium", Severity::medium},
                                                                          {"high", Severity::high},
                                                                          {"critical", Severity::critical}}};

}  // namespace

Diagnostic& SigmaDocument::say(Code code, SourceSpan span, std::string message, std::string help) {
  Diagnostic& diagnostic = diagnostics_.add(code, source_, span, std::move(message));
  diagnostic.help = std::move(help);
  return diagnostic;
}

Diagnostic& SigmaDocument::say_unknown(Code code, const Located<std::string>& word, std::string message,
                                       std::span<const std::string> known, std::string help) {
  Diagnostic& diagnostic = say(code, word.span, std::move(message), std::move(help));
  propose_nearest(diagnostic, word.span, word.value, known);
  return diagnostic;
}

std::size_t SigmaDocument::error_count() const {
  return static_cast<std::size_t>(std::ranges::count(diagnostics_.all(), Level::error, &Diagnostic::level));
}

SourceSpan SigmaDocument::first_key() const {
  return mapping_.entries.empty() ? SourceSpan{} : mapping_.entries.front().key_span;
}

// A text, or a number that was meant as one.
std::optional<Located<std::string>> SigmaDocument::text(std::string_view key) {
  const auto* entry = mapping_.find(key);
  if (entry == nullptr) return std::nullopt;
  if (entry->value->scalar() == nullptr) {
    say(Code::wrong_type, place_of(*entry),
        backquoted(key) + " must be a string, and this is " + std::string(entry->value->kind_in_words()),
        "write `" + std::string(key) + ": …`");
    return std::nullopt;
  }
  if (entry->value->value().is_null()) return std::nullopt;
  return Located<std::string>{entry->value->scalar()->text, entry->value->span};
}

std::string SigmaDocument::plain(std::string_view key) {
  auto value = text(key);
  return value ? std::move(value->value) : std::string();
}

std::vector<Located<std::string>> SigmaDocument::names(const yaml::Mapping::Entry& entry) {
  std::vector<Located<std::string>> names;
  const auto add = [&](const yaml::Node& item) {
    const bool text = item.scalar() != nullptr && !item.value().is_null();
    if (text && !item.scalar()->text.empty()) return names.push_back({item.scalar()->text, item.span});
    say(Code::bad_value, yaml::place_of(*source_, item, entry.key_span),
        backquoted(entry.key) + " has names, and this is " +
            (text ? "an empty text" : std::string(item.kind_in_words())),
        "write a name, or take it out");
  };
  if (const yaml::Sequence* list = entry.value->sequence()) {
    for (const yaml::NodePtr& item : list->items) add(*item);
  } else if (!entry.value->value().is_null()) {
    add(*entry.value);
  }
  return names;
}

std::vector<Located<std::string>> SigmaDocument::texts(std::string_view key) {
  std::vector<Located<std::string>> texts;
  const auto* entry = mapping_.find(key);
  if (entry == nullptr) return texts;
  const auto add = [&](const yaml::Node& item) {
    if (item.scalar() != nullptr && !item.value().is_null()) return texts.push_back({item.scalar()->text, item.span});
    say(Code::bad_metadata, yaml::place_of(*source_, item, entry->key_span),
        backquoted(key) + " has texts, and this is " + std::string(item.kind_in_words()),
        item.mapping() != nullptr ? "put quotes around a text with a colon in it" : "write a text, or take it out");
  };
  if (const yaml::Sequence* list = entry->value->sequence()) {
    for (const yaml::NodePtr& item : list->items) add(*item);
  } else if (!entry->value->value().is_null()) {
    add(*entry->value);
  }
  return texts;
}

std::string SigmaDocument::joined_texts(std::string_view key, std::string_view between) {
  std::string all;
  for (const auto& one : texts(key)) all += (all.empty() ? "" : std::string(between)) + one.value;
  return all;
}

void SigmaDocument::read_metadata(RuleMetadata& rule) {
  check_keys(rule.kind == RuleKind::correlation_rule ? DocumentKind::correlation : DocumentKind::rule);
  rule.source = source_;
  rule.format = RuleFormat::sigma;
  const std::string title = plain("title");
  const bool titled = title.find_first_not_of(" \t") != std::string::npos;
  if (titled) {
    rule.display_name = title;
  } else if (const auto* entry = mapping_.find("title"); entry == nullptr && !meant_.contains("title")) {
    say(Code::missing_key, first_key(), "the key `title` is missing", "write `title: …`, what the rule finds");
  } else if (entry != nullptr && entry->value->scalar() != nullptr) {
    say(Code::missing_key, place_of(*entry), "`title` is empty", "write what the rule finds");
  }
  if (auto id = text("id"); id && !id->value.empty()) {
    rule.id = *std::move(id);
  } else if (auto name = text("name"); name && !name->value.empty()) {
    rule.id = *std::move(name);
  } else if (titled) {
    rule.id = {title, mapping_.find("title")->value->span};
  }
  rule.name = plain("name");
  rule.status = read_status();
  check_date("date");
  check_date("modified");
  rule.description = plain("description");
  rule.created_by = plain("author");
  rule.reference = joined_texts("references", "\n");
  if (const std::string known = joined_texts("falsepositives", "\n- "); !known.empty()) {
    rule.runbook = "Known false positives:\n- " + known;
  }
  rule.tags = texts("tags");
  read_level(rule);
  if (const auto* tests = mapping_.find("Tests");
      tests != nullptr && tests->value->sequence() == nullptr && !tests->value->value().is_null()) {
    say(Code::wrong_type, place_of(*tests),
        "`Tests` must be a list, and this is " + std::string(tests->value->kind_in_words()),
        "begin each test with `- Name: …`");
  }
}

std::string SigmaDocument::read_status() {
  auto status = text("status");
  if (!status) return {};
  const std::vector<std::string> known = {"stable", "test", "experimental", "deprecated", "unsupported"};
  if (std::ranges::find(known, ascii_lower(status->value)) == known.end()) {
    say_unknown(Code::bad_metadata, *status, "there is no status " + backquoted(status->value), known,
                "write `stable`, `test`, `experimental`, `deprecated` or `unsupported`");
  }
  return std::move(status->value);
}

// The specification has dates as ISO 8601 does; older rules write them with `/`, and without leading zeros.
void SigmaDocument::check_date(std::string_view key) {
  const auto date = text(key);
  if (!date || is_date(date->value)) return;
  say(Code::bad_metadata, date->span, backquoted(key) + " is a date, and this is none",
      "write a year, a month and a day: `2025-08-31`");
}

// The specification lets a rule have no level: it is then of medium severity.
void SigmaDocument::read_level(RuleMetadata& rule) {
  rule.severity = {Severity::medium, first_key()};
  const auto level = text("level");
  if (!level) return;
  const auto* const known = std::find_if(levels.begin(), levels.end(),
                                         [&](const auto& one) { return one.first == ascii_lower(level->value); });
  if (known != levels.end()) {
    rule.severity = {known->second, level->span};
    return;
  }
  std::vector<std::string> words;
  for (const auto& [word, severity] : levels) words.emplace_back(word);
  say_unknown(Code::bad_value, *level, "there is no level " + backquoted(level->value), words,
              "write `informational`, `low`, `medium`, `high` or `critical`");
}

const yaml::Mapping::Entry* SigmaDocument::section(std::string_view key, std::string_view example) {
  const auto* entry = mapping_.find(key);
  if (entry == nullptr) {
    if (!meant_.contains(key)) {
      say(Code::missing_key, first_key(), "the key " + backquoted(key) + " is missing", std::string(example));
    }
    return nullptr;
  }
  if (entry->value->mapping() != nullptr) return entry;
  say(Code::not_a_mapping, place_of(*entry),
      backquoted(key) + " must be a mapping, and this is " + std::string(entry->value->kind_in_words()),
      std::string(example));
  return nullptr;
}

}  // namespace picket::sigma
