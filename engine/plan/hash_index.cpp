#include "engine/plan/hash_index.hpp"

#include <string>

namespace picket {
namespace {

constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
constexpr std::uint64_t number_salt = 0xd6e8feb86659fd93U;
constexpr std::uint64_t bool_salt = 0xa0761d6478bd642fU;

constexpr std::size_t padding = 8;

}  // namespace

std::uint64_t hash_of_copy(std::string_view text) {
  const std::string copy = std::string(padding, '\0').append(text).append(padding, '\0');
  return hash_of_text(std::string_view(copy).substr(padding, text.size()));
}

std::uint64_t hash_of_number(double number) {
  if (number == 0) number = 0;  // -0.0 is 0
  return words::mix(std::bit_cast<std::uint64_t>(number) ^ number_salt, factor);
}

std::uint64_t hash_of_bool(bool value) { return words::mix(bool_salt + (value ? 1 : 0), factor); }

std::uint32_t HashIndex::insert(std::uint64_t hash, std::uint32_t index) {
  if (const std::uint32_t known = find(hash); known != none) return known;
  const auto put = [this](std::uint64_t of, std::uint32_t what) {
    std::size_t at = of & mask_;
    while (entries_[at].index != none) at = (at + 1) & mask_;
    entries_[at] = {.tag = static_cast<std::uint32_t>(of >> 32U), .index = what};
  };
  filed_.emplace_back(hash, index);
  if (2 * filed_.size() > entries_.size()) {
    entries_.assign(std::bit_ceil(filed_.size() * 4), Entry{});
    mask_ = entries_.size() - 1;
    for (const auto& [of, what] : filed_) put(of, what);
  } else {
    put(hash, index);
  }
  return index;
}

}  // namespace picket
