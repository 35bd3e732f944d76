#include <algorithm>

#include "engine/sigma/detection.hpp"
#include "engine/sigma/sigma.hpp"

namespace picket::sigma {
namespace {

Diagnostic& say(const SourcePtr& source, Code code, SourceSpan span, std::string message, std::string help,
                Diagnostics& diagnostics) {
  Diagnostic& diagnostic = diagnostics.add(code, source, span, std::move(message));
  diagnostic.help = std::move(help);
  return diagnostic;
}

// A mapping that must be there; null, with an error, if it is not.
const yaml::Mapping::Entry* section(const SourcePtr& source, const yaml::Mapping& mapping, const char* key,
                                    const char* example, Diagnostics& diagnostics) {
  const auto* entry = mapping.find(key);
  if (entry != nullptr && entry->value->mapping() != nullptr) return entry;
  const SourceSpan place = entry != nullptr ? entry->key_span : mapping.entries.front().key_span;
  say(source, entry == nullptr ? Code::missing_key : Code::not_a_mapping, place,
      "`" + std::string(key) + (entry == nullptr ? "` is missing" : "` must be a mapping"), example, diagnostics);
  return nullptr;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the condition, which is bounded
bool has_negation(const Condition& condition) {
  if (std::holds_alternative<Negated>(condition.node)) return true;
  const auto* joined = std::get_if<Joined>(&condition.node);
  return joined != nullptr && std::any_of(joined->operands.begin(), joined->operands.end(), has_negation);
}

// The ids, names or titles of rules; nothing for `any`.
std::vector<Located<std::string>> read_rules(const yaml::Mapping& filter) {
  std::vector<Located<std::string>> rules;
  const auto* entry = filter.find("rules");
  if (entry == nullptr) return rules;
  const yaml::Sequence* list = entry->value->sequence();
  for (const yaml::NodePtr& item : list != nullptr ? list->items : std::vector{entry->value}) {
    if (item->scalar() != nullptr && !item->scalar()->text.empty()) rules.push_back({item->scalar()->text, item->span});
  }
  if (rules.size() == 1 && rules.front().value == "any") rules.clear();
  return rules;
}

void check_negation(const SourcePtr& source, const yaml::Mapping& filter, Diagnostics& diagnostics) {
  const auto* condition = filter.find("condition");
  if (condition == nullptr || condition->value->scalar() == nullptr) return;
  const auto parsed = parse_condition(condition->value->scalar()->text);
  const auto* sound = std::get_if<Condition>(&parsed);
  if (sound == nullptr || has_negation(*sound)) return;
  say(source, Code::keeping_filter, condition->value->span,
      "the filter has no `not`: its rules will match nothing but what it describes",
      "write `not " + condition->value->scalar()->text + "` to leave that out", diagnostics);
}

}  // namespace

bool is_filter(const yaml::Node& document) {
  const yaml::Mapping* mapping = document.mapping();
  return mapping != nullptr && mapping->find("filter") != nullptr && mapping->find("detection") == nullptr;
}

std::optional<Filter> read_filter(const SourcePtr& source, const yaml::NodePtr& document,
                                  const LogSourceMap& log_sources, Diagnostics& diagnostics) {
  if (!is_filter(*document)) return {};
  const yaml::Mapping* mapping = document->mapping();
  const std::size_t before = diagnostics.size();
  const auto* log_source =
      section(source, *mapping, "logsource", "write `logsource:` as the rules have it", diagnostics);
  const auto* filter =
      section(source, *mapping, "filter", "write `filter:` with selections and a `condition`", diagnostics);
  if (log_source == nullptr || filter == nullptr) return {};
  // What its lines say is checked here, once, and not for each of the rules.
  const Detection detection(source, *filter->value->mapping(), filter->key_span, {"rules"}, diagnostics);
  const FieldNames no_names;
  const std::set<std::string> taken;
  const FieldPlaces fields(source, no_names, taken, false);
  (void)detection.definitions(
      "", {.source = source, .diagnostics = diagnostics, .fields = fields, .placeholders = log_sources.placeholders()});
  if (diagnostics.size() > before) return {};
  check_negation(source, *filter->value->mapping(), diagnostics);
  const auto* title = mapping->find("title");
  return Filter{.source = source,
                .document = document,
                .title = title == nullptr || title->value->scalar() == nullptr ? "" : title->value->scalar()->text,
                .log_source = read_log_source_name(*log_source->value->mapping()),
                .rules = read_rules(*filter->value->mapping())};
}

}  // namespace picket::sigma
