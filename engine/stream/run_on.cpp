#include "engine/stream/run_on.hpp"

#include <optional>
#include <variant>

#include "engine/stream/framer.hpp"

namespace picket {

std::vector<Frame> split_run_on(const Frame& frame, const JsonLimits& limits) {
  Framer framer(frame.text, {.longest = frame.text.size()});
  std::vector<Frame> parts;
  while (std::optional<Frame> part = framer.next()) {
    const auto read = read_json(part->text, limits);
    const auto* value = std::get_if<Value>(&read);
    if (value == nullptr || value->object() == nullptr) return {};
    part->offset += frame.offset;
    part->line = frame.line;
    parts.push_back(*part);
  }
  if (parts.size() < 2) parts.clear();
  return parts;
}

}  // namespace picket
