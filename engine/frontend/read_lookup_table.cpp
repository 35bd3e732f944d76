#include <array>
#include <string_view>
#include <utility>

#include "engine/frontend/readers.hpp"
#include "grammar/path/field_path.hpp"
#include "grammar/text/backquoted.hpp"

namespace picket {
namespace {

constexpr std::array<std::string_view, 5> keys_of_other_sources = {"Refresh", "Query", "AthenaQuery", "SnowflakeQuery",
                                                                   "DatabricksQuery"};

// The names of the keys on a path, from the event on. `[*]` says what holds of every list; an index says nothing that a
// row could be found by.
bool add_steps(const Expr& path, std::vector<std::string>& steps) {
  return match(
      path.node, [](const EventExpr&) { return true; },
      [&](const MemberExpr& e) {
        if (!add_steps(*e.base, steps)) return false;
        steps.push_back(e.name);
        return true;
      },
      [&](const IndexExpr& e) {
        const auto* name = std::get_if<StringLiteral>(&e.index->node);
        if (!add_steps(*e.base, steps) || name == nullptr) return false;
        steps.push_back(name->value);
        return true;
      },
      [&](const EachExpr& e) { return !e.deep && add_steps(*e.base, steps); }, [](const auto&) { return false; });
}

std::vector<LookupTable::Selector> read_selectors(const Section& section) {
  std::vector<LookupTable::Selector> selectors;
  for (const yaml::NodePtr& item : section.items("Selectors")) {
    if (!string_of(*item)) continue;
    const SourceText text = yaml::source_text(section.source(), *item);
    const auto path = read_field_path(text, section.diagnostics());
    if (!path) continue;
    LookupTable::Selector selector{.written = text.text, .steps = {}};
    if (add_steps(*path, selector.steps) && !selector.steps.empty()) {
      selectors.push_back(std::move(selector));
      continue;
    }
    section.say(Code::bad_path, item->span, "a selector names a field, and this has an index, or names none",
                "write a path like `$.a.b`; a list on it stands for all of its elements");
  }
  return selectors;
}

void read_log_type_map(const Section& section, LookupTable& table) {
  const auto* entry = section.find("LogTypeMap");
  if (entry == nullptr || entry->value->mapping() == nullptr) return;
  Section map(section.source(), *entry->value->mapping(), entry->value->span, Holder::log_type_map,
              section.diagnostics());
  map.check();
  table.primary_key = map.text("PrimaryKey").value_or(Located<std::string>{});
  const auto* list = map.find("AssociatedLogTypes");
  for (const yaml::NodePtr& item : map.items("AssociatedLogTypes")) {
    auto one = section_of(map, *item, Holder::associated_log_type, "an item of `AssociatedLogTypes`", "LogType",
                          list->key_span);
    if (!one) continue;
    one->check();
    if (auto log_type = one->text("LogType")) table.log_types.push_back({*std::move(log_type), read_selectors(*one)});
  }
}

}  // namespace

LookupTable read_lookup_table(const Section& section) {
  LookupTable table;
  table.source = section.source();
  table.id = section.text("LookupName").value_or(Located<std::string>{});
  if (const auto enabled = section.boolean("Enabled")) table.enabled = enabled->value;
  table.file = section.text("Filename");
  const auto* file = section.raw("Filename");
  const yaml::Mapping::Entry* other = nullptr;
  for (const std::string_view key : keys_of_other_sources) {
    if (other == nullptr) other = section.raw(key);
  }
  if (file != nullptr && other != nullptr) {
    section
        .say(Code::conflicting_keys, other->key_span, backquoted(other->key) + " and `Filename` exclude each other",
             "take one of the two out")
        .related.push_back({section.source(), file->key_span, "`Filename` is here"});
  }
  if (file == nullptr && other == nullptr && !section.was_meant("Filename") && !section.was_meant("Refresh")) {
    section.say(Code::missing_key, section.place(), "the key `Filename` is missing",
                "write `Filename: rows.csv`, the file with the rows");
  }
  if (file == nullptr && other != nullptr && table.enabled) {
    section.say(Code::absent_table, other->key_span,
                "the rows of this table are kept elsewhere (" + backquoted(other->key) + "), and are not fetched",
                "events get no rows of it; keep a copy beside this file and name it: `Filename: rows.csv`");
  }
  read_log_type_map(section, table);
  return table;
}

}  // namespace picket
