#include "engine/plan/sample.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "engine/event/json.hpp"

namespace picket {

void EventSample::add(Value event, std::string_view log_type) {
  if (size_ == most_events) return;
  auto found = events_.find(log_type);
  if (found == events_.end()) found = events_.emplace(log_type, std::vector<Value>()).first;
  if (found->second.size() == most_of_log_type) return;
  found->second.push_back(std::move(event));
  ++size_;
}

void EventSample::add_lines(std::string_view lines, std::string_view log_type) {
  const auto count = static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n')) + 1;
  const std::size_t stride = (count + most_events - 1) / most_events;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < lines.size(); ++number) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    const std::string_view line = lines.substr(begin, end - begin);
    begin = end + 1;
    if (number % stride != 0) continue;
    auto read = read_json(line);
    auto* event = std::get_if<Value>(&read);
    if (event == nullptr || event->object() == nullptr) continue;
    const Value* named = event->object()->find_exact("p_log_type");
    const std::string* own = named == nullptr ? nullptr : named->string();
    const std::string name(own != nullptr && !own->empty() ? std::string_view(*own) : log_type);
    add(std::move(*event), name);
  }
}

std::span<const Value> EventSample::events(std::string_view log_type) const {
  const auto found = events_.find(log_type);
  return found == events_.end() ? std::span<const Value>() : std::span<const Value>(found->second);
}

}  // namespace picket
