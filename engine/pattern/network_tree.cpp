#include "engine/pattern/network_tree.hpp"

#include <algorithm>
#include <cstring>

namespace picket {
namespace {

// What holds another comes before it, and between the two only what the larger holds, too.
bool begins_before(const Network& a, const Network& b) {
  if (a.address.v6 != b.address.v6) return b.address.v6;
  const int order = std::memcmp(a.address.bytes, b.address.bytes, sizeof a.address.bytes);
  return order != 0 ? order < 0 : a.prefix < b.prefix;
}

}  // namespace

void NetworkTree::add(const Network& network, std::uint32_t number) {
  nodes_.push_back({.network = network, .number = number, .around = none});
}

void NetworkTree::finish() {
  std::stable_sort(nodes_.begin(), nodes_.end(),
                   [](const Node& a, const Node& b) { return begins_before(a.network, b.network); });
  for (std::uint32_t at = 1; at < nodes_.size(); ++at) {
    std::uint32_t around = at - 1;
    while (around != none && !nodes_[around].network.contains(nodes_[at].network)) around = nodes_[around].around;
    nodes_[at].around = around;
  }
}

std::uint32_t NetworkTree::innermost(const Network& inner) const {
  const auto behind =
      std::upper_bound(nodes_.begin(), nodes_.end(), inner,
                       [](const Network& sought, const Node& node) { return begins_before(sought, node.network); });
  auto at = static_cast<std::uint32_t>(behind - nodes_.begin()) - 1;  // none, if the first begins behind it
  while (at != none && !nodes_[at].network.contains(inner)) at = nodes_[at].around;
  return at;
}

}  // namespace picket
