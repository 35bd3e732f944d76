#include "engine/correlation/match_values.hpp"

#include <algorithm>
#include <span>

namespace picket {
namespace {

constexpr std::string_view context_step = "p_alert_context";

void collect(const Value& value, std::span<const PathStep> path, std::vector<Value>& found);

void collect_all(const List& list, std::span<const PathStep> path, std::vector<Value>& found) {
  for (const Value& element : list) collect(element, path, found);
}

void collect(const Value& value, std::span<const PathStep> path, std::vector<Value>& found) {
  if (path.empty()) {
    if (const List* list = value.list()) return collect_all(*list, path, found);
    if (value.empty() || value.object() != nullptr) return;
    if (std::find(found.begin(), found.end(), value) == found.end()) found.push_back(value);
    return;
  }
  if (const auto* index = std::get_if<std::int64_t>(&path.front())) {
    const List* list = value.list();
    if (list == nullptr) return;
    const auto size = static_cast<std::int64_t>(list->size());
    const std::int64_t at = *index < 0 ? size + *index : *index;
    if (at >= 0 && at < size) collect((*list)[static_cast<std::size_t>(at)], path.subspan(1), found);
    return;
  }
  if (const List* list = value.list()) return collect_all(*list, path, found);
  if (const Object* object = value.object()) {
    const Value* member = object->find(std::get<std::string>(path.front()));
    if (member != nullptr) collect(*member, path.subspan(1), found);
  }
}

}  // namespace

std::vector<Value> values_at(const std::vector<PathStep>& path, const SignalView& signal) {
  std::vector<Value> found;
  const auto* first = path.empty() ? nullptr : std::get_if<std::string>(&path.front());
  const bool context = first != nullptr && *first == context_step && signal.context != nullptr;
  const Value* root = context ? signal.context : signal.event;
  if (root != nullptr) collect(*root, std::span(path).subspan(context ? 1 : 0), found);
  return found;
}

void append_key(std::string& key, const Value& value) {
  const auto index = value.as_index();
  std::string text = index ? std::to_string(*index) : to_json(value);
  key += std::to_string(text.size()) + ":" + text;  // so that no two lists of values read alike
}

SignalKeys keys_of_signal(const CheckedCorrelation::Item& item, const SignalView& signal, std::size_t most) {
  SignalKeys result;
  result.keys.emplace_back();
  for (const std::vector<PathStep>& path : item.fields) {
    const std::vector<Value> values = values_at(path, signal);
    std::vector<std::vector<Value>> longer;
    for (const std::vector<Value>& key : result.keys) {
      for (const Value& value : values) {
        if (longer.size() == most) {
          result.cut = true;
          break;
        }
        longer.push_back(key);
        longer.back().push_back(value);
      }
    }
    result.keys = std::move(longer);
  }
  return result;
}

}  // namespace picket
