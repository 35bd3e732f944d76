#include "engine/simple/reading.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "engine/event/json.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket::simple {

bool is_string(const yaml::Node& node) { return node.scalar() != nullptr && node.value().string() != nullptr; }

std::optional<Expr> literal_of(const yaml::Node& node) {
  if (node.scalar() == nullptr) return std::nullopt;
  const Value value = node.value();
  if (const std::string* text = value.string()) return Expr{StringLiteral{*text}, node.span};
  if (const bool* truth = value.boolean()) return Expr{BoolLiteral{*truth}, node.span};
  if (value.kind() != Kind::number) return std::nullopt;
  std::string digits = to_json(value);
  if (!digits.starts_with('-')) return Expr{NumberLiteral{std::move(digits)}, node.span};
  return Expr{NegateExpr{Expr{NumberLiteral{digits.substr(1)}, node.span}}, node.span};
}

SourceSpan Reading::place(const yaml::Node& node, SourceSpan fallback) const {
  return yaml::place_of(*source_, node, fallback);
}

Diagnostic& Reading::say(Code code, SourceSpan span, std::string message, std::string help) const {
  Diagnostic& diagnostic = diagnostics_.add(code, source_, span, std::move(message));
  diagnostic.help = std::move(help);
  return diagnostic;
}

void Reading::conflict(const yaml::Mapping::Entry& first, const yaml::Mapping::Entry& second, std::string help) const {
  say(Code::conflicting_keys, second.key_span,
      backquoted(second.key) + " and " + backquoted(first.key) + " exclude each other", std::move(help))
      .related.push_back({source_, first.key_span, backquoted(first.key) + " is here"});
}

const yaml::Mapping* Reading::mapping(const yaml::Node& node, std::string_view what, std::string_view form,
                                      SourceSpan fallback) const {
  if (const yaml::Mapping* mapping = node.mapping()) return mapping;
  say(Code::not_a_mapping, place(node, fallback),
      std::string(what) + " must be a mapping, and this is " + std::string(node.kind_in_words()),
      "write " + backquoted(form));
  return nullptr;
}

const yaml::Sequence* Reading::list(const yaml::Mapping::Entry& entry) const {
  if (const yaml::Sequence* list = entry.value->sequence()) return list;
  say(Code::wrong_type, place(*entry.value, entry.key_span),
      backquoted(entry.key) + " must be a list, and this is " + std::string(entry.value->kind_in_words()),
      "write its items one below the other, each behind `- `");
  return nullptr;
}

std::optional<SourceText> Reading::text(const yaml::Node& node, std::string_view what, SourceSpan fallback) const {
  if (is_string(node)) return yaml::source_text(source_, node);
  Diagnostic& diagnostic =
      say(Code::wrong_type, place(node, fallback),
          std::string(what) + " must be a string, and this is " + std::string(node.kind_in_words()));
  if (node.scalar() != nullptr && !node.value().is_null()) {
    diagnostic.help = "put it in quotes";
    diagnostic.fixes.push_back({"put it in quotes", node.span, "\"" + node.scalar()->text + "\""});
  }
  return std::nullopt;
}

bool Reading::check_keys(const yaml::Mapping& mapping, std::initializer_list<std::string_view> known) const {
  bool fine = true;
  for (const yaml::Mapping::Entry& entry : mapping.entries) {
    if (std::ranges::find(known, std::string_view(entry.key)) != known.end()) continue;
    fine = false;
    Diagnostic& diagnostic =
        say(Code::unknown_key, entry.key_span, "there is no key " + backquoted(entry.key) + " here", "take it out");
    // One that is here already is not what was meant.
    std::vector<std::string_view> free;
    for (const std::string_view key : known) {
      if (mapping.find(key) == nullptr) free.push_back(key);
    }
    propose_nearest(diagnostic, entry.key_span, entry.key, free, Certainty::if_alone);
  }
  return fine;
}

}  // namespace picket::simple
