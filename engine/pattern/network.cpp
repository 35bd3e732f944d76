// Addresses and networks. What is private or public follows the IANA special-purpose registries as Python 3.11's
// `ipaddress` has them.
#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <iterator>

#include "engine/pattern/pattern.hpp"

namespace picket {
namespace {

constexpr std::size_t longest_address = 45;  // of an IPv6 address that ends in an IPv4 one

int bits_of(const IpAddress& address) { return address.v6 ? 128 : 32; }

// Whether the first `prefix` bits are equal.
bool same_prefix(const IpAddress& a, const IpAddress& b, int prefix) {
  const auto whole = static_cast<std::size_t>(prefix / 8);
  if (std::memcmp(a.bytes, b.bytes, whole) != 0) return false;
  const int rest = prefix % 8;
  return rest == 0 || ((a.bytes[whole] ^ b.bytes[whole]) >> (8 - rest)) == 0;
}

bool is_mapped(const IpAddress& address) {
  constexpr std::array<std::uint8_t, 12> prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  return address.v6 && std::memcmp(address.bytes, prefix.data(), prefix.size()) == 0;
}

IpAddress unmapped(const IpAddress& address) {
  IpAddress v4;
  std::memcpy(v4.bytes, address.bytes + 12, 4);
  return v4;
}

// As written: a mapped address stays IPv6.
std::optional<IpAddress> parse_written(std::string_view text) {
  if (text.empty() || text.size() > longest_address || text.find('\0') != std::string_view::npos) return std::nullopt;
  std::array<char, longest_address + 1> terminated{};
  std::copy(text.begin(), text.end(), terminated.begin());
  IpAddress address;
  address.v6 = text.find(':') != std::string_view::npos;
  // inet_pton takes exactly the forms of RFC 4291: no zone, no leading zeros in octets, nothing around.
  if (inet_pton(address.v6 ? AF_INET6 : AF_INET, terminated.data(), address.bytes) != 1) return std::nullopt;
  return address;
}

void mask(IpAddress& address, int prefix) {
  auto whole = static_cast<std::size_t>(prefix / 8);
  if (prefix % 8 != 0) {
    address.bytes[whole] = static_cast<std::uint8_t>(address.bytes[whole] & (0xFF00U >> (prefix % 8)));
    ++whole;
  }
  std::fill(address.bytes + whole, std::end(address.bytes), std::uint8_t{0});
}

std::vector<Network> networks(std::initializer_list<std::string_view> texts) {
  std::vector<Network> parsed;
  for (const std::string_view text : texts) parsed.push_back(*Network::parse(text));
  return parsed;
}

bool in_any(const IpAddress& address, const std::vector<Network>& networks) {
  return std::any_of(networks.begin(), networks.end(), [&address](const Network& network) {
    return network.contains(Network{address, bits_of(address)});
  });
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  auto address = parse_written(text);
  if (address && is_mapped(*address)) return unmapped(*address);
  return address;
}

bool IpAddress::is_private() const {
  static const std::vector<Network> registered =
      networks({"0.0.0.0/8",       "10.0.0.0/8",     "127.0.0.0/8",   "169.254.0.0/16", "172.16.0.0/12",
                "192.0.0.0/29",    "192.0.0.170/31", "192.0.2.0/24",  "192.168.0.0/16", "198.18.0.0/15",
                "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",   "::1/128",        "::/128",
                "100::/64",        "2001::/23",      "2001:db8::/32", "fc00::/7",       "fe80::/10"});
  return in_any(*this, registered);
}

bool IpAddress::is_public() const {
  static const std::vector<Network> shared = networks({"100.64.0.0/10"});  // RFC 6598: neither private nor public
  return !is_private() && !in_any(*this, shared);
}

bool IpAddress::is_loopback() const {
  static const std::vector<Network> loopback = networks({"127.0.0.0/8", "::1/128"});
  return in_any(*this, loopback);
}

std::optional<Network> Network::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  auto address = parse_written(text.substr(0, slash));
  if (!address) return std::nullopt;
  int prefix = bits_of(*address);
  if (slash != std::string_view::npos) {
    const std::string_view digits = text.substr(slash + 1);
    const char* end = digits.data() + digits.size();
    int written = 0;
    const auto read = std::from_chars(digits.data(), end, written);
    const bool odd_form = digits.starts_with("-") || (digits.size() > 1 && digits.starts_with("0"));
    if (read.ec != std::errc() || read.ptr != end || odd_form || written > prefix) {
      return std::nullopt;
    }
    prefix = written;
  }
  if (is_mapped(*address) && prefix >= 96) {
    address = unmapped(*address);
    prefix -= 96;
  }
  mask(*address, prefix);
  return Network{*address, prefix};
}

bool Network::contains(const Network& other) const {
  return address.v6 == other.address.v6 && prefix <= other.prefix && same_prefix(address, other.address, prefix);
}

}  // namespace picket
