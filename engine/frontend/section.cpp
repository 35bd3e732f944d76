#include "engine/frontend/section.hpp"

#include <algorithm>
#include <cctype>
#include <unordered_map>

#include "engine/event/time.hpp"
#include "grammar/condition/parse.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/nearest.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {
namespace {

bool is_null(const yaml::Node& node) { return node.scalar() != nullptr && node.value().is_null(); }

// What a person who wrote this instead of true or false meant.
std::optional<std::string> meant_bool(const yaml::Node& node) {
  if (node.scalar() == nullptr) return std::nullopt;
  const std::string word = ascii_lower(node.scalar()->text);
  if (word == "true" || word == "yes" || word == "on" || word == "1" || word == "y") return "true";
  if (word == "false" || word == "no" || word == "off" || word == "0" || word == "n") return "false";
  return std::nullopt;
}

std::optional<Duration> duration_of(const SourcePtr& source, const yaml::Node& node) {
  if (!string_of(node)) return std::nullopt;
  Diagnostics ignored;
  const auto expr = parse_expression(yaml::source_text(source, node), ignored);
  const auto* duration = expr ? std::get_if<DurationLiteral>(&expr->node) : nullptr;
  if (duration == nullptr || duration->microseconds <= 0) return std::nullopt;
  return Duration{duration->microseconds};
}

bool is_decimal(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string in_double_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

}  // namespace

SourceSpan place_of(const yaml::Mapping::Entry& entry) {
  const SourceSpan span = entry.value->span;
  return span.begin == span.end ? entry.key_span : span;
}

std::optional<std::string> string_of(const yaml::Node& node) {
  if (node.scalar() == nullptr || node.value().string() == nullptr) return std::nullopt;
  return node.scalar()->text;
}

Section::Section(SourcePtr source, const yaml::Mapping& mapping, SourceSpan span, Holder holder,
                 Diagnostics& diagnostics)
    : source_(std::move(source)), mapping_(mapping), span_(span), holder_(holder), diagnostics_(diagnostics) {}

Diagnostic& Section::say(Code code, SourceSpan span, std::string message, std::string help) const {
  Diagnostic& diagnostic = diagnostics_.add(code, source_, span, std::move(message));
  diagnostic.help = std::move(help);
  return diagnostic;
}

SourceSpan Section::place() const {
  if (holds(Holder::analysis, holder_)) {
    if (const auto* type = mapping_.find("AnalysisType")) return place_of(*type);
  }
  return mapping_.entries.empty() ? span_ : mapping_.entries.front().key_span;
}

// --- checks ---

void Section::check() {
  for (const yaml::Mapping::Entry& entry : mapping_.entries) {
    const KeyRow* row = find_key(holder_, entry.key);
    if (row != nullptr) {
      check_value(*row, entry);
    } else if (auto key = unknown(entry)) {
      meant_.push_back(*std::move(key));
    }
  }
  // What derives from another rule inherits them, whatever else is wrong with it.
  if (holds(Holder::rules, holder_) && mapping_.find("BaseDetection") != nullptr) return;
  for (const KeyRow& row : key_rows()) {
    if (row.presence != Presence::required || !holds(row.holders, holder_) || mapping_.find(row.key) != nullptr)
      continue;
    // A key that was written with a typo is there: one mistake, one message.
    if (was_meant(row.key)) continue;
    say(Code::missing_key, place(), "the key " + backquoted(row.key) + " is missing",
        "write `" + std::string(row.key) + ": …`, " + std::string(in_words(row.shape)));
  }
}

bool Section::was_meant(std::string_view key) const {
  return std::find(meant_.begin(), meant_.end(), key) != meant_.end();
}

// Returns the key that was meant, if there is one near enough.
std::optional<std::string> Section::unknown(const yaml::Mapping::Entry& entry) const {
  std::vector<std::string_view> known;
  for (const KeyRow& row : key_rows()) {
    if (holds(row.holders, holder_)) known.push_back(row.key);
  }
  Diagnostic& diagnostic = say(Code::unknown_key, entry.key_span, "there is no key " + backquoted(entry.key) + " here");
  auto meant = nearest(entry.key, std::span<const std::string_view>(known));
  if (meant) {
    propose(diagnostic, entry.key_span, *meant, is_only_near(entry.key, *meant, known));
  } else {
    diagnostic.help = "take it out; a remark goes behind `#`";
  }
  return meant;
}

void Section::wrong_type(const KeyRow& row, const yaml::Mapping::Entry& entry) const {
  const yaml::Node& value = *entry.value;
  const Code code = row.shape == Shape::mapping || row.shape == Shape::reports ? Code::not_a_mapping : Code::wrong_type;
  const bool number = row.shape == Shape::integer && value.scalar() != nullptr && value.value().kind() == Kind::number;
  const std::string found = is_null(value) ? "there is nothing"
                            : number       ? "this is " + backquoted(value.scalar()->text)
                                           : "this is " + std::string(value.kind_in_words());
  Diagnostic& diagnostic = say(code, place_of(entry),
                               backquoted(row.key) + " must be " + std::string(in_words(row.shape)) + ", and " + found);
  if (value.span.begin == value.span.end) return;
  const std::string written(source_->text(value.span));
  if (row.shape == Shape::boolean) {
    diagnostic.help = "write `true` or `false`";
    if (const auto meant = meant_bool(value))
      diagnostic.fixes.push_back({"write `" + *meant + "`", value.span, *meant});
  } else if (number) {
    diagnostic.help = is_decimal(value.scalar()->text) ? "it is too large" : "";
  } else if (row.shape == Shape::integer && value.scalar() != nullptr && is_decimal(value.scalar()->text)) {
    diagnostic.help = "write it without quotes";
    diagnostic.fixes.push_back({"write `" + value.scalar()->text + "`", value.span, value.scalar()->text});
  } else if ((row.shape == Shape::text || row.shape == Shape::id) && value.scalar() != nullptr && !is_null(value)) {
    diagnostic.help = "put it in quotes";
    diagnostic.fixes.push_back({"put it in quotes", value.span, in_double_quotes(value.scalar()->text)});
  } else if ((row.shape == Shape::set || row.shape == Shape::tags) && string_of(value)) {
    diagnostic.help = "write `[" + written + "]`";
    diagnostic.fixes.push_back({"put it in brackets", value.span, "[" + written + "]"});
  } else if (row.shape == Shape::mapping && value.scalar() != nullptr && value.scalar()->text.starts_with('{')) {
    diagnostic.help = "write the JSON itself, without quotes or `|`: it is YAML too";
  } else if (row.shape == Shape::times) {
    diagnostic.help = "write `[0, 5]`, in minutes, or a list of times";
  } else if (row.shape == Shape::duration) {
    diagnostic.help = "write it like `30m`, `12h` or `7d`";
  } else if (row.shape == Shape::code || row.shape == Shape::context) {
    diagnostic.help = value.mapping() != nullptr && written.starts_with('{')
                          ? "put a text that begins with `{` in quotes"
                          : "write `" + std::string(row.key) + ": |` and the text below it, indented";
  }
}

void Section::check_value(const KeyRow& row, const yaml::Mapping::Entry& entry) const {
  const yaml::Node& value = *entry.value;
  switch (row.shape) {
    case Shape::text:
      if (!string_of(value)) wrong_type(row, entry);
      return;
    case Shape::id:
      return string_of(value) ? check_id(entry) : wrong_type(row, entry);
    case Shape::severity:
    case Shape::any_severity:
      return check_severity(row, entry);
    case Shape::time:
      return string_of(value) ? check_time(entry) : wrong_type(row, entry);
    case Shape::times:
      if (value.sequence() == nullptr) wrong_type(row, entry);
      return;
    case Shape::duration:
      return string_of(value) ? check_duration(entry) : wrong_type(row, entry);
    case Shape::code:
      if (value.scalar() == nullptr) wrong_type(row, entry);
      return;
    case Shape::boolean:
      if (value.scalar() == nullptr || value.value().boolean() == nullptr) wrong_type(row, entry);
      return;
    case Shape::integer:
      if (value.scalar() == nullptr || value.value().integer() == nullptr) wrong_type(row, entry);
      return;
    case Shape::set:
    case Shape::tags:
      return check_set(row, entry);
    case Shape::reports:
      return value.mapping() != nullptr ? check_reports(entry) : wrong_type(row, entry);
    case Shape::list:
      if (value.sequence() == nullptr && (!is_null(value) || row.presence == Presence::required))
        wrong_type(row, entry);
      return;
    case Shape::mapping:
      if (value.mapping() == nullptr) wrong_type(row, entry);
      return;
    case Shape::expressions:
    case Shape::filters:
    case Shape::fields:
    case Shape::severities:
    case Shape::any:
      return;  // engine/simple checks what is there
    case Shape::context:
      if (value.scalar() == nullptr && value.sequence() == nullptr) wrong_type(row, entry);
      return;
  }
}

void Section::check_severity(const KeyRow& row, const yaml::Mapping::Entry& entry) const {
  const auto word = string_of(*entry.value);
  const auto severity = word ? severity_from_word(*word) : std::nullopt;
  if (severity && (row.shape == Shape::any_severity || *word == spelling(*severity))) return;
  const std::string written = word ? backquoted(*word) : std::string(entry.value->kind_in_words());
  if (severity) {
    const std::string right(spelling(*severity));
    say(Code::bad_value, place_of(entry), written + " is not how a severity is written", "write " + backquoted(right))
        .fixes.push_back({"write " + backquoted(right), entry.value->span, right, true});
    return;
  }
  const std::vector<std::string_view> words = {"Info", "Low", "Medium", "High", "Critical"};
  Diagnostic& diagnostic = say(Code::bad_value, place_of(entry), written + " is no severity",
                               "write `Info`, `Low`, `Medium`, `High` or `Critical`");
  if (!word) return;
  propose_nearest(diagnostic, entry.value->span, *word, words, Certainty::if_alone);
}

void Section::check_time(const yaml::Mapping::Entry& entry) const {
  const std::string& text = entry.value->scalar()->text;
  if (parse_time(text)) return;
  say(Code::bad_value, place_of(entry), backquoted(text) + " is no time", "write it like `2026-01-31T12:00:00Z`");
}

void Section::check_duration(const yaml::Mapping::Entry& entry) const {
  if (duration_of(source_, *entry.value)) return;
  say(Code::bad_value, place_of(entry),
      backquoted(entry.value->scalar()->text) + " is no duration of more than nothing",
      "write it like `30m`, `12h` or `7d`");
}

void Section::check_id(const yaml::Mapping::Entry& entry) const {
  const std::string& text = entry.value->scalar()->text;
  if (text.empty()) {
    say(Code::bad_id, place_of(entry), backquoted(entry.key) + " is empty", "give it a name");
    return;
  }
  const SourceText source_text = yaml::source_text(source_, *entry.value);
  const std::size_t bad = source_text.text.find_first_of("<>&\"%");
  if (bad == std::string::npos) return;
  say(Code::bad_id, source_text.span(bad, bad + 1),
      backquoted(entry.key) + " holds " + backquoted(source_text.text.substr(bad, 1)),
      "it may hold none of `<` `>` `&` `\"` `%`");
}

void Section::check_set(const KeyRow& row, const yaml::Mapping::Entry& entry) const {
  if (is_null(*entry.value) && row.presence == Presence::optional) return;
  const yaml::Sequence* list = entry.value->sequence();
  if (list == nullptr) return wrong_type(row, entry);
  std::unordered_map<std::string, SourceSpan> seen;
  for (const yaml::NodePtr& item : list->items) {
    const auto text = string_of(*item);
    const SourceSpan span = yaml::place_of(*source_, *item, entry.key_span);
    if (!text) {
      Diagnostic& diagnostic = say(Code::wrong_type, span,
                                   "the items of " + backquoted(row.key) + " must be strings, and this is " +
                                       std::string(item->kind_in_words()));
      if (item->scalar() == nullptr || is_null(*item)) continue;
      diagnostic.help = "put it in quotes";
      diagnostic.fixes.push_back({"put it in quotes", item->span, in_double_quotes(item->scalar()->text)});
      continue;
    }
    const auto [first, is_new] = seen.try_emplace(row.shape == Shape::tags ? ascii_lower(*text) : *text, span);
    if (is_new) continue;
    Diagnostic& diagnostic =
        say(Code::duplicate_item, span, backquoted(*text) + " occurs twice in " + backquoted(row.key),
            "take one of the two out");
    diagnostic.related.push_back({source_, first->second, "first written here"});
  }
}

void Section::check_reports(const yaml::Mapping::Entry& entry) const {
  for (const yaml::Mapping::Entry& report : entry.value->mapping()->entries) {
    const yaml::Sequence* items = report.value->sequence();
    if (items == nullptr) {
      say(Code::wrong_type, place_of(report),
          "the report " + backquoted(report.key) + " must be a list, and this is " +
              std::string(report.value->kind_in_words()),
          "write `" + report.key + ": [TA0001:T1078]`");
      continue;
    }
    for (const yaml::NodePtr& item : items->items) {
      const bool fine =
          item->scalar() != nullptr && (item->value().string() != nullptr || item->value().kind() == Kind::number);
      if (fine) continue;
      say(Code::wrong_type, yaml::place_of(*source_, *item, report.key_span),
          "the items of a report must be strings or numbers, and this is " + std::string(item->kind_in_words()));
    }
  }
}

// --- readers ---

const yaml::Mapping::Entry* Section::find(std::string_view key) const {
  const yaml::Mapping::Entry* entry = mapping_.find(key);
  return entry == nullptr || is_null(*entry->value) ? nullptr : entry;
}

std::optional<Located<std::string>> Section::text(std::string_view key) const {
  const auto* entry = find(key);
  auto text = entry == nullptr ? std::nullopt : string_of(*entry->value);
  if (!text) return std::nullopt;
  return Located<std::string>{*std::move(text), entry->value->span};
}

std::string Section::plain_text(std::string_view key) const {
  auto found = text(key);
  return found ? std::move(found->value) : std::string();
}

std::optional<Located<bool>> Section::boolean(std::string_view key) const {
  const auto* entry = find(key);
  if (entry == nullptr || entry->value->scalar() == nullptr) return std::nullopt;
  const Value value = entry->value->value();
  if (value.boolean() == nullptr) return std::nullopt;
  return Located<bool>{*value.boolean(), entry->value->span};
}

std::optional<Located<std::int64_t>> Section::integer(std::string_view key) const {
  const auto* entry = find(key);
  if (entry == nullptr || entry->value->scalar() == nullptr) return std::nullopt;
  const Value value = entry->value->value();
  if (value.integer() == nullptr) return std::nullopt;
  return Located<std::int64_t>{*value.integer(), entry->value->span};
}

std::optional<Located<Duration>> Section::duration(std::string_view key) const {
  const auto* entry = find(key);
  const auto duration = entry == nullptr ? std::nullopt : duration_of(source_, *entry->value);
  if (!duration) return std::nullopt;
  return Located<Duration>{*duration, entry->value->span};
}

std::vector<Located<std::string>> Section::texts(std::string_view key) const {
  std::vector<Located<std::string>> result;
  for (const yaml::NodePtr& item : items(key)) {
    if (auto text = string_of(*item)) result.push_back({*std::move(text), item->span});
  }
  return result;
}

std::vector<yaml::NodePtr> Section::items(std::string_view key) const {
  const auto* entry = find(key);
  if (entry == nullptr || entry->value->sequence() == nullptr) return {};
  return entry->value->sequence()->items;
}

}  // namespace picket
