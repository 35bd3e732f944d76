// NetworkTree: many networks, and which of them an address or a network lies in.
//
// A radix tree laid flat: the networks in order, each with the next larger one around it. Of those that begin at or
// before an address the last one, or something around it, is the smallest that holds it. So a question costs the
// logarithm of the number of networks and as many steps as networks are nested there, 129 at most.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/pattern/pattern.hpp"

namespace picket {

class NetworkTree {
 public:
  // A network may be added several times, with several numbers.
  void add(const Network& network, std::uint32_t number);
  // REQUIRES: everything was added.
  void finish();

  [[nodiscard]] bool empty() const { return nodes_.empty(); }

  // REQUIRES of both: finish() was called.
  [[nodiscard]] bool holds(const Network& inner) const { return innermost(inner) != none; }
  // Calls take(number) for each network that holds `inner`, the smallest first.
  template <typename Take>
  void each_around(const Network& inner, const Take& take) const {
    for (std::uint32_t at = innermost(inner); at != none; at = nodes_[at].around) take(nodes_[at].number);
  }

 private:
  static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

  struct Node {
    Network network;
    std::uint32_t number = 0;
    std::uint32_t around = none;
  };

  [[nodiscard]] std::uint32_t innermost(const Network& inner) const;

  std::vector<Node> nodes_;
};

}  // namespace picket
