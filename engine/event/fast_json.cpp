#include "engine/event/fast_json.hpp"

#include "engine/event/json_tree.hpp"

namespace picket {

std::optional<Value> read_fast_json(std::string_view text, const JsonLimits& limits) {
  thread_local JsonTree kept;
  std::optional<JsonTree> passing;
  JsonTree& tree = text.size() <= JsonTree::kept_text ? kept : passing.emplace();
  return tree.read(text) ? tree.value(limits) : std::nullopt;
}

}  // namespace picket
