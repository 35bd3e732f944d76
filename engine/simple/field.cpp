#include "engine/simple/field.hpp"

#include <algorithm>
#include <array>

#include "engine/simple/logic.hpp"
#include "grammar/ast/print.hpp"
#include "grammar/path/field_path.hpp"
#include "grammar/text/backquoted.hpp"

namespace picket::simple {
namespace {

constexpr std::array<std::string_view, 4> field_keys = {"Key", "DeepKey", "KeyPath", "Enrichment"};
constexpr std::size_t most_wildcards = 4;  // each is a loop within the one before

Expr is_list(Expr value, SourceSpan span) { return {IsExpr{std::move(value), IsClause{false, "list", span}}, span}; }

// The steps of a path as read_field_path() reads it.
void add_steps(const Expr& path, std::vector<Field::Step>& steps) {
  match(
      path.node,
      [&](const MemberExpr& e) {
        add_steps(*e.base, steps);
        steps.push_back({e.name, e.name_span});
      },
      [&](const IndexExpr& e) {
        add_steps(*e.base, steps);
        const auto* name = std::get_if<StringLiteral>(&e.index->node);
        if (name != nullptr) steps.push_back({name->value, e.index->span});
        if (name == nullptr) steps.push_back({*e.index, e.index->span});
      },
      [&](const EachExpr& e) {
        add_steps(*e.base, steps);
        steps.push_back({Field::Wildcard{}, path.span});
      },
      [](const auto&) {});
}

using Steps = std::vector<Field::Step>;

// `what` names the node in messages.
bool read_key(const Reading& reading, const yaml::Node& node, std::string_view what, SourceSpan fallback,
              Steps& steps) {
  const auto text = reading.text(node, what, fallback);
  if (!text) return false;
  steps.push_back({text->text, text->span(0, text->text.size())});
  return true;
}

bool read_path(const Reading& reading, const yaml::Node& node, std::string_view name, SourceSpan fallback,
               Steps& steps) {
  const auto text = reading.text(node, backquoted(name), fallback);
  const auto path = text ? read_field_path(*text, reading.diagnostics()) : std::nullopt;
  if (!path) return false;
  const std::size_t before = steps.size();
  add_steps(*path, steps);
  const auto wildcards = std::ranges::count_if(
      steps, [](const Field::Step& step) { return std::holds_alternative<Field::Wildcard>(step.to); });
  if (steps.size() > before && static_cast<std::size_t>(wildcards) <= most_wildcards) return true;
  reading.say(Code::bad_path, reading.place(node, fallback),
              steps.size() == before ? "the path names no field"
                                     : "the path has more than " + std::to_string(most_wildcards) + " times `[*]`",
              "write a path like `a.b`, `a[0].b` or `a[*].b`");
  return false;
}

bool read_deep_key(const Reading& reading, const yaml::Mapping::Entry& entry, bool text_only, Steps& steps) {
  const yaml::Sequence* list = reading.list(entry);
  if (list == nullptr) return false;
  if (list->items.empty() || list->items.size() > longest_field_path) {
    reading.say(Code::bad_value, reading.place(*entry.value, entry.key_span),
                list->items.empty() ? "`DeepKey` is empty" : "`DeepKey` has too many steps",
                "write the keys on the way to the field, the outermost first");
    return false;
  }
  for (const yaml::NodePtr& item : list->items) {
    const Value value = item->scalar() != nullptr ? item->value() : Value();
    if (value.integer() != nullptr && !text_only) {
      steps.push_back({*literal_of(*item), item->span});
    } else if (!read_key(reading, *item, value.integer() != nullptr ? "a step here" : "a step of a `DeepKey`",
                         entry.key_span, steps)) {
      return false;
    }
  }
  return true;
}

bool read_enrichment(const Reading& reading, const yaml::Mapping::Entry& entry, Steps& steps) {
  const yaml::Mapping* mapping = reading.mapping(*entry.value, "an `Enrichment`",
                                                 "Enrichment: {Table: …, Selector: …, FieldPath: …}", entry.key_span);
  if (mapping == nullptr) return false;
  const bool known = reading.check_keys(*mapping, {"Table", "Selector", "FieldPath"});
  bool fine = known;
  steps.push_back({"p_enrichment", entry.key_span});
  for (const std::string_view key : {"Table", "Selector", "FieldPath"}) {
    const auto* part = mapping->find(key);
    if (part == nullptr) {
      fine = false;
      if (!known) continue;  // a typo may be the one that is missed
      reading.say(Code::missing_key, entry.key_span, "the `Enrichment` lacks the key " + backquoted(key),
                  "write `" + std::string(key) + ": …`");
    } else if (key == "FieldPath") {
      fine = read_path(reading, *part->value, key, part->key_span, steps) && fine;
    } else {
      fine = read_key(reading, *part->value, backquoted(key), part->key_span, steps) && fine;
    }
  }
  return fine;
}

// The entry that names the field; nothing, with an error, if there is none or more than one.
const yaml::Mapping::Entry* entry_of(const Reading& reading, const yaml::Mapping& mapping, SourceSpan place,
                                     const FieldForms& forms) {
  const yaml::Mapping::Entry* found = nullptr;
  for (const std::string_view key : field_keys) {
    const auto* entry = mapping.find(key);
    if (entry == nullptr) continue;
    if (found != nullptr) {
      reading.conflict(*found, *entry, "a field is named in one way; take one of the two out");
      return nullptr;
    }
    found = entry;
  }
  if (found == nullptr) {
    reading.say(Code::missing_key, place, "this names no field",
                forms.path_only ? "write `KeyPath: a.b`" : "write `Key: a`, `DeepKey: [a, b]` or `KeyPath: a.b`");
    return nullptr;
  }
  if (forms.path_only && found->key != "KeyPath" && found->key != "Enrichment") {
    reading.say(Code::misplaced_condition, found->key_span,
                "in InlineFilters a field is a `KeyPath` or an `Enrichment`, not a " + backquoted(found->key),
                "write `KeyPath: a.b`");
    return nullptr;
  }
  if (!forms.enrichment && found->key == "Enrichment") {
    reading.say(Code::wrong_type, found->key_span, "an `Enrichment` does not stand here",
                "write `Key: a`, `DeepKey: [a, b]` or `KeyPath: a.b`");
    return nullptr;
  }
  return found;
}

}  // namespace

bool Field::is_plain() const {
  return std::ranges::all_of(steps_, [](const Step& step) { return std::holds_alternative<std::string>(step.to); });
}

bool Field::has_wildcard() const {
  return std::ranges::any_of(steps_, [](const Step& step) { return std::holds_alternative<Wildcard>(step.to); });
}

Expr Field::begin() const {
  const std::uint32_t at = steps_.front().span.begin;
  if (base_ == Base::element) return {ElementExpr{}, {at, at}};
  return {EventExpr{}, {at, at}};
}

Expr Field::some(const Question& question) const { return some_from(0, begin(), question); }

Expr Field::some_from(std::size_t index, Expr value, const Question& question) const {
  std::vector<Expr> parts;
  for (; index < steps_.size(); ++index) {
    const Step& step = steps_[index];
    if (const auto* name = std::get_if<std::string>(&step.to)) {
      value = step_into(std::move(value), *name, step.span);
      continue;
    }
    // A string has characters and a scalar counts as a list of one in the language, and neither in Panther.
    const SourceSpan whole = cover(value.span, step.span);
    parts.push_back(is_list(value, value.span));
    if (const auto* at = std::get_if<Expr>(&step.to)) {
      value = {IndexExpr{std::move(value), *at}, whole};
      continue;
    }
    Block body;
    body.lines.push_back(some_from(index + 1, {ElementExpr{}, {whole.end, whole.end}}, question));
    body.span = span_;
    parts.push_back({BinderExpr{BinderKind::any, {}, {}, std::move(value), std::move(body)}, span_});
    return all_of(std::move(parts), span_);
  }
  Expr asked = question(std::move(value));
  const SourceSpan span = asked.span;
  parts.push_back(std::move(asked));
  return all_of(std::move(parts), span);
}

std::string Field::name() const {
  std::string name = print(unguarded(nullptr));
  if (name.starts_with('$')) name.erase(0, 1);
  if (name.starts_with('.')) name.erase(0, 1);
  return name;
}

Expr Field::value() const {
  std::vector<Expr> guards;
  Expr value = unguarded(&guards);
  if (guards.empty()) return value;
  const SourceSpan span = value.span;
  return {IfExpr{all_of(std::move(guards), span), std::move(value), Expr{NullLiteral{}, span}}, span};
}

Expr Field::unguarded(std::vector<Expr>* guards) const {
  Expr value = begin();
  bool many = false;
  for (const Step& step : steps_) {
    if (const auto* name = std::get_if<std::string>(&step.to)) {
      value = step_into(std::move(value), *name, step.span);
      continue;
    }
    const SourceSpan whole = cover(value.span, step.span);
    const auto* at = std::get_if<Expr>(&step.to);
    if (at != nullptr && !many && guards != nullptr) guards->push_back(is_list(value, value.span));
    if (at != nullptr) {
      value = {IndexExpr{std::move(value), *at}, whole};
    } else {
      many = true;
      value = {EachExpr{std::move(value), false}, whole};
    }
  }
  return value;
}

bool names_field(const yaml::Mapping& mapping) {
  return std::ranges::any_of(field_keys, [&](std::string_view key) { return mapping.find(key) != nullptr; });
}

std::optional<Field> read_field(const Reading& reading, const yaml::Mapping& mapping, SourceSpan place,
                                const FieldForms& forms) {
  const auto* entry = entry_of(reading, mapping, place, forms);
  if (entry == nullptr) return std::nullopt;
  Steps steps;
  Base base = forms.base;
  bool fine = false;
  if (entry->key == "Key") {
    fine = read_key(reading, *entry->value, backquoted(entry->key), entry->key_span, steps);
  } else if (entry->key == "DeepKey") {
    fine = read_deep_key(reading, *entry, forms.text_steps_only, steps);
  } else if (entry->key == "KeyPath") {
    fine = read_path(reading, *entry->value, entry->key, entry->key_span, steps);
  } else {
    base = Base::event;
    fine = read_enrichment(reading, *entry, steps);
  }
  if (!fine) return std::nullopt;
  return Field(base, std::move(steps), reading.place(*entry->value, entry->key_span));
}

std::optional<Field> read_whole_field(const Reading& reading, const yaml::Node& node, SourceSpan fallback,
                                      const FieldForms& forms) {
  const yaml::Mapping* mapping = reading.mapping(node, "a field", "Key: a", fallback);
  if (mapping == nullptr) return std::nullopt;
  const bool fine = reading.check_keys(*mapping, {"Key", "DeepKey", "KeyPath", "Enrichment"});
  if (!fine && !names_field(*mapping)) return std::nullopt;  // the typo is the one that is missed
  auto field = read_field(reading, *mapping, reading.place(node, fallback), forms);
  return fine ? field : std::nullopt;
}

}  // namespace picket::simple
