#include "engine/pattern/network_tree.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "tests/catch.hpp"

namespace picket {
namespace {

NetworkTree tree_of(const std::vector<std::string>& networks) {
  NetworkTree tree;
  for (std::uint32_t i = 0; i < networks.size(); ++i) tree.add(*Network::parse(networks[i]), i);
  tree.finish();
  return tree;
}

std::vector<std::uint32_t> around(const NetworkTree& tree, const std::string& inner) {
  std::vector<std::uint32_t> numbers;
  tree.each_around(*Network::parse(inner), [&numbers](std::uint32_t number) { numbers.push_back(number); });
  return numbers;
}

TEST_CASE("the networks around an address come from the smallest to the largest") {
  const NetworkTree tree = tree_of({"10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "10.3.0.0/16", "192.168.0.0/16"});
  CHECK(around(tree, "10.1.2.3") == std::vector<std::uint32_t>{2, 1, 0});
  CHECK(around(tree, "10.1.3.0") == std::vector<std::uint32_t>{1, 0});
  CHECK(around(tree, "10.2.255.255") == std::vector<std::uint32_t>{0});
  CHECK(around(tree, "10.255.255.255") == std::vector<std::uint32_t>{0});
  CHECK(around(tree, "192.168.7.7") == std::vector<std::uint32_t>{4});
  CHECK(around(tree, "9.255.255.255").empty());
  CHECK(around(tree, "11.0.0.0").empty());
  CHECK(around(tree, "255.255.255.255").empty());
}

TEST_CASE("a network lies in itself and in larger ones, not in smaller ones") {
  const NetworkTree tree = tree_of({"10.0.0.0/8", "10.1.0.0/16", "10.1.0.0/16", "10.1.0.0/24"});
  CHECK(around(tree, "10.1.0.0/16") == std::vector<std::uint32_t>{2, 1, 0});
  CHECK(around(tree, "10.1.0.0/20") == std::vector<std::uint32_t>{2, 1, 0});
  CHECK(around(tree, "10.0.0.0/8") == std::vector<std::uint32_t>{0});
  CHECK(around(tree, "10.0.0.0/7").empty());
  CHECK(around(tree, "10.1.0.0/24") == std::vector<std::uint32_t>{3, 2, 1, 0});
}

TEST_CASE("the two kinds of addresses keep apart, though their bytes be the same") {
  const NetworkTree tree = tree_of({"0.0.0.0/0", "::/0", "a00::/8", "10.0.0.0/8", "::ffff:10.1.0.0/112"});
  CHECK(around(tree, "10.1.2.3") == std::vector<std::uint32_t>{4, 3, 0});  // the last one is written as IPv6
  CHECK(around(tree, "::ffff:10.1.2.3") == std::vector<std::uint32_t>{4, 3, 0});
  CHECK(around(tree, "a00::1") == std::vector<std::uint32_t>{2, 1});
  CHECK(around(tree, "::") == std::vector<std::uint32_t>{1});
  CHECK(around(tree, "0.0.0.0") == std::vector<std::uint32_t>{0});
}

TEST_CASE("an empty tree holds nothing") {
  const NetworkTree tree = tree_of({});
  CHECK(tree.empty());
  CHECK_FALSE(tree.holds(*Network::parse("10.0.0.1")));
}

TEST_CASE("a tree says what each network by itself says") {
  std::mt19937_64 chance(20261130);
  const auto below = [&chance](std::size_t bound) { return chance() % bound; };
  // Few distinct bytes, so that networks nest and meet.
  const auto random_network = [&below] {
    std::string text;
    const bool v6 = below(3) == 0;
    for (int i = 0; i < (v6 ? 8 : 4); ++i) {
      if (i > 0) text += v6 ? ":" : ".";
      text += std::to_string(below(2) == 0 ? 0 : below(4) * 64 % 256);
    }
    return text + "/" + std::to_string(below(v6 ? 129 : 33));
  };
  std::size_t held = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> networks(below(40));
    for (std::string& network : networks) network = random_network();
    const NetworkTree tree = tree_of(networks);
    for (int i = 0; i < 40; ++i) {
      const std::string inner = random_network();
      std::vector<std::uint32_t> expected;
      for (std::uint32_t at = 0; at < networks.size(); ++at) {
        if (Network::parse(networks[at])->contains(*Network::parse(inner))) expected.push_back(at);
      }
      INFO(inner);
      std::vector<std::uint32_t> found = around(tree, inner);
      std::sort(found.begin(), found.end());
      CHECK(found == expected);
      CHECK(tree.holds(*Network::parse(inner)) == !expected.empty());
      held += expected.size();
    }
  }
  CHECK(held > 5'000);
}

}  // namespace
}  // namespace picket
