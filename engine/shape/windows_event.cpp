#include "engine/shape/windows_event.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace picket {
namespace {

constexpr std::string_view attributes_key = "#attributes";
constexpr std::string_view attributes_suffix = "_attributes";

// An event while it becomes flat: the first value of a name stays.
class FlatEvent {
 public:
  void add(std::string_view name, const Value& value) {
    std::string key = without_blanks(name);
    if (object_.find_exact(key) == nullptr) object_.set(std::move(key), value);
  }
  // What is taken already stands under a longer name, so that no value is lost to whoever looks through them all.
  void add_data(std::string_view name, const Value& value) {
    std::string key = without_blanks(name);
    const Value* taken = object_.find_exact(key);
    add(taken == nullptr || *taken == value ? key : "EventData_" + key, value);
  }
  [[nodiscard]] Value take() { return {std::move(object_)}; }

 private:
  static std::string without_blanks(std::string_view name) {
    std::string key(name);
    std::erase(key, ' ');
    return key;
  }

  Object object_;
};

bool is_text_key(std::string_view key) { return key == "#text" || key == "$" || key == "$text"; }

const Value* text_of(const Object& element) {
  for (const auto& [key, value] : element.entries()) {
    if (is_text_key(key)) return &value;
  }
  return nullptr;
}

// The attribute of an element, whichever way it is written.
const Value* attribute_of(const Object& element, std::string_view name) {
  if (const Value* all = element.find_exact(attributes_key); all != nullptr && all->object() != nullptr) {
    return all->object()->find_exact(name);
  }
  if (const Value* value = element.find_exact("@" + std::string(name))) return value;
  return element.find_exact(name);
}

// `Provider: {#attributes: {Name: …}}` as `Provider_Name`, and an element's own text under its name.
void add_element(const std::string& name, const Value& value, FlatEvent& flat) {
  const Object* element = value.object();
  if (element == nullptr) {
    if (!value.is_null()) flat.add(name, value);
    return;
  }
  if (name.ends_with(attributes_suffix)) {
    const std::string of = name.substr(0, name.size() - attributes_suffix.size());
    for (const auto& [key, attribute] : element->entries()) flat.add(of + "_" + key, attribute);
    return;
  }
  if (const Value* text = text_of(*element)) flat.add(name, *text);
  for (const auto& [key, part] : element->entries()) {
    if (key == attributes_key) {
      if (part.object() == nullptr) continue;
      for (const auto& [attribute, of] : part.object()->entries()) flat.add(name + "_" + attribute, of);
    } else if (!is_text_key(key)) {
      flat.add(name + "_" + (key.starts_with('@') ? key.substr(1) : key), part);
    }
  }
}

// `Data`: elements with a `Name`, which are fields; or texts without, which stay a list.
void add_data(const Value& data, FlatEvent& flat) {
  const List alone = {data};
  const List& elements = data.list() != nullptr ? *data.list() : alone;
  List unnamed;
  for (const Value& element : elements) {
    const Object* object = element.object();
    const Value* name = object == nullptr ? nullptr : attribute_of(*object, "Name");
    const Value* text = object == nullptr ? &element : text_of(*object);
    if (name != nullptr && name->string() != nullptr) {
      if (text == nullptr) text = object->find_exact("Value");
      flat.add_data(*name->string(), text == nullptr ? Value("") : *text);
    } else if (text != nullptr && text->list() != nullptr) {
      unnamed.insert(unnamed.end(), text->list()->begin(), text->list()->end());
    } else if (text != nullptr && !text->is_null()) {
      unnamed.push_back(*text);
    }
  }
  if (!unnamed.empty()) flat.add("Data", unnamed.size() == 1 ? unnamed.front() : Value(std::move(unnamed)));
}

// The fields of `EventData`, or of one element of `UserData`.
void add_fields(const Object& fields, FlatEvent& flat) {
  for (const auto& [key, value] : fields.entries()) {
    if (key == attributes_key || key.starts_with('@') || key.ends_with(attributes_suffix)) continue;
    const Object* element = value.object();
    if (key == "Data") {
      add_data(value, flat);
    } else if (element != nullptr && text_of(*element) != nullptr) {
      flat.add_data(key, *text_of(*element));
    } else {
      flat.add_data(key, value);
    }
  }
}

void add_nested(const Object& event, FlatEvent& flat) {
  if (const Value* system = event.find_exact("System"); system != nullptr && system->object() != nullptr) {
    for (const auto& [key, value] : system->object()->entries()) add_element(key, value, flat);
  }
  if (const Value* data = event.find_exact("EventData"); data != nullptr && data->object() != nullptr) {
    add_fields(*data->object(), flat);
  }
  if (const Value* data = event.find_exact("UserData"); data != nullptr && data->object() != nullptr) {
    for (const auto& [key, value] : data->object()->entries()) {
      if (value.object() != nullptr && key != attributes_key) add_fields(*value.object(), flat);
    }
  }
  const Value* rendering = event.find_exact("RenderingInfo");
  const Value* message =
      rendering == nullptr || rendering->object() == nullptr ? nullptr : rendering->object()->find_exact("Message");
  if (message != nullptr) flat.add("Message", *message);
}

// Winlogbeat's names and those of the event log.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> winlog_names = {
    {{"channel", "Channel"},
     {"event_id", "EventID"},
     {"provider_name", "Provider_Name"},
     {"provider_guid", "Provider_Guid"},
     {"computer_name", "Computer"},
     {"record_id", "EventRecordID"},
     {"task", "Task"},
     {"opcode", "Opcode"},
     {"version", "Version"},
     {"keywords", "Keywords"}}};

const Value* at_path(const Object& object, std::initializer_list<std::string_view> keys) {
  const Object* at = &object;
  const Value* found = nullptr;
  for (const std::string_view key : keys) {
    found = at == nullptr ? nullptr : at->find_exact(key);
    at = found == nullptr ? nullptr : found->object();
  }
  return found;
}

void add_winlog(const Object& winlog, const Object& event, FlatEvent& flat) {
  for (const auto& [theirs, name] : winlog_names) {
    if (const Value* value = winlog.find_exact(theirs); value != nullptr && !value->is_null()) flat.add(name, *value);
  }
  if (const Value* id = at_path(winlog, {"process", "pid"})) flat.add("Execution_ProcessID", *id);
  if (const Value* id = at_path(winlog, {"process", "thread", "id"})) flat.add("Execution_ThreadID", *id);
  if (const Value* id = at_path(winlog, {"user", "identifier"})) flat.add("Security_UserID", *id);
  constexpr std::array<std::string_view, 2> data = {"event_data", "user_data"};
  for (const std::string_view key : data) {
    const Value* fields = winlog.find_exact(key);
    if (fields != nullptr && fields->object() != nullptr) add_fields(*fields->object(), flat);
  }
  // What the event log has no name for: `winlog.user` as `winlog_user`.
  for (const auto& [key, value] : winlog.entries()) {
    const bool named = std::ranges::find(winlog_names, key, &std::pair<std::string_view, std::string_view>::first) !=
                       winlog_names.end();
    if (!named && std::ranges::find(data, key) == data.end()) flat.add("winlog_" + key, value);
  }
  if (const Value* message = event.find_exact("message")) flat.add("Message", *message);
}

void add_others(const Object& event, std::string_view but, FlatEvent& flat) {
  for (const auto& [key, value] : event.entries()) {
    if (key != but) flat.add(key, value);
  }
}

}  // namespace

std::optional<Value> flat_windows_event(const Value& event) {
  const Object* object = event.object();
  if (object == nullptr) return std::nullopt;
  const Value* nested = object->find_exact("Event");
  FlatEvent flat;
  if (nested != nullptr && nested->object() != nullptr && nested->object()->find_exact("System") != nullptr) {
    add_nested(*nested->object(), flat);
    add_others(*object, "Event", flat);
    return flat.take();
  }
  const Value* winlog = object->find_exact("winlog");
  if (winlog == nullptr || winlog->object() == nullptr) return std::nullopt;
  add_winlog(*winlog->object(), *object, flat);
  add_others(*object, "winlog", flat);
  return flat.take();
}

}  // namespace picket
