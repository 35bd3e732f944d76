// Knowing a file again: after a restart, under another name, packed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/store/state_store.hpp"

namespace picket {

// By so many of its first bytes a file is known.
constexpr std::uint64_t most_head_bytes = 1024;

// A digest of the first bytes of a file, as it is.
struct FileHead {
  std::string digest;
  std::uint64_t bytes = 0;  // that it is of: at most most_head_bytes
};

// Of an open regular file, which is not moved in; of at most `bytes`.
[[nodiscard]] FileHead head_of(int descriptor, std::uint64_t bytes = most_head_bytes);

// The name by which a path is remembered: absolute, whatever the current folder was.
[[nodiscard]] std::string remembered_name(const std::string& path);

// An open file as a position at its begin; nothing if it is no regular file.
[[nodiscard]] std::optional<InputPosition> identify(int descriptor, const std::string& path);

// Whether an open file is the one that was read, grown perhaps: not another under its name or its number, nor the same
// one written anew.
[[nodiscard]] bool is_same_file(const InputPosition& position, int descriptor);

}  // namespace picket
