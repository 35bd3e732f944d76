// Recollection: what one evaluation has asked the memory, and what it was told.
#pragma once

#include <map>
#include <string>

#include "engine/memory/memory.hpp"

namespace picket {

class Recollection {
 public:
  // Forgets what was asked. What the snapshot shows must not change until the next start.
  void start(const MemorySnapshot& memory) {
    memory_ = memory;
    if (!asked_.empty()) asked_.clear();
  }

  [[nodiscard]] const Value& read(const std::string& key) {
    const auto [known, added] = asked_.try_emplace(key);
    if (added) {
      if (const Value* held = memory_.read(key)) known->second = *held;
    }
    return known->second;
  }

  // Each key asked for, with what it held: null for nothing.
  [[nodiscard]] const std::map<std::string, Value>& asked() const { return asked_; }

 private:
  MemorySnapshot memory_;
  std::map<std::string, Value> asked_;
};

}  // namespace picket
