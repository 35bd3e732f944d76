#include "engine/lookup/row_index.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <utility>

namespace picket {
namespace {

constexpr std::size_t bits_of_byte = 8;

std::size_t width(const IpAddress& address) { return address.v6 ? 16 : 4; }

std::string masked(const IpAddress& address, int prefix) {
  std::string bytes;
  auto left = static_cast<std::size_t>(prefix);
  for (std::size_t i = 0; i < width(address); ++i) {
    const std::size_t bits = left < bits_of_byte ? left : bits_of_byte;
    left -= bits;
    bytes += static_cast<char>(address.bytes[i] & (0xFF00U >> bits));
  }
  return bytes;
}

}  // namespace

bool RowIndex::add(std::string key, Value row) {
  const auto place = static_cast<Place>(rows_.size());
  const std::optional<Network> network = Network::parse(key);
  if (network && key.find('/') != std::string::npos) has_networks_ = true;
  // The text of a network leads to the first row of that network, which need not be this one.
  const Place first = network ? first_of(*network, place) : place;
  const bool is_new = by_text_.try_emplace(std::move(key), first).second && first == place;
  if (is_new) rows_.push_back(std::move(row));
  return is_new;
}

RowIndex::Place RowIndex::first_of(const Network& network, Place place) {
  return networks_[network.address.v6 ? 1 : 0][network.prefix]
      .try_emplace(masked(network.address, network.prefix), place)
      .first->second;
}

const Value* RowIndex::find(std::string_view key) const {
  if (const auto found = by_text_.find(key); found != by_text_.end()) return &rows_[found->second];
  if (!has_networks_) return nullptr;
  const std::optional<IpAddress> address = IpAddress::parse(key);
  return address ? find_network(*address) : nullptr;
}

const Value* RowIndex::find_network(const IpAddress& address) const {
  for (const auto& [prefix, networks] : networks_[address.v6 ? 1 : 0]) {
    const auto found = networks.find(masked(address, prefix));
    if (found != networks.end()) return &rows_[found->second];
  }
  return nullptr;
}

}  // namespace picket
