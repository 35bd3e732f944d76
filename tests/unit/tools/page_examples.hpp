// The examples on the pages of `picket explain`.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace picket::tests {

// The fenced blocks under `## Bad` or `## Good`.
struct PageExample {
  std::string kind;                          // "yaml" or "sh"
  std::map<std::string, std::string> files;  // that the texts name
  std::vector<std::string> texts;            // several: files of one pack
};

// `section` is "Bad" or "Good". In blocks marked `shorthand`, `\xNN` is that byte and `«text»×N` the text N times.
[[nodiscard]] PageExample example_of(std::string_view page, std::string_view section);

}  // namespace picket::tests
