#include "engine/mutation/event_change.hpp"

#include <algorithm>

namespace picket {
namespace {

Value changed_at(const Value& value, std::span<const PathStep> path, const std::optional<Value>& target);

Value changed_object(const Value& value, const std::string& key, std::span<const PathStep> rest,
                     const std::optional<Value>& target) {
  static const Object none;
  const Object& object = value.object() != nullptr ? *value.object() : none;
  const Value* old = object.find(key);
  if (old == nullptr && !target) return value;
  Object copy;
  copy.reserve(object.size() + 1);
  for (const auto& [name, held] : object.entries()) {
    if (&held != old) {
      copy.set(name, held);
    } else if (!rest.empty() || target) {
      copy.set(name, rest.empty() ? *target : changed_at(held, rest, target));
    }
  }
  if (old == nullptr) copy.set(key, rest.empty() ? *target : changed_at(Value(), rest, target));
  return copy;
}

Value changed_list(const Value& value, std::int64_t index, std::span<const PathStep> rest,
                   const std::optional<Value>& target) {
  List list = value.list() != nullptr ? *value.list() : List();
  if (value.list() == nullptr && !value.is_null()) list.push_back(value);  // a scalar counts as a list of one
  const auto size = static_cast<std::int64_t>(list.size());
  const std::int64_t at = index < 0 ? std::max<std::int64_t>(size + index, 0) : index;
  if (at >= static_cast<std::int64_t>(longest_made_list)) return value;
  const auto place = static_cast<std::size_t>(at);
  if (place >= list.size() && !target) return value;
  if (place >= list.size()) list.resize(place + 1);
  if (rest.empty() && !target) {
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(place));
  } else {
    list[place] = rest.empty() ? *target : changed_at(list[place], rest, target);
  }
  return list;
}

Value changed_at(const Value& value, std::span<const PathStep> path, const std::optional<Value>& target) {
  if (const auto* key = std::get_if<std::string>(&path.front())) {
    return changed_object(value, *key, path.subspan(1), target);
  }
  return changed_list(value, std::get<std::int64_t>(path.front()), path.subspan(1), target);
}

}  // namespace

Value value_at(const Value& event, std::span<const PathStep> path) {
  Value value = event;
  for (const PathStep& step : path) {
    const auto* key = std::get_if<std::string>(&step);
    const Value* inner = nullptr;
    if (key != nullptr && value.object() != nullptr) inner = value.object()->find(*key);
    if (key == nullptr && value.list() != nullptr) {
      const auto size = static_cast<std::int64_t>(value.list()->size());
      const std::int64_t index = std::get<std::int64_t>(step) + (std::get<std::int64_t>(step) < 0 ? size : 0);
      if (index >= 0 && index < size) inner = &(*value.list())[static_cast<std::size_t>(index)];
    }
    if (inner == nullptr) return {};
    value = Value(*inner);
  }
  return value;
}

Value changed(const Value& event, const EventChange& change) { return changed_at(event, change.path, change.value); }

std::string describe(const EventChange& change) {
  const std::string path = "`" + print_path(change.path) + "`";
  if (!change.value) return "no " + path;
  return path + " is " + to_json(*change.value);
}

}  // namespace picket
