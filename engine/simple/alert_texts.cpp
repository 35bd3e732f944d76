#include "engine/simple/alert_texts.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/simple/detection.hpp"
#include "engine/simple/field.hpp"
#include "grammar/path/field_path.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/nearest.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket::simple {
namespace {

constexpr std::array<std::string_view, 6> severities = {"INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL", "DEFAULT"};

// Cuts the text of a title into words and holes.
class TitleReader {
 public:
  TitleReader(const Reading& reading, const SourceText& text) : reading_(reading), text_(text) {}

  std::optional<Expr> read() {
    const std::string_view whole = text_.text;
    for (std::size_t at = 0; at < whole.size();) {
      const char c = whole[at];
      const bool brace = c == '{' || c == '}';
      if (brace && at + 1 < whole.size() && whole[at + 1] == c) {
        words_ += c;
        at += 2;
      } else if (c == '}') {
        fail(Code::stray_brace, at, "this brace closes nothing", "a brace that is meant is written `}}`");
        return std::nullopt;
      } else if (c == '{') {
        if (!hole(at)) return std::nullopt;
      } else {
        words_ += c;
        ++at;
      }
    }
    end_words();
    return Expr{TemplateExpr{std::move(parts_)}, text_.span(0, whole.size())};
  }

 private:
  void fail(Code code, std::size_t at, std::string message, std::string help) const {
    reading_.say(code, text_.span(at, at + 1), std::move(message), std::move(help));
  }

  void end_words() {
    if (!words_.empty()) parts_.emplace_back(TemplateExpr::Text{std::exchange(words_, {})});
  }

  // Past the hole that begins at `at`.
  bool hole(std::size_t& at) {
    const std::size_t end = text_.text.find_first_of("{}\n", at + 1);
    if (end == std::string::npos || text_.text[end] != '}' || end == at + 1) {
      fail(Code::bad_hole, at, end == at + 1 ? "the hole is empty" : "the hole is never closed",
           "write the path of a field, `{a.b}`; a brace that is meant is written `{{`");
      return false;
    }
    auto path = read_field_path(text_, {at + 1, end}, reading_.diagnostics(), "; a brace that is meant is `{{`");
    if (!path) return false;
    end_words();
    parts_.emplace_back(Box<Expr>(*std::move(path)));
    at = end + 1;
    return true;
  }

  const Reading& reading_;
  const SourceText& text_;
  std::vector<TemplateExpr::Part> parts_;
  std::string words_;
};

// The value of a key that must be there. Unless all keys are known, one with a typo may be the one: one mistake, one
// message.
const yaml::Mapping::Entry* needed(const Reading& reading, const yaml::Mapping& mapping, std::string_view key,
                                   SourceSpan place, bool all_known) {
  const auto* entry = mapping.find(key);
  if (entry == nullptr && all_known) {
    reading.say(Code::missing_key, place, "the key " + backquoted(key) + " is missing",
                "write `" + std::string(key) + ": …`");
  }
  return entry;
}

SourceSpan place_of(const Reading& reading, const yaml::Mapping& mapping, const yaml::Node& node, SourceSpan fallback) {
  return mapping.entries.empty() ? reading.place(node, fallback) : mapping.entries.front().key_span;
}

std::optional<ObjectExpr::Entry> read_entry(const Reading& reading, const yaml::Node& node, SourceSpan fallback) {
  const yaml::Mapping* mapping =
      reading.mapping(node, "an entry of the context", "- {KeyName: name, KeyValue: {Key: a}}", fallback);
  if (mapping == nullptr) return std::nullopt;
  const bool fine = reading.check_keys(*mapping, {"KeyName", "KeyValue"});
  const SourceSpan place = place_of(reading, *mapping, node, fallback);
  const auto* name = needed(reading, *mapping, "KeyName", place, fine);
  const auto* value = needed(reading, *mapping, "KeyValue", place, fine);
  const auto text = name != nullptr ? reading.text(*name->value, "`KeyName`", name->key_span) : std::nullopt;
  const auto field = value != nullptr ? read_whole_field(reading, *value->value, value->key_span, {}) : std::nullopt;
  if (!fine || !text || !field) return std::nullopt;
  return ObjectExpr::Entry{text->text, field->value()};
}

std::optional<Expr> read_word(const Reading& reading, const yaml::Mapping::Entry& entry) {
  const auto text = reading.text(*entry.value, "`ChangeTo`", entry.key_span);
  if (!text) return std::nullopt;
  std::string word = ascii_upper(text->text);
  if (std::ranges::find(severities, std::string_view(word)) != severities.end())
    return Expr{StringLiteral{std::move(word)}, entry.value->span};
  Diagnostic& diagnostic =
      reading.say(Code::bad_severity, reading.place(*entry.value, entry.key_span),
                  backquoted(text->text) + " is no severity", "write `Info`, `Low`, `Medium`, `High` or `Critical`");
  if (const auto meant = nearest(word, std::span<const std::string_view>(severities))) {
    const std::string right = meant->substr(0, 1) + ascii_lower(meant->substr(1));
    propose(diagnostic, entry.value->span, right);
  }
  return std::nullopt;
}

std::optional<WhenExpr::Arm> read_arm(const Reading& reading, const yaml::Node& node, SourceSpan fallback) {
  const yaml::Mapping* mapping =
      reading.mapping(node, "a dynamic severity", "- {ChangeTo: High, Conditions: […]}", fallback);
  if (mapping == nullptr) return std::nullopt;
  const bool fine = reading.check_keys(*mapping, {"ChangeTo", "Conditions"});
  const SourceSpan place = place_of(reading, *mapping, node, fallback);
  const auto* to = needed(reading, *mapping, "ChangeTo", place, fine);
  const auto* conditions = needed(reading, *mapping, "Conditions", place, fine);
  auto word = to != nullptr ? read_word(reading, *to) : std::nullopt;
  auto condition = conditions != nullptr ? read_conditions(reading, *conditions) : std::nullopt;
  if (!fine || !word || !condition) return std::nullopt;
  WhenExpr::Arm arm{{}, *std::move(word)};
  arm.patterns.emplace_back(Box<Expr>(*std::move(condition)));
  return arm;
}

}  // namespace

std::optional<Expr> read_title(const Reading& reading, const yaml::Node& node) {
  const SourceText text = yaml::source_text(reading.source(), node);
  return TitleReader(reading, text).read();
}

std::optional<Expr> read_context(const Reading& reading, const yaml::Mapping::Entry& entry) {
  const yaml::Sequence* list = reading.list(entry);
  if (list == nullptr) return std::nullopt;
  ObjectExpr context;
  std::map<std::string, SourceSpan> seen;
  bool fine = true;
  for (const yaml::NodePtr& item : list->items) {
    auto read = read_entry(reading, *item, entry.key_span);
    fine = fine && read;
    if (!read) continue;
    const std::string name = std::get<std::string>(read->key);
    const auto [first, is_new] = seen.try_emplace(name, item->span);
    if (!is_new) {
      reading
          .say(Code::duplicate_item, item->span, "the context has " + backquoted(name) + " twice",
               "take one of the two out")
          .related.push_back({reading.source(), first->second, "first written here"});
      fine = false;
    }
    context.entries.push_back(*std::move(read));
  }
  if (!fine) return std::nullopt;
  return Expr{std::move(context), entry.value->span};
}

std::optional<Expr> read_group_by(const Reading& reading, const yaml::Mapping::Entry& entry) {
  const yaml::Sequence* list = reading.list(entry);
  if (list == nullptr) return std::nullopt;
  if (list->items.empty()) {
    reading.say(Code::bad_value, reading.place(*entry.value, entry.key_span), "`GroupBy` is empty",
                "name the fields, `- Key: a`, or take it out");
    return std::nullopt;
  }
  std::vector<Expr> values;
  for (const yaml::NodePtr& item : list->items) {
    if (const auto field = read_whole_field(reading, *item, entry.key_span, {})) values.push_back(field->value());
  }
  if (values.size() != list->items.size()) return std::nullopt;
  const SourceSpan span = entry.value->span;
  if (values.size() > 1) {
    ListExpr all;
    for (Expr& value : values) all.items.push_back({false, std::move(value)});
    values.clear();
    values.push_back({std::move(all), span});
  }
  TemplateExpr text;
  text.parts.emplace_back(Box<Expr>(std::move(values.front())));
  return Expr{std::move(text), span};
}

std::optional<Expr> read_severities(const Reading& reading, const yaml::Mapping::Entry& entry) {
  const yaml::Sequence* list = reading.list(entry);
  if (list == nullptr) return std::nullopt;
  const SourceSpan span = entry.value->span;
  WhenExpr choice;
  for (const yaml::NodePtr& item : list->items) {
    if (auto arm = read_arm(reading, *item, entry.key_span)) choice.arms.push_back(*std::move(arm));
  }
  if (choice.arms.size() != list->items.size()) return std::nullopt;
  Expr otherwise{StringLiteral{"DEFAULT"}, span};
  if (choice.arms.empty()) return otherwise;
  choice.otherwise = Box<Expr>(std::move(otherwise));
  return Expr{std::move(choice), span};
}

}  // namespace picket::simple
