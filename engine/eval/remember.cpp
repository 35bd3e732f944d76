#include "engine/eval/remember.hpp"

#include <utility>

namespace picket {

std::optional<MemoryWrite> write_of(Interpreter& interpreter, const CheckedRule& rule) {
  if (!rule.remember) return std::nullopt;
  const CheckedRemember& remember = *rule.remember;
  if (remember.when && !interpreter.holds(*remember.when)) return std::nullopt;
  const Value key = interpreter.evaluate(remember.key);
  if (key.string() == nullptr) return std::nullopt;
  Value value = interpreter.evaluate(remember.value);
  // Who runs out of steps has evaluated to null, which would be a wish to forget.
  if (interpreter.exhausted()) return std::nullopt;
  return MemoryWrite{.key = *key.string(), .value = std::move(value), .keep = remember.keep};
}

}  // namespace picket
