// "Did you mean", for the messages of analysis. Internal to engine/analyse.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/text/diagnostic.hpp"
#include "grammar/text/nearest.hpp"

namespace picket {

// Adds the fix that writes the known name nearest to what was written, if one is near.
inline void suggest(Diagnostic& diagnostic, std::string_view written, SourceSpan span,
                    const std::vector<std::string>& known) {
  if (auto near = nearest(written, std::span<const std::string>(known))) {
    const std::vector<std::string_view> views(known.begin(), known.end());
    const bool certain = is_only_near(written, *near, views);
    std::string title = "write `" + *near + "`";
    diagnostic.fixes.push_back(
        {.title = std::move(title), .span = span, .replacement = std::move(*near), .certain = certain});
  }
}

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
