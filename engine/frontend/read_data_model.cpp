#include <algorithm>
#include <string>
#include <unordered_map>

#include "engine/frontend/readers.hpp"
#include "grammar/path/field_path.hpp"
#include "grammar/text/backquoted.hpp"

namespace picket {
namespace {

// The one of Path, Expression and Method that a mapping has; nothing, with an error, if it has none or several.
const yaml::Mapping::Entry* meaning_of(const Section& section) {
  const yaml::Mapping::Entry* found = nullptr;
  for (const std::string_view key : {"Path", "Expression", "Method"}) {
    const auto* entry = section.raw(key);
    if (entry == nullptr) continue;
    if (found != nullptr) {
      section
          .say(Code::conflicting_keys, entry->key_span,
               backquoted(key) + " and " + backquoted(found->key) + " exclude each other", "take one of the two out")
          .related.push_back({section.source(), found->key_span, backquoted(found->key) + " is here"});
      return nullptr;
    }
    found = entry;
  }
  if (found == nullptr && !section.was_meant("Path") && !section.was_meant("Expression") &&
      !section.was_meant("Method")) {
    section.say(Code::missing_key, section.place(), "the mapping has neither a `Path` nor an `Expression`",
                "write `Path: a.b`");
  }
  return found;
}

void read_mapping(const Section& section, const FrontendOptions& options, DataModel& model) {
  auto name = section.text("Name");
  const auto* meaning = meaning_of(section);
  if (!name || meaning == nullptr || meaning->value->scalar() == nullptr) return;
  if (meaning->key == "Method") {
    report_python(section, place_of(*meaning),
                  backquoted(name->value) + " is the Python function " + backquoted(meaning->value->scalar()->text),
                  "the mapping is passed over; write it as an `Expression`", options.strict);
    return model.python_names.push_back(*std::move(name));
  }
  const SourceText text = yaml::source_text(section.source(), *meaning->value);
  const bool path = meaning->key == "Path";
  if (path && !section.text("Path")) return;
  auto value = path ? read_field_path(text, section.diagnostics(), ", or an `Expression` instead of the `Path`")
                    : parse_expression(text, section.diagnostics(), options.condition);
  if (value) model.mappings.push_back({*std::move(name), path ? text.text : std::string(), *std::move(value)});
}

}  // namespace

DataModel read_data_model(const Section& section, const FrontendOptions& options) {
  DataModel model;
  model.source = section.source();
  model.id = section.text("DataModelID").value_or(Located<std::string>{});
  model.display_name = section.plain_text("DisplayName");
  if (const auto enabled = section.boolean("Enabled")) model.enabled = enabled->value;
  model.log_types = section.texts("LogTypes");
  model.libraries = section.texts("Use");
  const auto* list = section.find("Mappings");
  std::unordered_map<std::string, SourceSpan> seen;
  for (const yaml::NodePtr& item : section.items("Mappings")) {
    const yaml::Mapping* mapping = item->mapping();
    if (mapping == nullptr) {
      section.say(Code::not_a_mapping, yaml::place_of(*section.source(), *item, list->key_span),
                  "an item of `Mappings` must be a mapping, and this is " + std::string(item->kind_in_words()),
                  "write `- Name: …`");
      continue;
    }
    Section entry(section.source(), *mapping, item->span, Holder::mapping, section.diagnostics());
    entry.check();
    if (const auto name = entry.text("Name")) {
      const auto [first, is_new] = seen.try_emplace(name->value, name->span);
      if (!is_new) {
        section
            .say(Code::duplicate_item, name->span, backquoted(name->value) + " is mapped twice",
                 "take one of the two out")
            .related.push_back({section.source(), first->second, "first mapped here"});
      }
    }
    read_mapping(entry, options, model);
  }
  return model;
}

}  // namespace picket
