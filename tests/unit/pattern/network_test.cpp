#include <fstream>
#include <sstream>
#include <string>

#include "engine/pattern/pattern.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

TEST_CASE("addresses are read strictly") {
  for (const auto* text : {"0.0.0.0", "255.255.255.255", "::", "::1", "2001:DB8:0:0:0:0:0:1", "1:2:3:4:5:6:7.8.9.10",
                           "::ffff:1.2.3.4", "fe80::1"}) {
    INFO(text);
    CHECK(IpAddress::parse(text).has_value());
  }
  for (const auto* text : {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04", " 1.2.3.4", "1.2.3.4 ",
                           "1.2.3.4/32", "0x1.2.3.4", "1::2::3", "12345::", "fe80::1%eth0", ":::", "1:2:3:4:5:6:7",
                           "[::1]", "g::", "::ffff:1.2.3.256", "localhost"}) {
    INFO(text);
    CHECK_FALSE(IpAddress::parse(text).has_value());
  }
  CHECK_FALSE(IpAddress::parse(std::string_view("1.2.3.4\0", 8)).has_value());
  CHECK_FALSE(IpAddress::parse(std::string(1000, '1')).has_value());
}

TEST_CASE("a mapped address is the IPv4 address") {
  CHECK_FALSE(IpAddress::parse("::ffff:10.0.0.1")->v6);
  CHECK(IpAddress::parse("::ffff:10.0.0.1")->is_private());
  CHECK(IpAddress::parse("::ffff:8.8.8.8")->is_public());
}

TEST_CASE("what is private and what is global is what Python's ipaddress says") {
  std::ifstream facts(tests::project_dir() / "tests/unit/pattern/network_facts.txt");
  REQUIRE(facts.is_open());
  std::string line;
  std::size_t count = 0;
  while (std::getline(facts, line)) {
    if (line.starts_with('#')) continue;
    std::istringstream columns(line);
    std::string text;
    bool is_private = false;
    bool is_global = false;
    columns >> text >> is_private >> is_global;
    INFO(text);
    const auto address = IpAddress::parse(text);
    REQUIRE(address.has_value());
    CHECK(address->is_private() == is_private);
    CHECK(address->is_public() == is_global);
    ++count;
  }
  CHECK(count > 100);
}

TEST_CASE("loopback") {
  CHECK(IpAddress::parse("127.255.0.1")->is_loopback());
  CHECK(IpAddress::parse("::1")->is_loopback());
  CHECK_FALSE(IpAddress::parse("128.0.0.1")->is_loopback());
  CHECK_FALSE(IpAddress::parse("::2")->is_loopback());
}

TEST_CASE("networks are read with their host bits masked off") {
  const auto contains = [](std::string_view outer, std::string_view inner) {
    return Network::parse(outer)->contains(*Network::parse(inner));
  };
  CHECK(contains("10.1.2.3/8", "10.9.9.9"));
  CHECK(contains("10.0.0.0/8", "10.1.0.0/16"));
  CHECK_FALSE(contains("10.1.0.0/16", "10.0.0.0/8"));
  CHECK(contains("10.1.2.0/31", "10.1.2.1"));
  CHECK_FALSE(contains("10.1.2.0/31", "10.1.2.2"));
  CHECK(contains("0.0.0.0/0", "1.2.3.4"));
  CHECK_FALSE(contains("0.0.0.0/0", "::1"));
  CHECK_FALSE(contains("::/0", "1.2.3.4"));
  CHECK(contains("2001:db8::/33", "2001:db8:7fff::1"));
  CHECK_FALSE(contains("2001:db8::/33", "2001:db8:8000::1"));
  CHECK(contains("::ffff:10.0.0.0/104", "10.1.2.3"));
  for (const auto* text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/-0", "10.0.0.0/08",
                           "10.0.0.0/8 ", "10.0.0.0/8/8", "10.0.0/8", "10.0.0.0/255.0.0.0"}) {
    INFO(text);
    CHECK_FALSE(Network::parse(text).has_value());
  }
}

}  // namespace
}  // namespace picket
