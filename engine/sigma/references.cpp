#include "engine/sigma/references.hpp"

namespace picket::sigma {

namespace {

bool is_text(const yaml::Mapping::Entry* entry) {
  return entry != nullptr && entry->value->scalar() != nullptr && !entry->value->value().is_null();
}

}  // namespace

const yaml::Mapping::Entry* identity_of(const yaml::Mapping& document) {
  for (const char* key : {"id", "name", "title"}) {
    const auto* entry = document.find(key);
    if (is_text(entry) && !entry->value->scalar()->text.empty()) return entry;
  }
  return nullptr;
}

void References::add(const yaml::Node& document) {
  const yaml::Mapping* mapping = document.mapping();
  if (mapping == nullptr) return;
  const auto* identity = identity_of(*mapping);
  if (identity == nullptr) return;
  const std::string id = identity->value->scalar()->text;
  const auto* named = mapping->find("name");
  const std::string name = is_text(named) ? named->value->scalar()->text : std::string();
  Referenced one{.id = id, .log_source = std::nullopt};
  const auto* log_source = mapping->find("logsource");
  if (log_source != nullptr && log_source->value->mapping() != nullptr) {
    one.log_source = read_log_source_name(*log_source->value->mapping());
  }
  if (!name.empty()) {
    const auto [named_before, is_new] = id_of_name_.emplace(name, id);
    if (!is_new && named_before->second != id) ambiguous_.insert(name);
  }
  by_id_.emplace(id, std::move(one));
}

const Referenced* References::find(std::string_view name) const {
  auto found = by_id_.find(name);
  if (found != by_id_.end()) return &found->second;
  const auto id = id_of_name_.find(name);
  if (id == id_of_name_.end()) return nullptr;
  found = by_id_.find(id->second);
  return found == by_id_.end() ? nullptr : &found->second;
}

}  // namespace picket::sigma
