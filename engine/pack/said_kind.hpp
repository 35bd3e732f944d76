// What kind of analysis file a text says that it is, without reading it as YAML: a first sieve, and all that is known
// of one that is no YAML. Internal to engine/pack.
#pragma once

#include <optional>
#include <string_view>

namespace picket {

// What stands behind `AnalysisType:`, blanks and all, if a line of a file begins with that.
[[nodiscard]] inline std::optional<std::string_view> said_kind(std::string_view line) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  constexpr std::string_view key = "AnalysisType:";
  if (line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
  if (!line.starts_with(key)) return std::nullopt;
  return line.substr(key.size());
}

}  // namespace picket
