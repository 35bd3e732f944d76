#include "tools/schema/schema_command.hpp"

#include <algorithm>
#include <memory>
#include <string>

#include "engine/alert/native_schema.hpp"
#include "engine/frontend/schema.hpp"

namespace picket {
namespace {

bool is_flat(const Value& value) {
  const List* list = value.list();
  if (list == nullptr) return value.object() == nullptr;
  return std::all_of(list->begin(), list->end(), is_flat);
}

// JSON for people: an entry a line, but lists of plain values on one.
void append_pretty(std::string& out, const Value& value, std::size_t indent) {
  const Object* object = value.object();
  const List* list = value.list();
  const bool empty = object != nullptr && object->empty();
  if (is_flat(value) || empty) return append_json(out, value);
  const std::string margin = "\n" + std::string(indent + 2, ' ');
  out += object != nullptr ? '{' : '[';
  std::string_view separator;
  const auto begin_item = [&] {
    out += separator;
    out += margin;
    separator = ",";
  };
  if (object != nullptr) {
    for (const auto& [key, item] : object->entries()) {
      begin_item();
      append_json(out, key);
      out += ": ";
      append_pretty(out, item, indent + 2);
    }
  } else {
    for (const Value& item : *list) {
      begin_item();
      append_pretty(out, item, indent + 2);
    }
  }
  out += margin.substr(0, margin.size() - 2);
  out += object != nullptr ? '}' : ']';
}

}  // namespace

Action declare_schema(Arguments& app) {
  const auto of_alerts = std::make_shared<bool>(false);
  app.add_flag("--alert", *of_alerts, "the format of alerts, as `picket run --format jsonl` writes them, instead");
  app.footer(
      "An editor with YAML support then knows the keys of rules, if a file begins with\n"
      "  # yaml-language-server: $schema=picket.schema.json\n\n"
      "Example:\n  picket schema > picket.schema.json\n");
  return [of_alerts](Console& console) {
    std::string text;
    append_pretty(text, *of_alerts ? native_alert_schema() : analysis_schema(), 0);
    console.out().line(text);
    return ExitStatus::fine;
  };
}

}  // namespace picket
