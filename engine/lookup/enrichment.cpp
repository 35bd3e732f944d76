#include "engine/lookup/enrichment.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "engine/lookup/max_mind.hpp"
#include "engine/lookup/row_index.hpp"

namespace picket {
namespace {

constexpr std::string_view match_key = "p_match";
constexpr std::size_t most_values = 1'000;  // that one selector looks up in one event

// The values of a selector, and whether they were found through a list.
struct Selected {
  std::vector<std::string> keys;
  bool several = false;
};

// NOLINTNEXTLINE(misc-no-recursion): as deep as the event is nested
void select(const Value& value, const std::vector<std::string>& steps, std::size_t step, Selected& selected) {
  if (const List* list = value.list()) {
    selected.several = true;
    for (const Value& element : *list) {
      if (selected.keys.size() >= most_values) return;
      select(element, steps, step, selected);
    }
    return;
  }
  if (step < steps.size()) {
    const Value* next = value.object() == nullptr ? nullptr : value.object()->find(steps[step]);
    if (next != nullptr) select(*next, steps, step + 1, selected);
    return;
  }
  const std::string* text = value.string();
  if (text == nullptr && value.kind() != Kind::number) return;
  selected.keys.push_back(text != nullptr ? *text : to_text(value));
}

std::optional<Value> find_row(const TableRows& rows, const Object* mocked, const std::string& key) {
  if (mocked != nullptr) {
    const Value* row = mocked->find_exact(key);
    return row == nullptr || row->is_null() ? std::nullopt : std::optional(*row);  // `x: null`: no row of x
  }
  if (const auto* index = std::get_if<std::shared_ptr<const RowIndex>>(&rows)) {
    const Value* row = (*index)->find(key);
    return row == nullptr ? std::nullopt : std::optional(*row);
  }
  if (const auto* database = std::get_if<std::shared_ptr<const MaxMindDatabase>>(&rows)) return (*database)->find(key);
  return std::nullopt;
}

Value with_match(const Value& row, const std::string& key) {
  if (row.object() == nullptr) return row;
  Object with = *row.object();
  with.set(std::string(match_key), key);
  return with;
}

// What a table says of the values that a selector leads to; nothing if it has no row for any of them.
std::optional<Value> rows_for(const Enrichment::Lookup& lookup, const LookupTable::Selector& selector,
                              const Value& event, const Object* mocked) {
  Selected selected;
  select(event, selector.steps, 0, selected);
  List rows;
  std::unordered_set<std::string_view> seen;
  for (const std::string& key : selected.keys) {
    if (!seen.insert(key).second) continue;
    if (auto row = find_row(*lookup.rows, mocked, key)) rows.push_back(with_match(*row, key));
  }
  if (rows.empty()) return std::nullopt;
  if (selected.several) return Value(std::move(rows));
  return std::move(rows.front());
}

const Object* object_in(const Object* object, std::string_view key) {
  const Value* value = object == nullptr ? nullptr : object->find_exact(key);
  return value == nullptr ? nullptr : value->object();
}

}  // namespace

bool has_row(const TableRows& rows, std::string_view key) {
  if (const auto* index = std::get_if<std::shared_ptr<const RowIndex>>(&rows)) return (*index)->find(key) != nullptr;
  const auto* database = std::get_if<std::shared_ptr<const MaxMindDatabase>>(&rows);
  return database != nullptr && (*database)->knows(key);
}

struct Enrichment::Table {
  LookupTable table;
  TableRows rows;
};

Enrichment::Enrichment() = default;
Enrichment::~Enrichment() = default;

void Enrichment::add(const LookupTable& table, TableRows rows) {
  const Table& added = *tables_.emplace_back(std::make_unique<Table>(Table{table, std::move(rows)}));
  for (const LookupTable::Association& one : added.table.log_types) {
    if (one.selectors.empty()) continue;
    by_log_type_[one.log_type.value].push_back(
        {.table = &added.table.id.value, .rows = &added.rows, .selectors = &one.selectors});
  }
}

std::vector<std::string> Enrichment::table_names() const {
  std::vector<std::string> names;
  for (const auto& table : tables_) names.push_back(table->table.id.value);
  return names;
}

const std::vector<Enrichment::Lookup>& Enrichment::of(std::string_view log_type) const {
  static const std::vector<Lookup> none;
  const auto found = by_log_type_.find(log_type);
  return found == by_log_type_.end() ? none : found->second;
}

std::optional<Value> Enrichment::look_up(const Value& event, std::string_view log_type, const Object* mocked) const {
  const Object* object = event.object();
  if (object == nullptr) return std::nullopt;
  const Object* there = object_in(object, key);
  Object enrichment = there == nullptr ? Object() : *there;
  bool any = false;
  for (const Lookup& lookup : of(log_type)) {
    const Object* mocked_rows = object_in(mocked, *lookup.table);
    const bool holds_rows = mocked_rows != nullptr || !std::holds_alternative<std::monostate>(*lookup.rows);
    if (!holds_rows) continue;
    const Object* of_table = object_in(&enrichment, *lookup.table);
    Object rows = of_table == nullptr ? Object() : *of_table;
    bool added = false;
    for (const LookupTable::Selector& selector : *lookup.selectors) {
      if (rows.find_exact(selector.written) != nullptr) continue;  // the event brings these
      auto found = rows_for(lookup, selector, event, mocked_rows);
      if (!found) continue;
      rows.set(selector.written, *std::move(found));
      added = true;
    }
    if (added) enrichment.set(*lookup.table, std::move(rows));
    any = any || added;
  }
  return any ? std::optional<Value>(std::move(enrichment)) : std::nullopt;
}

std::optional<Value> Enrichment::enriched(const Value& event, std::string_view log_type, const Object* mocked) const {
  auto enrichment = look_up(event, log_type, mocked);
  if (!enrichment) return std::nullopt;
  Object with = *event.object();
  with.set(std::string(key), *std::move(enrichment));
  return Value(std::move(with));
}

}  // namespace picket
