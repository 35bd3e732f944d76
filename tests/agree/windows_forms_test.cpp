// Random events in the forms that Windows' events come in, made flat as values and as texts: where the texts' reader
// says anything, it says the same.
#include <array>
#include <string>
#include <utility>

#include "engine/event/json.hpp"
#include "engine/event/structural_index.hpp"
#include "engine/shape/windows_event.hpp"
#include "engine/shape/windows_text.hpp"
#include "tests/agree/respell.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

// Names that mean something at some depth, and some that do not.
constexpr std::array names = {"System",
                              "EventData",
                              "UserData",
                              "RenderingInfo",
                              "Data",
                              "Name",
                              "Value",
                              "#text",
                              "$",
                              "$text",
                              "@Name",
                              "@Id",
                              "#attributes",
                              "Message",
                              "EventID",
                              "Channel",
                              "Provider",
                              "Execution",
                              "winlog",
                              "channel",
                              "event_id",
                              "event_data",
                              "user",
                              "identifier",
                              "process",
                              "pid",
                              "thread",
                              "id",
                              "Threat Name",
                              "ThreatName",
                              "Provider_attributes",
                              "_attributes",
                              "",
                              "ä",
                              "a\"b",
                              "Provider_Name"};

class Events {
 public:
  explicit Events(Chance& chance) : chance_(chance) {}

  Value event() {
    Object root = object(2).object() != nullptr ? *object(2).object() : Object();
    if (!chance_.one_in(4)) {
      Object nested = *object(3).object();
      if (!chance_.one_in(5)) nested.set("System", value(2));
      if (!chance_.one_in(3)) nested.set("EventData", value(3));
      root.set("Event", Value(std::move(nested)));
    } else if (!chance_.one_in(4)) {
      Object winlog = *object(3).object();
      if (!chance_.one_in(3)) winlog.set("event_data", value(3));
      root.set("winlog", Value(std::move(winlog)));
    }
    return {std::move(root)};
  }

 private:
  Value object(std::size_t depth) {
    Object made;
    for (std::size_t i = chance_.below(6); i > 0; --i) made.set(names[chance_.below(names.size())], value(depth - 1));
    return {std::move(made)};
  }
  Value value(std::size_t depth) {
    const std::size_t kind = chance_.below(depth == 0 ? 5 : 11);
    if (kind == 0) return nullptr;
    if (kind == 1) return static_cast<std::int64_t>(chance_.below(3));
    if (kind == 2) return chance_.one_in(2);
    if (kind < 5) return std::string(names[chance_.below(names.size())]);
    if (kind < 9) return object(depth);
    List list;
    for (std::size_t i = chance_.below(4); i > 0; --i) list.push_back(value(depth - 1));
    return {std::move(list)};
  }

  Chance& chance_;
};

TEST_CASE("agree: events of Windows become flat as values and as texts") {
  StructuralIndex index;
  WindowsText windows;
  std::size_t answered = 0;
  std::size_t flattened = 0;
  for (Origin origin{.test = 90, .number = 0}; origin.number < agree_pairs() / 10; ++origin.number) {
    Chance chance = origin.chance();
    const Value event = Events(chance).event();
    const std::string text = chance.one_in(3) ? respelled(event, chance, {}) : to_json(event);
    CAPTURE(origin.words(), text);
    const auto flat = flat_windows_event(std::get<Value>(read_json(text)));
    const std::string padded = std::string(64, ' ') + text + std::string(64, ' ');
    const std::string_view block = std::string_view(padded).substr(64, text.size());
    REQUIRE(index.build_one(block));
    const auto made = windows.flat(PlacedValue(block.data(), index.places()));
    flattened += flat.has_value() ? 1 : 0;
    if (!made) continue;
    ++answered;
    REQUIRE(flat.has_value());
    const auto read = read_json(*made);
    REQUIRE(std::holds_alternative<Value>(read));
    REQUIRE(to_json(std::get<Value>(read)) == to_json(*flat));
  }
  CHECK(answered > flattened / 3);
  CHECK(answered < flattened);
}

}  // namespace
}  // namespace picket::tests
