// What the messages of analysis are made of. Internal to engine/analyse.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace picket {

template <typename Map>
[[nodiscard]] std::vector<std::string> keys_of(const Map& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map) keys.push_back(key);
  return keys;
}

// "1 argument", "2 arguments".
[[nodiscard]] inline std::string plural(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace picket
