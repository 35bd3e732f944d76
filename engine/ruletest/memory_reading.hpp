// What a rule read in the memory, and what it left there.
#pragma once

#include <string>
#include <vector>

#include "engine/eval/interpret.hpp"
#include "engine/memory/memory.hpp"

namespace picket {

struct MemoryReading {
  std::string key;
  Value held;  // null: nothing
};

// The keys that were asked for since the interpreter's start().
[[nodiscard]] std::vector<MemoryReading> readings_of(const Interpreter& interpreter);

// "`regions of dana` held ["us-east-1"]", "… held nothing".
[[nodiscard]] std::string in_words(const MemoryReading& reading);

// Where the memory does not hold what is expected (an object: keys and values, null for nothing), key by key, and last
// what the event wrote, if that was anything. Empty if all is as expected.
[[nodiscard]] std::vector<std::string> memory_differences(const Value& expected, const MemorySnapshot& memory,
                                                          const std::optional<MemoryWrite>& written);

}  // namespace picket
