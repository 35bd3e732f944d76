// An analysis file line by line, with what stands on each by YAML's rules. Internal to engine/format.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/yaml/node.hpp"

namespace picket::format {

enum class LineKind : std::uint8_t {
  blank,
  comment,
  structure,  // a key or an item begins on it
  goes_on,    // it lies within a scalar or a flow collection that began on a line before
  marker,     // `---`, `...`, a directive
};

struct YamlLine {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;     // before its line end
  std::uint32_t next = 0;    // where the next line begins
  std::uint32_t indent = 0;  // blanks before its text
  LineKind kind = LineKind::blank;
  const yaml::Node* within = nullptr;  // of a line that goes on: the outermost node that it is a part of

  [[nodiscard]] std::uint32_t text() const { return begin + indent; }
};

// The lines of the file; a byte order mark belongs to none. `root` is the file's tree.
[[nodiscard]] std::vector<YamlLine> lines_of(std::string_view file, const yaml::Node& root);

}  // namespace picket::format
