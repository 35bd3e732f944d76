#include "engine/event/fast_json.hpp"

#include <cstddef>

#include "engine/event/json_tree.hpp"

namespace picket {
namespace {

// What a thread keeps for its next text: a long one gets a tree that is thrown away.
constexpr std::size_t kept_text = std::size_t{256} * 1024;

}  // namespace

std::optional<Value> read_fast_json(std::string_view text, const JsonLimits& limits) {
  thread_local JsonTree kept;
  std::optional<JsonTree> passing;
  JsonTree& tree = text.size() <= kept_text ? kept : passing.emplace();
  return tree.read(text) ? tree.value(limits) : std::nullopt;
}

}  // namespace picket
