// Functions over objects.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

#include "engine/eval/access.hpp"
#include "engine/eval/function_bodies.hpp"

namespace picket::bodies {
namespace {

// Takes the next step off the front of a path text: `name`, `.name`, `[3]`, `["name"]`. Nothing if there is none.
std::optional<PathStep> take_step(std::string_view& path, bool first) {
  if (path.starts_with('[')) {
    const std::size_t end = path.find(']', path.size() > 1 && path[1] == '"' ? path.find('"', 2) : 1);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view inner = path.substr(1, end - 1);
    path.remove_prefix(end + 1);
    if (inner.size() >= 2 && inner.starts_with('"') && inner.ends_with('"')) {
      return std::string(inner.substr(1, inner.size() - 2));
    }
    std::int64_t index = 0;
    const auto read = std::from_chars(inner.data(), inner.data() + inner.size(), index);
    if (read.ec != std::errc() || read.ptr != inner.data() + inner.size()) return std::nullopt;
    return index;
  }
  if (!first) {
    if (!path.starts_with('.')) return std::nullopt;
    path.remove_prefix(1);
  }
  const std::size_t end = std::min(path.find_first_of(".["), path.size());
  if (end == 0) return std::nullopt;
  std::string name(path.substr(0, end));
  path.remove_prefix(end);
  return name;
}

bool is_scalar(const Value& value) { return !value.is_null() && value.list() == nullptr && value.object() == nullptr; }

}  // namespace

Value keys(const Call& call) {
  List keys;
  for (const auto& entry : call.value(0).object()->entries()) keys.emplace_back(entry.first);
  return keys;
}

Value values(const Call& call) {
  List values;
  for (const auto& entry : call.value(0).object()->entries()) values.push_back(entry.second);
  return values;
}

Value merge(const Call& call) {
  Object merged;
  for (const Value& value : call.list(0)) {
    const Object* object = value.object();
    if (object == nullptr) continue;
    if (!call.budget.spend(object->size())) return {};
    for (const auto& [key, held] : object->entries()) merged.set(key, held);
  }
  return merged;
}

Value object(const Call& call) {
  Object made;
  for (const Value& element : call.list(0)) {
    const Value& key = member_of(element, call.text(1));
    const Value& value = member_of(element, call.text(2));
    if (is_scalar(key) && !value.is_null()) made.set(to_text(key), value);
  }
  return made;
}

Value get(const Call& call) {
  std::string_view path = call.text(1);
  Value value = call.value(0);
  for (bool first = true; !path.empty(); first = false) {
    const auto step = take_step(path, first);
    if (!step || value.is_null() || !call.budget.spend(1)) return {};
    if (const auto* key = std::get_if<std::string>(&*step)) {
      value = Value(member_of(value, *key));
    } else {
      value = item_of(value, std::get<std::int64_t>(*step), call.budget);
    }
  }
  return value;
}

Value compact(const Call& call) {
  if (const List* list = call.value(0).list()) {
    List kept;
    std::copy_if(list->begin(), list->end(), std::back_inserter(kept),
                 [](const Value& value) { return !value.empty(); });
    return kept;
  }
  Object kept;
  for (const auto& [key, value] : call.value(0).object()->entries()) {
    if (!value.empty()) kept.set(key, value);
  }
  return kept;
}

}  // namespace picket::bodies
