#include "tools/events.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/event/json.hpp"
#include "engine/pack/read_file.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t most_bytes = std::size_t{16} << 20;

void add_events(const Value& value, const std::string& name, std::size_t most, std::vector<NamedEvent>& events) {
  const Object* object = value.object();
  const Value* records = object == nullptr ? nullptr : object->find_exact("Records");
  if (records == nullptr && object != nullptr) records = object->find_exact("records");
  const List* list = value.list() != nullptr ? value.list() : (records != nullptr ? records->list() : nullptr);
  if (list == nullptr) {
    if (object != nullptr) events.push_back({.name = name, .event = value});
    return;
  }
  for (std::size_t i = 0; i < list->size() && events.size() < most; ++i) {
    if ((*list)[i].object() == nullptr) continue;
    events.push_back({.name = name + "[" + std::to_string(i) + "]", .event = (*list)[i]});
  }
}

// Empty, or the line that is no JSON: "events.jsonl:7: this is no JSON".
std::string add_lines(std::string_view text, const std::string& name, std::size_t most,
                      std::vector<NamedEvent>& events) {
  for (std::size_t number = 1; !text.empty() && events.size() < most; ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::string place = name + ":" + std::to_string(number);
    const auto value = read_json(line);
    if (!std::holds_alternative<Value>(value)) return place + ": this is no JSON";
    add_events(std::get<Value>(value), place, most, events);
  }
  return {};
}

}  // namespace

std::variant<std::vector<NamedEvent>, std::string> read_events(const std::string& path, std::size_t most) {
  const std::string name = path == "-" ? "standard input" : escape_controls(path);
  Diagnostics diagnostics;
  const SourcePtr source = read_file(path == "-" ? "/dev/stdin" : path, most_bytes, diagnostics);
  if (source == nullptr) return escape_controls(diagnostics.all().front().message);
  if (source->text().size() > most_bytes) return name + " is larger than 16 MiB; `picket run` is for logs";
  std::vector<NamedEvent> events;
  if (const auto whole = read_json(source->text()); std::holds_alternative<Value>(whole)) {
    add_events(std::get<Value>(whole), name, most, events);
  } else if (std::string fault = add_lines(source->text(), name, most, events); !fault.empty()) {
    return fault;
  }
  if (events.empty()) return name + " holds no event: a JSON object, a list of them, or JSON lines";
  return events;
}

}  // namespace picket
