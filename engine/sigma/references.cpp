#include "engine/sigma/references.hpp"

namespace picket::sigma {

void References::add(const yaml::Node& document) {
  const yaml::Mapping* mapping = document.mapping();
  if (mapping == nullptr) return;
  const auto text = [mapping](std::string_view key) {
    const auto* entry = mapping->find(key);
    const bool there = entry != nullptr && entry->value->scalar() != nullptr && !entry->value->value().is_null();
    return there ? entry->value->scalar()->text : std::string();
  };
  const std::string name = text("name");
  std::string id = text("id");
  if (id.empty()) id = name;
  if (id.empty()) id = text("title");
  if (id.empty()) return;
  Referenced one{.id = id, .log_source = std::nullopt};
  const auto* log_source = mapping->find("logsource");
  if (log_source != nullptr && log_source->value->mapping() != nullptr) {
    one.log_source = read_log_source_name(*log_source->value->mapping());
  }
  if (!name.empty()) id_of_name_.emplace(name, id);
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
