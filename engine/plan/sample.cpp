#include "engine/plan/sample.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <variant>

#include "engine/event/json.hpp"
#include "engine/event/words.hpp"

namespace picket {

// Once there are enough of a log type, each further event takes the place of another with the chance that leaves all
// alike (Vitter, "Random sampling with a reservoir", 1985); by a chance that is the same every time.
void EventSample::add(Value event, std::string_view log_type) {
  auto found = log_types_.find(log_type);
  if (found == log_types_.end()) found = log_types_.emplace(log_type, OfLogType{}).first;
  OfLogType& of = found->second;
  ++of.met;
  if (of.events.size() == most_of_log_type) {
    constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
    const std::uint64_t place = words::mix(of.met, factor) % of.met;
    if (place < of.events.size()) of.events[place] = std::move(event);
  } else if (size_ < most_events) {
    of.events.push_back(std::move(event));
    ++size_;
  }
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
  const auto found = log_types_.find(log_type);
  return found == log_types_.end() ? std::span<const Value>() : std::span<const Value>(found->second.events);
}

}  // namespace picket
