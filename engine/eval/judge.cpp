#include "engine/eval/judge.hpp"

#include <cstddef>
#include <utility>

#include "grammar/text/ascii.hpp"
#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

constexpr std::size_t longest_text = 1'000;  // characters, by Panther's rules
constexpr std::string_view cut_mark = "... (truncated)";
constexpr std::size_t most_destinations = 10;
constexpr std::size_t largest_context = 200 * 1024;  // characters of JSON

// The text without what is beyond so many characters.
std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count) (void)next_code_point(text, at);
  return text.substr(0, at);
}

std::string cut(std::string text) {
  if (text.size() <= longest_text || first_characters(text, longest_text).size() == text.size()) return text;
  return std::string(first_characters(text, longest_text - cut_mark.size())).append(cut_mark);
}

// What a text says; nothing if it is not given, or says null or nothing.
std::optional<std::string> said(Interpreter& interpreter, const std::optional<CheckedText>& text) {
  if (!text) return std::nullopt;
  const Value value = interpreter.evaluate(*text);
  if (value.is_null()) return std::nullopt;
  std::string words = cut(to_text(value));
  return words.empty() ? std::nullopt : std::optional(std::move(words));
}

std::optional<Severity> severity_from(const Value& value) {
  const auto* word = value.string();
  return word == nullptr ? std::nullopt : severity_from_word(*word);
}

Severity severity_of(Interpreter& interpreter, const CheckedRule& rule) {
  if (rule.dynamic_severity) {
    if (const auto severity = severity_from(interpreter.evaluate(*rule.dynamic_severity))) return *severity;
  }
  return rule.rule->severity.value;
}

std::optional<std::vector<std::string>> destinations_of(Interpreter& interpreter, const CheckedRule& rule) {
  if (!rule.destinations) return std::nullopt;
  const Value value = interpreter.evaluate(*rule.destinations);
  if (value.is_null()) return std::nullopt;
  std::vector<std::string> destinations;
  const List one = {value};
  for (const Value& destination : value.list() == nullptr ? one : *value.list()) {
    if (!destination.is_null() && destinations.size() < most_destinations) destinations.push_back(to_text(destination));
  }
  return destinations;
}

Value context_of(Interpreter& interpreter, const CheckedRule& rule) {
  if (!rule.alert_context) return Object{};
  Value context = interpreter.evaluate(*rule.alert_context);
  if (context.object() == nullptr) return Object{};
  const std::size_t size = count_code_points(to_json(context));
  if (size <= largest_context) return context;
  return Object{{"_error", "alert_context size is [" + std::to_string(size) + "] characters, bigger than maximum of [" +
                               std::to_string(largest_context) + "] characters"}};
}

}  // namespace

bool alerts(const Rule& rule, bool condition) { return condition != (rule.kind == RuleKind::policy); }

AlertTexts alert_texts(Interpreter& interpreter, const CheckedRule& checked) {
  const Rule& rule = *checked.rule;
  AlertTexts texts;
  const auto title = said(interpreter, checked.alert_title);
  texts.title = title.value_or(cut(rule.display_name.empty() ? rule.id.value : rule.display_name));
  const auto dedup = checked.dedup ? said(interpreter, checked.dedup) : title;
  texts.dedup = dedup.value_or("defaultDedupString:" + rule.id.value);
  texts.severity = severity_of(interpreter, checked);
  texts.description = said(interpreter, checked.alert_description).value_or(cut(rule.description));
  texts.reference = said(interpreter, checked.alert_reference).value_or(cut(rule.reference));
  texts.runbook = said(interpreter, checked.alert_runbook).value_or(cut(rule.runbook));
  texts.unique = said(interpreter, checked.unique);
  texts.destinations = destinations_of(interpreter, checked);
  texts.context = context_of(interpreter, checked);
  return texts;
}

std::optional<Value> odd_severity(Interpreter& interpreter, const CheckedRule& checked) {
  if (!checked.dynamic_severity) return std::nullopt;
  Value value = interpreter.evaluate(*checked.dynamic_severity);
  const auto* word = value.string();
  const bool leaves_it = value.is_null() || (word != nullptr && ascii_upper(*word) == "DEFAULT");
  if (leaves_it || severity_from(value)) return std::nullopt;
  return value;
}

}  // namespace picket
