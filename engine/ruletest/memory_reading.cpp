#include "engine/ruletest/memory_reading.hpp"

#include "engine/ruletest/nearby.hpp"

namespace picket {
namespace {

std::string held_in_words(const Value& held) { return held.is_null() ? "nothing" : short_json(held); }

}  // namespace

std::vector<MemoryReading> readings_of(const Interpreter& interpreter) {
  std::vector<MemoryReading> readings;
  for (const auto& [key, held] : interpreter.recollection().asked()) readings.push_back({key, held});
  return readings;
}

std::string in_words(const MemoryReading& reading) {
  return "`" + reading.key + "` held " + held_in_words(reading.held);
}

std::vector<std::string> memory_differences(const Value& expected, const MemorySnapshot& memory,
                                            const std::optional<MemoryWrite>& written) {
  std::vector<std::string> differences;
  for (const auto& [key, value] : expected.object()->entries()) {
    const Value* held = memory.read(key);
    if (*held == value) continue;
    differences.push_back("`" + key + "` holds " + held_in_words(*held) + ", expected " + held_in_words(value));
  }
  if (differences.empty()) return differences;
  differences.push_back(written ? "the event wrote `" + written->key + "`: " + held_in_words(written->value)
                                : "the event wrote nothing");
  return differences;
}

}  // namespace picket
