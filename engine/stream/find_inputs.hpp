// From what a user names to the files that hold events.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace picket {

struct FoundInput {
  std::string path;        // "-" is standard input
  bool named = true;       // by the user, or by a pattern of theirs; false: found in a folder
  std::uint64_t size = 0;  // bytes; 0 if that is not known
};

struct FoundInputs {
  std::vector<FoundInput> files;
  std::vector<std::string> faults;  // "PATH: reason", for each that is not there or cannot be listed
};

// In the order given. A folder is walked to its end: files by the bytes of their names, hidden ones and whatever is no
// file left out, links to folders not followed. A name that does not exist and holds `*`, `?` or `[` is a pattern
// (glob(7)). No name at all is standard input.
[[nodiscard]] FoundInputs find_inputs(const std::vector<std::string>& names);

}  // namespace picket
