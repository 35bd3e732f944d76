#include <algorithm>
#include <array>

#include "engine/sigma/detection.hpp"
#include "engine/sigma/read_log_source.hpp"
#include "engine/sigma/sigma.hpp"
#include "engine/sigma/sigma_document.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket::sigma {
namespace {

bool is_list_of_words(const yaml::Node& node) {
  const yaml::Sequence* list = node.sequence();
  if (list == nullptr) return node.scalar() != nullptr;
  return std::ranges::all_of(list->items, [](const yaml::NodePtr& item) { return item->scalar() != nullptr; });
}

// A filter without `rules` is one for all rules of its log source, so that a misspelt `rules` would silence far more
// than was meant. Words under a name that is nearly that, and that no condition asks for, are no selection.
bool has_misspelt_rules(SigmaDocument& document, const yaml::Mapping& filter, const std::set<std::string>& named) {
  constexpr std::array<std::string_view, 1> known = {"rules"};
  if (filter.find(known.front()) != nullptr) return false;
  const MeantKeys meant(filter, known);
  for (const yaml::Mapping::Entry& entry : filter.entries) {
    if (named.contains(entry.key) || !is_list_of_words(*entry.value) || !meant.of(entry.key)) continue;
    propose(
        document.say(Code::unknown_key, entry.key_span,
                     "the condition does not name " + backquoted(entry.key) + ", and the filter has no `rules`", {}),
        entry.key_span, known.front());
    return true;
  }
  return false;
}

// The ids, names or titles of rules; nothing for `any`.
std::vector<Located<std::string>> read_rules(SigmaDocument& document, const yaml::Mapping& filter) {
  const auto* entry = filter.find("rules");
  if (entry == nullptr) return {};
  if (!is_list_of_words(*entry->value)) {
    document.say(Code::wrong_type, entry->value->span,
                 "`rules` must be a list of words, and this is " +
                     (entry->value->mapping() != nullptr ? std::string("a mapping") : std::string("a list of others")),
                 "write the ids, names or titles of rules, or `rules: any`");
    return {};
  }
  if (entry->value->value().is_null()) {
    document.say(Code::bad_value, entry->key_span, "`rules` is empty", "name rules below it, or write `rules: any`");
    return {};
  }
  std::vector<Located<std::string>> rules = document.names(*entry);
  if (rules.size() == 1 && rules.front().value == "any") rules.clear();
  return rules;
}

// What is lawful, and hardly meant.
void check_condition(SigmaDocument& document, const yaml::Mapping& filter, const Detection& detection) {
  for (const Located<std::string>& selection : detection.unused()) {
    document.say(Code::unused_definition, selection.span, "nothing uses " + backquoted(selection.value), {});
  }
  if (detection.has_negation()) return;
  const yaml::Node& condition = *filter.find("condition")->value;
  const std::string text = condition.scalar() == nullptr ? std::string() : condition.scalar()->text;
  const bool joined = text.find(" and ") != std::string::npos || text.find(" or ") != std::string::npos;
  document.say(Code::keeping_filter, condition.span,
               "the filter has no `not`: its rules will match nothing but what it describes",
               condition.scalar() != nullptr
                   ? "write `not " + (joined ? "(" + text + ")" : text) + "` to leave that out"
                   : "write `not` before what it shall leave out");
}

}  // namespace

bool is_filter(const yaml::Node& document) {
  return document.mapping() != nullptr && kind_of(*document.mapping()) == DocumentKind::filter;
}

std::optional<Filter> read_filter(const SourcePtr& source, const yaml::NodePtr& node, const LogSourceMap& log_sources,
                                  Diagnostics& diagnostics) {
  if (!is_filter(*node)) return {};
  SigmaDocument document(source, *node->mapping(), diagnostics);
  const std::size_t before = document.error_count();
  document.check_keys(DocumentKind::filter);
  auto log_source = read_log_source(document);
  const auto* filter = document.section("filter", "write `filter:` with selections and a `condition`");
  if (filter == nullptr) return {};
  const yaml::Mapping& section = *filter->value->mapping();
  auto rules = read_rules(document, section);
  // What its lines say is checked here, once, and not for each of the rules.
  const Detection detection(source, section, filter->key_span, {"rules"}, diagnostics);
  if (has_misspelt_rules(document, section, detection.named())) return {};
  const FieldNames no_names;
  const std::set<std::string> taken;
  const FieldPlaces fields(source, no_names, taken, false);
  (void)detection.definitions(
      "", {.source = source, .diagnostics = diagnostics, .fields = fields, .placeholders = log_sources.placeholders()});
  if (document.error_count() > before || !log_source) return {};
  check_condition(document, section, detection);
  return Filter{.source = source, .document = node, .log_source = *std::move(log_source), .rules = std::move(rules)};
}

}  // namespace picket::sigma
