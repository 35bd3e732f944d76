// The one file that reaches below simdjson's documented interface: its first stage and the index it leaves.
#include "engine/event/structural_index.hpp"

#include <simdjson.h>

#include <algorithm>

namespace picket {

struct StructuralIndex::Stage {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
};

StructuralIndex::StructuralIndex() : stage_(std::make_unique<Stage>()) {}
StructuralIndex::~StructuralIndex() = default;

bool StructuralIndex::build(std::string_view texts) {
  constexpr std::size_t least_capacity = std::size_t{64} * 1024;
  places_ = nullptr;
  count_ = 0;
  auto& parser = stage_->parser;
  if (parser == nullptr || parser->capacity() < texts.size()) {
    const std::size_t capacity = std::max(texts.size() + texts.size() / 4, least_capacity);
    parser.reset();
    if (simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, simdjson::DEFAULT_MAX_DEPTH,
                                                                                parser) != simdjson::SUCCESS) {
      return false;
    }
  }
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(texts.data());
  if (parser->stage1(bytes, texts.size(), simdjson::stage1_mode::regular) != simdjson::SUCCESS) return false;
  std::uint32_t* const places = parser->structural_indexes.get();
  count_ = parser->n_structural_indexes;
  // There is room: simdjson keeps nine places more than there can be. It leaves the third of them 0.
  std::fill_n(places + count_, sentinels, static_cast<std::uint32_t>(texts.size()));
  places_ = places;
  return true;
}

}  // namespace picket
