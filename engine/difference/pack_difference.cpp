#include "engine/difference/pack_difference.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/difference/dependents.hpp"

namespace picket {
namespace {

using difference::SharedName;

template <typename Item>
std::map<std::string, const Item*> by_id(const std::vector<Item>& items) {
  std::map<std::string, const Item*> result;
  for (const Item& item : items) result.emplace(item.id.value, &item);
  return result;
}

std::string title_of(const Library&) { return {}; }
std::string title_of(const LookupTable&) { return {}; }
template <typename Item>
std::string title_of(const Item& item) {
  return item.display_name;
}

std::string severity_of(const RuleMetadata& rule) { return std::string(spelling(rule.severity.value)); }
std::string severity_of(const Library&) { return {}; }
std::string severity_of(const DataModel&) { return {}; }
std::string severity_of(const LookupTable&) { return {}; }
std::string severity_of(const PackManifest&) { return {}; }

template <typename Item>
void compare_items(const std::vector<Item>& before, const std::vector<Item>& after, ItemKind kind,
                   std::vector<ItemChange>& changes) {
  const auto old_items = by_id(before);
  const auto new_items = by_id(after);
  std::set<std::string> ids;
  for (const auto& [id, item] : old_items) ids.insert(id);
  for (const auto& [id, item] : new_items) ids.insert(id);
  for (const std::string& id : ids) {
    const auto old_item = old_items.find(id);
    const auto new_item = new_items.find(id);
    const Item& newest = new_item != new_items.end() ? *new_item->second : *old_item->second;
    ItemChange change{ChangeKind::changed, kind, id, title_of(newest), severity_of(newest), newest.source->name(), {}};
    if (old_item == old_items.end()) {
      change.kind = ChangeKind::added;
    } else if (new_item == new_items.end()) {
      change.kind = ChangeKind::removed;
    } else {
      change.keys = difference_of(*old_item->second, *new_item->second);
      if (change.keys.empty()) continue;
    }
    changes.push_back(std::move(change));
  }
}

// A change within a definition names it first in what it stands in; one of it whole begins with its name.
std::string name_of(const PartChange& part) {
  if (!part.within.empty()) return part.within.front();
  if (!part.subject.empty()) return part.subject;
  const std::string& text = part.after.empty() ? part.before : part.after;
  return text.substr(0, text.find_first_of(" (="));
}

void add_names(const ItemChange& change, const Library& library, std::set<SharedName>& names) {
  for (const KeyChange& key : change.keys) {
    if (key.key != "Let") continue;
    for (const PartChange& part : key.parts) names.insert(difference::name_in_library(library, name_of(part)));
  }
}

// If more than mappings has changed, each of them counts.
void add_names(const ItemChange& change, const DataModel& model, std::set<SharedName>& names) {
  constexpr std::string_view prefix = "udm.";
  std::vector<std::string> mappings;
  if (change.keys.size() == 1 && change.keys.front().key == "Mappings") {
    for (const PartChange& part : change.keys.front().parts) mappings.push_back(name_of(part).substr(prefix.size()));
  } else {
    for (const auto& mapping : model.mappings) mappings.push_back(mapping.name.value);
  }
  for (const std::string& mapping : mappings) {
    for (const auto& log_type : model.log_types) names.insert(difference::name_in_model(mapping, log_type.value));
  }
}

// Of libraries, data models and lookup tables, in either version.
std::set<SharedName> changed_names(const PackDifference& difference, const Pack& before, const Pack& after) {
  std::set<SharedName> names;
  const auto libraries = by_id(after.libraries);
  const auto models_before = by_id(before.data_models);
  const auto models_after = by_id(after.data_models);
  for (const ItemChange& change : difference.items) {
    if (change.item == ItemKind::library && libraries.contains(change.id)) {
      add_names(change, *libraries.at(change.id), names);
    }
    if (change.item == ItemKind::lookup_table) names.insert(difference::name_in_events(change.id));
    if (change.item != ItemKind::data_model) continue;
    if (models_before.contains(change.id)) add_names(change, *models_before.at(change.id), names);
    if (models_after.contains(change.id)) add_names(change, *models_after.at(change.id), names);
  }
  return names;
}

}  // namespace

std::string_view in_words(ItemKind kind) {
  switch (kind) {
    case ItemKind::rule:
      return "rule";
    case ItemKind::library:
      return "library";
    case ItemKind::data_model:
      return "data model";
    case ItemKind::lookup_table:
      return "lookup table";
    case ItemKind::pack:
      return "pack";
  }
  return "";
}

std::size_t PackDifference::count(ItemKind item, ChangeKind kind) const {
  return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), [&](const ItemChange& change) {
    return change.item == item && change.kind == kind;
  }));
}

PackDifference difference_of(const Pack& before, const Pack& after) {
  PackDifference difference;
  difference.rules_before = before.rules.size() + before.correlations.size();
  difference.rules_after = after.rules.size() + after.correlations.size();
  compare_items(before.rules, after.rules, ItemKind::rule, difference.items);
  compare_items(before.correlations, after.correlations, ItemKind::rule, difference.items);
  compare_items(before.libraries, after.libraries, ItemKind::library, difference.items);
  compare_items(before.data_models, after.data_models, ItemKind::data_model, difference.items);
  compare_items(before.lookup_tables, after.lookup_tables, ItemKind::lookup_table, difference.items);
  compare_items(before.manifests, after.manifests, ItemKind::pack, difference.items);
  const std::set<SharedName> names = changed_names(difference, before, after);
  if (names.empty()) return difference;
  const difference::Dependents dependents(after, names);
  for (const auto& [id, rule] : by_id(after.rules)) {
    const bool told =
        std::any_of(difference.items.begin(), difference.items.end(),
                    [&, &own_id = id](const auto& item) { return item.item == ItemKind::rule && item.id == own_id; });
    if (told) continue;
    auto by = dependents.asked_for_by(*rule);
    if (!by.empty()) difference.affected.push_back({id, rule->source->name(), std::move(by)});
  }
  return difference;
}

}  // namespace picket
