#include "engine/ruletest/nearby.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "grammar/text/nearest.hpp"

namespace picket {
namespace {

constexpr std::size_t most_paths = 2000;  // of one event that are compared
constexpr std::size_t most_depth = 16;

// "a.b[0].c" as {"a", "b", "[0]", "c"}.
std::vector<std::string> steps_of(std::string_view path) {
  std::vector<std::string> steps;
  std::string step;
  const auto end_step = [&] {
    if (!step.empty()) steps.push_back(std::move(step));
    step.clear();
  };
  for (const char c : path) {
    if (c == '.' || c == '[') end_step();
    if (c != '.') step += c;
    if (c == ']') end_step();
  }
  end_step();
  return steps;
}

std::string join(const std::vector<std::string>& steps) {
  std::string path;
  for (const std::string& step : steps) {
    if (!path.empty() && !step.starts_with('[')) path += '.';
    path += step;
  }
  return path;
}

const Value* step_into(const Value& value, const std::string& step) {
  if (const Object* object = value.object()) return object->find(step);
  const List* list = value.list();
  if (list == nullptr || !step.starts_with('[')) return nullptr;
  std::int64_t index = 0;
  const auto [end, error] = std::from_chars(step.data() + 1, step.data() + step.size(), index);
  if (error != std::errc() || *end != ']') return nullptr;
  if (index < 0) index += static_cast<std::int64_t>(list->size());
  if (index < 0 || index >= static_cast<std::int64_t>(list->size())) return nullptr;
  return &(*list)[static_cast<std::size_t>(index)];
}

const Value* follow(const Value& event, const std::vector<std::string>& steps) {
  const Value* value = &event;
  for (const std::string& step : steps) {
    if (value != nullptr) value = step_into(*value, step);
  }
  return value;
}

void collect_paths(const Value& value, std::vector<std::string>& steps, std::vector<std::vector<std::string>>& paths) {
  if (paths.size() >= most_paths || steps.size() > most_depth) return;
  if (!steps.empty()) paths.push_back(steps);
  if (const Object* object = value.object()) {
    for (const auto& [key, element] : object->entries()) {
      steps.push_back(key);
      collect_paths(element, steps, paths);
      steps.pop_back();
    }
  } else if (const List* list = value.list(); list != nullptr && !list->empty()) {
    steps.emplace_back("[0]");
    collect_paths(list->front(), steps, paths);
    steps.pop_back();
  }
}

// One key of the path spelt otherwise.
std::optional<std::string> respelt(const Value& event, std::vector<std::string> steps) {
  const Value* value = &event;
  for (std::string& step : steps) {
    const Value* next = step_into(*value, step);
    if (next == nullptr) {
      const Object* object = value->object();
      if (object == nullptr) return std::nullopt;
      std::vector<std::string_view> keys;
      for (const auto& [key, element] : object->entries()) keys.push_back(key);
      const auto meant = nearest(step, keys);
      if (!meant) return std::nullopt;
      step = *meant;
      return follow(event, steps) != nullptr ? std::optional(join(steps)) : std::nullopt;
    }
    value = next;
  }
  return std::nullopt;
}

std::vector<std::string> strings_of(const Value& wanted) {
  std::vector<std::string> strings;
  if (const std::string* one = wanted.string()) strings.push_back(*one);
  if (const List* list = wanted.list()) {
    for (const Value& element : *list) {
      if (const std::string* text = element.string()) strings.push_back(*text);
    }
  }
  return strings;
}

}  // namespace

std::optional<std::string> nearest_path(const Value& event, std::string_view path) {
  const std::vector<std::string> steps = steps_of(path);
  if (steps.empty()) return std::nullopt;
  if (auto meant = respelt(event, steps)) return meant;

  std::vector<std::string> walked;
  std::vector<std::vector<std::string>> paths;
  collect_paths(event, walked, paths);
  for (const auto& candidate : paths) {
    if (candidate.back() == steps.back() && candidate != steps) return join(candidate);
  }
  std::vector<std::string> texts;
  texts.reserve(paths.size());
  for (const auto& candidate : paths) texts.push_back(join(candidate));
  auto meant = nearest(path, texts);
  return meant && *meant != path ? meant : std::nullopt;
}

std::optional<std::string> nearest_value(const Value& actual, const Value& wanted) {
  const std::string* text = actual.string();
  if (text == nullptr) return std::nullopt;
  const std::vector<std::string> strings = strings_of(wanted);
  const auto meant = nearest(*text, strings);
  if (!meant || *meant == *text) return std::nullopt;
  return to_json(Value(*meant));
}

std::string short_json(const Value& value, std::size_t bytes) {
  std::string text = to_json(value);
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes) + "…";
}

}  // namespace picket
