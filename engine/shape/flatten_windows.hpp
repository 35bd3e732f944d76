// How the other forms of Windows' events become the flat one, for values and for texts alike. Internal to engine/shape.
//
// A Node is a value of the event, as cheap to copy as a pointer: is_object(), is_list(), is_null(); each_member(visit)
// and each_element(visit); find(key), the value of exactly that key; text(), what a text says.
// A Flat is what the flat event is written to: add(FlatName, Node), where the first value of a name stays;
// add_data(FlatName, Node), where what is taken stands under a longer name, so that no value is lost to whoever looks
// through them all; add_empty_data(FlatName), the same of an empty text; add_list(FlatName, nodes).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace picket::shape {

constexpr std::string_view attributes_key = "#attributes";
constexpr std::string_view attributes_suffix = "_attributes";

// A name of the flat event: `Provider`, or `Provider` and `Name` for `Provider_Name`. Blanks in it do not count.
struct FlatName {
  std::string_view name;
  std::optional<std::string_view> part = std::nullopt;
};

inline bool is_text_key(std::string_view key) { return key == "#text" || key == "$" || key == "$text"; }

// The values of some keys, of each the last, by one walk over an object.
template <typename Node, std::size_t count>
std::array<std::optional<Node>, count> members(const Node& object, const std::array<std::string_view, count>& keys) {
  std::array<std::optional<Node>, count> found;
  object.each_member([&](std::string_view key, const Node& value) {
    for (std::size_t i = 0; i < count; ++i) {
      if (key == keys[i]) found[i] = value;
    }
  });
  return found;
}

template <typename Node>
std::optional<Node> text_of(const Node& element) {
  std::optional<Node> text;
  element.each_member([&](std::string_view key, const Node& value) {
    if (!text && is_text_key(key)) text = value;
  });
  return text;
}

// The attribute `Name` of an element, whichever way it is written.
template <typename Node>
std::optional<Node> name_of(const Node& element) {
  const std::optional<Node> attributes = element.find(attributes_key);
  if (attributes && attributes->is_object()) return attributes->find("Name");
  if (const std::optional<Node> name = element.find("@Name")) return name;
  return element.find("Name");
}

// `Provider: {#attributes: {Name: …}}` as `Provider_Name`, and an element's own text under its name.
template <typename Node, typename Flat>
void add_element(std::string_view name, const Node& value, Flat& flat) {
  if (!value.is_object()) {
    if (!value.is_null()) flat.add({name}, value);
    return;
  }
  const auto add_members = [&flat](std::string_view of, const Node& members) {
    members.each_member([&](std::string_view key, const Node& attribute) { flat.add({of, key}, attribute); });
  };
  if (name.ends_with(attributes_suffix)) {
    return add_members(name.substr(0, name.size() - attributes_suffix.size()), value);
  }
  if (const std::optional<Node> text = text_of(value)) flat.add({name}, *text);
  value.each_member([&](std::string_view key, const Node& part) {
    if (key == attributes_key) {
      if (part.is_object()) add_members(name, part);
    } else if (!is_text_key(key)) {
      flat.add({name, key.starts_with('@') ? key.substr(1) : key}, part);
    }
  });
}

// `Data`: elements with a `Name`, which are fields; or texts without, which stay a list.
template <typename Node, typename Flat>
void add_data(const Node& data, Flat& flat) {
  std::vector<Node> unnamed;
  const auto add = [&](const Node& element) {
    const std::optional<Node> name = element.is_object() ? name_of(element) : std::nullopt;
    std::optional<Node> text = element.is_object() ? text_of(element) : element;
    if (const auto words = name ? name->text() : std::nullopt) {
      if (!text) text = element.find("Value");
      if (text) flat.add_data({*words}, *text);
      if (!text) flat.add_empty_data({*words});
    } else if (text && text->is_list()) {
      text->each_element([&](const Node& one) { unnamed.push_back(one); });
    } else if (text && !text->is_null()) {
      unnamed.push_back(*text);
    }
  };
  if (data.is_list()) {
    data.each_element(add);
  } else {
    add(data);
  }
  if (unnamed.size() == 1) flat.add({"Data"}, unnamed.front());
  if (unnamed.size() > 1) flat.add_list({"Data"}, unnamed);
}

// The fields of `EventData`, or of one element of `UserData`.
template <typename Node, typename Flat>
void add_fields(const Node& fields, Flat& flat) {
  fields.each_member([&](std::string_view key, const Node& value) {
    if (key == attributes_key || key.starts_with('@') || key.ends_with(attributes_suffix)) return;
    if (key == "Data") return add_data(value, flat);
    const std::optional<Node> text = value.is_object() ? text_of(value) : std::nullopt;
    flat.add_data({key}, text ? *text : value);
  });
}

// What `Event` holds. False, and nothing is written, if there is no `System` in it.
template <typename Node, typename Flat>
bool add_nested(const Node& event, Flat& flat) {
  constexpr std::array<std::string_view, 4> parts = {"System", "EventData", "UserData", "RenderingInfo"};
  const auto [system, data, user_data, rendering] = members(event, parts);
  if (!system) return false;
  if (system->is_object()) {
    system->each_member([&](std::string_view key, const Node& value) { add_element(key, value, flat); });
  }
  if (data && data->is_object()) add_fields(*data, flat);
  if (user_data && user_data->is_object()) {
    user_data->each_member([&](std::string_view key, const Node& value) {
      if (value.is_object() && key != attributes_key) add_fields(value, flat);
    });
  }
  const std::optional<Node> message = rendering && rendering->is_object() ? rendering->find("Message") : std::nullopt;
  if (message) flat.add({"Message"}, *message);
  return true;
}

// What Winlogbeat says beside the data: its key, and the event log's name for it.
constexpr std::array<std::string_view, 14> winlog_keys = {
    "channel", "event_id", "provider_name", "provider_guid", "computer_name", "record_id",  "task",
    "opcode",  "version",  "keywords",      "process",       "user",          "event_data", "user_data"};
constexpr std::array<std::string_view, 10> winlog_names = {
    "Channel",       "EventID", "Provider_Name", "Provider_Guid", "Computer",
    "EventRecordID", "Task",    "Opcode",        "Version",       "Keywords"};

template <typename Node, typename Flat>
void add_winlog(const Node& winlog, Flat& flat) {
  const auto found = members(winlog, winlog_keys);
  for (std::size_t i = 0; i < winlog_names.size(); ++i) {
    if (found[i] && !found[i]->is_null()) flat.add({winlog_names[i]}, *found[i]);
  }
  const auto& process = found[winlog_names.size()];
  const auto& user = found[winlog_names.size() + 1];
  const auto in = [](const std::optional<Node>& node, std::string_view key) {
    return node && node->is_object() ? node->find(key) : std::nullopt;
  };
  if (const auto id = in(process, "pid")) flat.add({"Execution_ProcessID"}, *id);
  if (const auto id = in(in(process, "thread"), "id")) flat.add({"Execution_ThreadID"}, *id);
  if (const auto id = in(user, "identifier")) flat.add({"Security_UserID"}, *id);
  for (std::size_t data = winlog_keys.size() - 2; data < winlog_keys.size(); ++data) {
    if (found[data] && found[data]->is_object()) add_fields(*found[data], flat);
  }
  // What the event log has no name for: `winlog.user` as `winlog_user`.
  winlog.each_member([&](std::string_view key, const Node& value) {
    const bool has_fields = key == "event_data" || key == "user_data";
    const bool named = std::find(winlog_keys.begin(), winlog_keys.begin() + winlog_names.size(), key) !=
                       winlog_keys.begin() + winlog_names.size();
    if (!named && !has_fields) flat.add({"winlog", key}, value);
  });
}

// Writes the event, if it is in another form; false if it is not, and then nothing has been written.
template <typename Node, typename Flat>
bool flatten(const Node& event, Flat& flat) {
  constexpr std::array<std::string_view, 3> keys = {"Event", "winlog", "message"};
  const auto [nested, winlog, message] = members(event, keys);
  const bool is_nested = nested && nested->is_object() && add_nested(*nested, flat);
  if (!is_nested) {
    if (!winlog || !winlog->is_object()) return false;
    add_winlog(*winlog, flat);
    if (message) flat.add({"Message"}, *message);
  }
  event.each_member([&](std::string_view key, const Node& value) {
    if (key != (is_nested ? "Event" : "winlog")) flat.add({key}, value);
  });
  return true;
}

}  // namespace picket::shape
