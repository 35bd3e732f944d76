#include <utility>

#include "engine/frontend/readers.hpp"
#include "grammar/text/backquoted.hpp"

namespace picket {
namespace {

std::optional<std::string> plain(const Section& section, std::string_view key) {
  auto text = section.text(key);
  return text ? std::optional(std::move(text->value)) : std::nullopt;
}

// A condition that will be read again for each rule: here it is only checked.
std::string read_when(const Section& section, const FrontendOptions& options) {
  const auto text = code(section, "When");
  if (!text) return {};
  (void)parse_condition(*text, section.diagnostics(), options.condition);
  return text->text;
}

void read_fields(const Section& section, const FrontendOptions& options, FieldNames& fields) {
  const auto* entry = section.find("Fields");
  if (entry == nullptr || entry->value->mapping() == nullptr) return;
  for (const yaml::Mapping::Entry& field : entry->value->mapping()->entries) {
    const yaml::Sequence* list = field.value->sequence();
    for (const yaml::NodePtr& item : list != nullptr ? list->items : std::vector{field.value}) {
      if (!string_of(*item)) {
        section.say(Code::wrong_type, yaml::place_of(*section.source(), *item, field.key_span),
                    "the place of " + backquoted(field.key) + " must be a string, and this is " +
                        std::string(item->kind_in_words()),
                    "write the path of the field: `a.b`");
        continue;
      }
      const SourceText path = yaml::source_text(section.source(), *item);
      if (parse_expression(path, section.diagnostics(), options.condition)) fields[field.key].push_back(path.text);
    }
  }
}

void read_events(const Section& section, const FrontendOptions& options, LogSource& log_source) {
  FieldNames common;
  read_fields(section, options, common);
  const auto* list = section.find("Events");
  if (list == nullptr) {
    log_source.events.push_back({.when = read_when(section, options), .fields = std::move(common)});
    return;
  }
  for (const yaml::NodePtr& item : section.items("Events")) {
    auto entry = section_of(section, *item, Holder::log_source_events, "an item of `Events`", "When", list->key_span);
    if (!entry) continue;
    entry->check();
    LogSource::Events events{.when = read_when(*entry, options), .fields = {}};
    read_fields(*entry, options, events.fields);
    events.fields.insert(common.begin(), common.end());
    log_source.events.push_back(std::move(events));
  }
}

void read_log_source(const Section& section, SourceSpan span, const FrontendOptions& options, LogSources& into) {
  LogSource log_source{.category = plain(section, "Category"),
                       .product = plain(section, "Product"),
                       .service = plain(section, "Service"),
                       .span = span,
                       .log_types = {},
                       .events = {}};
  if (!log_source.category && !log_source.product && !log_source.service) {
    section.say(Code::missing_key, section.place(), "the log source has neither `Category`, `Product` nor `Service`",
                "write what the `logsource` of Sigma rules says: `Product: windows`");
  }
  for (auto& log_type : section.texts("LogTypes")) log_source.log_types.push_back(std::move(log_type.value));
  read_events(section, options, log_source);
  into.log_sources.push_back(std::move(log_source));
}

void read_placeholders(const Section& section, LogSources& into) {
  const auto* entry = section.find("Placeholders");
  if (entry == nullptr || entry->value->mapping() == nullptr) return;
  for (const yaml::Mapping::Entry& placeholder : entry->value->mapping()->entries) {
    std::vector<std::string>& values = into.placeholders[placeholder.key];
    const yaml::Sequence* list = placeholder.value->sequence();
    for (const yaml::NodePtr& value : list != nullptr ? list->items : std::vector{placeholder.value}) {
      if (value->scalar() != nullptr && !value->value().is_null()) {
        values.push_back(value->scalar()->text);
        continue;
      }
      section.say(Code::wrong_type, yaml::place_of(*section.source(), *value, placeholder.key_span),
                  "a value of " + backquoted(placeholder.key) + " must be a string, and this is " +
                      std::string(value->kind_in_words()),
                  "write a list of texts");
    }
  }
}

}  // namespace

LogSources read_log_sources(const Section& section, const FrontendOptions& options) {
  LogSources read;
  read.source = section.source();
  read.id = section.text("LogSourcesID").value_or(Located<std::string>{});
  for (const std::string_view key : {"Recognise", "LogSources"}) {
    const auto* list = section.find(key);
    const bool recognises = key == "Recognise";
    for (const yaml::NodePtr& item : section.items(key)) {
      auto entry = section_of(section, *item, recognises ? Holder::recognised_log_type : Holder::log_source,
                              "an item of " + backquoted(key), recognises ? "LogType" : "Product", list->key_span);
      if (!entry) continue;
      entry->check();
      if (!recognises) {
        read_log_source(*entry, item->span, options, read);
        continue;
      }
      const auto log_type = entry->text("LogType");
      const auto text = code(*entry, "When");
      auto when = text ? parse_condition(*text, section.diagnostics(), options.condition) : std::nullopt;
      if (log_type && when) read.recognised.push_back({*log_type, *std::move(when)});
    }
  }
  read_placeholders(section, read);
  return read;
}

}  // namespace picket
