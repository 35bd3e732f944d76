// The same events, laid out in every way that a stream may be.
#pragma once

#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace picket::tests {

struct Layout {
  std::string_view name;
  std::string text;
};

inline std::vector<Layout> layouts_of(const std::vector<nlohmann::ordered_json>& events) {
  using Json = nlohmann::ordered_json;
  const auto joined = [&](std::string_view between, int indent) {
    std::string text;
    for (const Json& event : events) text += (text.empty() ? "" : std::string(between)) + event.dump(indent);
    return text;
  };
  const Json array(events);
  Json records;
  records["Records"] = array;
  std::string record_lines;
  std::string array_lines;
  for (std::size_t i = 0; i < events.size(); i += 3) {
    const auto begin = events.begin() + static_cast<std::ptrdiff_t>(i);
    const auto end = events.begin() + static_cast<std::ptrdiff_t>(std::min(i + 3, events.size()));
    const Json part(std::vector<Json>(begin, end));
    record_lines += "{\"Records\":" + part.dump() + "}\n";
    array_lines += part.dump() + "\n";
  }
  return {{"lines", joined("\n", -1) + "\n"},
          {"lines, no line end at the end", joined("\n", -1)},
          {"lines, CRLF and a byte order mark", "\xEF\xBB\xBF" + joined("\r\n", -1) + "\r\n"},
          {"lines with blank ones between", "\n" + joined("\n \n\n", -1)},
          {"documents", joined("\n", 2) + "\n"},
          {"documents indented by nothing", joined("\n", 0) + "\n"},
          {"documents side by side", joined("", -1)},
          {"documents with commas", joined(",\n", -1) + ",\n"},
          {"array", array.dump()},
          {"array, indented", array.dump(4) + "\n"},
          {"array, an element a line", "[\n" + joined(",\n", -1) + "\n]\n"},
          {"Records", records.dump()},
          {"Records, indented", records.dump(1) + "\n"},
          {"Records, an element a line", "{\"Records\":[\n" + joined(",\n", -1) + "\n]}\n"},
          {"Records on lines", record_lines},
          {"records", "{ \"records\" : " + array.dump() + "}"},
          {"arrays on lines", array_lines}};
}

// Objects of every shape, with every character that framing looks at in their strings and keys.
class RandomEvents {
 public:
  explicit RandomEvents(unsigned seed) : random_(seed) {}

  std::vector<nlohmann::ordered_json> some(std::size_t count) {
    std::vector<nlohmann::ordered_json> events;
    for (std::size_t i = 0; i < count; ++i) {
      nlohmann::ordered_json event = object(3);
      event["id"] = i;
      event["p_log_type"] = "Test";
      events.push_back(std::move(event));
    }
    return events;
  }

  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }

 private:
  std::string text() {
    static constexpr std::string_view characters = "ab{}[]\",:\\\n\r\t Records";
    std::string made;
    for (std::size_t i = below(12); i > 0; --i) made += characters[below(characters.size())];
    if (below(8) == 0) made += "\u2028é🙂";
    if (below(40) == 0) made.append(5000, '{');
    return made;
  }

  nlohmann::ordered_json object(int depth) {
    nlohmann::ordered_json made = nlohmann::ordered_json::object();
    for (std::size_t i = below(4); i > 0; --i) made[text()] = value(depth - 1);
    return made;
  }

  nlohmann::ordered_json value(int depth) {
    switch (below(depth > 0 ? 7 : 5)) {
      case 0:
        return nullptr;
      case 1:
        return below(2) == 0;
      case 2:
        return below(1'000'000'000) * below(1'000'000'000);
      case 3:
        return -0.5 * static_cast<double>(below(1000));
      case 4:
        return text();
      case 5:
        return object(depth);
      default:
        break;
    }
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (std::size_t i = below(4); i > 0; --i) list.push_back(value(depth - 1));
    return list;
  }

  std::mt19937 random_;
};

}  // namespace picket::tests
