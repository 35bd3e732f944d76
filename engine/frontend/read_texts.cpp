// The texts of a rule that judges events: its logic and what its alerts say, in the detection language or in Panther's
// YAML.
#include <utility>

#include "engine/frontend/readers.hpp"
#include "engine/simple/alert_texts.hpp"
#include "engine/simple/detection.hpp"
#include "grammar/text/backquoted.hpp"

namespace picket {
namespace {

using ParseText = std::optional<Expr> (*)(const SourceText&, Diagnostics&, const Limits&);
using ReadList = std::optional<Expr> (*)(const simple::Reading&, const yaml::Mapping::Entry&);

std::optional<Expr> read_text(const Section& section, std::string_view key, ParseText parse,
                              const FrontendOptions& options) {
  const auto text = code(section, key);
  if (!text) return std::nullopt;
  return parse(*text, section.diagnostics(), options.condition);
}

// One of two keys that mean the same: a text, or a list as Panther has it.
std::optional<Expr> read_either(const Section& section, std::string_view text_key, ParseText parse,
                                std::string_view list_key, ReadList read, const FrontendOptions& options) {
  const auto* list = section.find(list_key);
  const auto* text = section.find(text_key);
  if (list == nullptr) return read_text(section, text_key, parse, options);
  if (text != nullptr) {
    section
        .say(Code::conflicting_keys, list->key_span,
             backquoted(list_key) + " and " + backquoted(text_key) + " exclude each other", "take one of the two out")
        .related.push_back({section.source(), text->key_span, backquoted(text_key) + " is here"});
    return std::nullopt;
  }
  return read({section.source(), section.diagnostics()}, *list);
}

std::optional<Expr> read_alert_title(const Section& section, RuleFormat format, const FrontendOptions& options) {
  const auto* title = section.find("AlertTitle");
  if (format != RuleFormat::panther || title == nullptr || title->value->scalar() == nullptr)
    return read_text(section, "AlertTitle", parse_template, options);
  return simple::read_title({section.source(), section.diagnostics()}, *title->value);
}

std::optional<Expr> read_alert_context(const Section& section, const FrontendOptions& options) {
  const auto* context = section.find("AlertContext");
  if (context == nullptr || context->value->sequence() == nullptr)
    return read_text(section, "AlertContext", parse_entries, options);
  return simple::read_context({section.source(), section.diagnostics()}, *context);
}

// Parses a text whose lines mean something. Of one that YAML makes a single line of, that is what is wrong with it.
template <typename Parse>
auto parse_lines(const Section& section, std::string_view key, const SourceText& text, const Parse& parse,
                 const FrontendOptions& options) {
  Diagnostics own;
  auto parsed = parse(text, own, options.condition);
  const std::string_view written = section.source()->text(section.find(key)->value->span);
  const bool joined = !written.starts_with('|') && written.find('\n') != std::string_view::npos;
  for (Diagnostic& diagnostic : own.take()) {
    if (joined) diagnostic.help = "YAML joins these lines to one; `" + std::string(key) + ": |` keeps them";
    section.diagnostics().put(std::move(diagnostic));
  }
  return parsed;
}

void read_logic(const Section& section, const FrontendOptions& options, Rule& rule) {
  const simple::Reading reading(section.source(), section.diagnostics());
  if (const auto text = code(section, "Condition")) {
    if (auto block = parse_lines(section, "Condition", *text, parse_condition, options))
      rule.condition = *std::move(block);
  } else if (const auto* detection = section.raw("Detection")) {
    if (auto block = simple::read_detection(reading, *detection)) rule.condition = *std::move(block);
  }
  const auto* filters = section.find("InlineFilters");
  if (const auto* written = section.raw("InlineFilters"); filters == nullptr && written != nullptr) {
    section.say(Code::ignored_value, written->key_span, "`InlineFilters` is empty, and filters nothing",
                "write filters below it, or take it out");
  }
  if (filters == nullptr) return;
  if (auto lines = simple::read_filters(reading, *filters)) {
    rule.filters = lines->size();
    rule.condition.lines.insert(rule.condition.lines.begin(), lines->begin(), lines->end());
  }
}

}  // namespace

void read_texts(const Section& section, const FrontendOptions& options, Rule& rule) {
  read_logic(section, options, rule);
  if (const auto text = code(section, "Let")) {
    if (auto let = parse_lines(section, "Let", *text, parse_definitions, options)) rule.definitions = *std::move(let);
  }
  rule.alert_title = read_alert_title(section, rule.format, options);
  rule.dedup = read_either(section, "Dedup", parse_template, "GroupBy", simple::read_group_by, options);
  rule.alert_description = read_text(section, "AlertDescription", parse_template, options);
  rule.alert_reference = read_text(section, "AlertReference", parse_template, options);
  rule.alert_runbook = read_text(section, "AlertRunbook", parse_template, options);
  rule.unique = read_text(section, "Unique", parse_template, options);
  rule.dynamic_severity =
      read_either(section, "DynamicSeverity", parse_expression, "DynamicSeverities", simple::read_severities, options);
  rule.destinations = read_text(section, "Destinations", parse_expression, options);
  rule.alert_context = read_alert_context(section, options);
}

}  // namespace picket
