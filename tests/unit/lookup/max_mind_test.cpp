#include "engine/lookup/max_mind.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tests/catch.hpp"

namespace picket::tests {
namespace {

// --- the format, as much of it as a small database needs (MaxMind DB File Format, version 2.0) ---

enum class Type : std::uint8_t {
  text = 2,
  real = 3,
  uint16 = 5,
  uint32 = 6,
  map = 7,
  int32 = 8,
  uint64 = 9,
  list = 11,
  boolean = 14
};

std::string field(Type type, std::size_t size, std::string_view bytes = {}) {
  const auto number = static_cast<unsigned>(type);
  std::string out;
  if (number <= 7) {
    out += static_cast<char>((number << 5U) | size);
  } else {
    out += static_cast<char>(size);
    out += static_cast<char>(number - 7);
  }
  return out.append(bytes);
}
std::string text(std::string_view value) { return field(Type::text, value.size(), value); }
std::string number(Type type, std::uint64_t value, std::size_t size) {
  std::string bytes;
  for (std::size_t i = size; i-- > 0;) bytes += static_cast<char>((value >> (8 * i)) & 0xFFU);
  return field(type, size, bytes);
}

// One network, 128.0.0.0/1, whose row is `data`; of everything else nothing is known.
std::string database(const std::string& data) {
  constexpr std::uint32_t nodes = 1;
  std::string tree;
  for (const std::uint32_t record : std::array<std::uint32_t, 2>{nodes, nodes + 16}) {
    for (const unsigned shift : {16U, 8U, 0U}) tree += static_cast<char>((record >> shift) & 0xFFU);
  }
  const std::string metadata =
      field(Type::map, 9) + text("languages") + field(Type::list, 0) + text("description") + field(Type::map, 0) +
      text("node_count") + number(Type::uint32, nodes, 4) + text("record_size") + number(Type::uint16, 24, 2) +
      text("ip_version") + number(Type::uint16, 4, 2) + text("database_type") + text("Test") +
      text("binary_format_major_version") + number(Type::uint16, 2, 2) + text("binary_format_minor_version") +
      number(Type::uint16, 0, 2) + text("build_epoch") + number(Type::uint64, 1, 8);
  return tree + std::string(16, '\0') + data + "\xAB\xCD\xEFMaxMind.com" + metadata;
}

std::shared_ptr<const MaxMindDatabase> opened(const std::string& bytes) {
  auto result = MaxMindDatabase::open(bytes);
  auto* found = std::get_if<std::shared_ptr<const MaxMindDatabase>>(&result);
  return found == nullptr ? nullptr : *found;
}

std::string found(const MaxMindDatabase& database, std::string_view address) {
  const auto row = database.find(address);
  return row ? to_json(*row) : "none";
}

}  // namespace

TEST_CASE("a MaxMind database is asked for addresses") {
  const std::string row =
      field(Type::map, 7) + text("place") + text("Kiel") + text("asn") + number(Type::uint32, 4'000'000'000U, 4) +
      text("big") + number(Type::uint64, 0xFFFFFFFFFFFFFFFFU, 8) + text("vpn") + field(Type::boolean, 1) + text("low") +
      number(Type::int32, 0xFFFFFFFFU, 4) + text("at") + field(Type::real, 8, std::string("\x3F\xF8\0\0\0\0\0\0", 8)) +
      text("names") + field(Type::list, 2) + text("a") + field(Type::map, 1) + text("b") + number(Type::uint16, 7, 1);
  const auto small = opened(database(row));
  REQUIRE(small != nullptr);
  const std::string all =
      R"({"place":"Kiel","asn":4000000000,"big":18446744073709551615,"vpn":true,"low":-1,"at":1.5,"names":["a",{"b":7}]})";
  CHECK(found(*small, "200.1.2.3") == all);
  CHECK(found(*small, "::ffff:200.1.2.3") == all);
  CHECK(found(*small, "100.1.2.3") == "none");
  CHECK(found(*small, "2001:db8::1") == "none");  // it knows IPv4 only
  CHECK(found(*small, "kiel") == "none");
  CHECK(found(*small, "") == "none");
}

TEST_CASE("what is no MaxMind database is told, and a broken one says nothing") {
  CHECK(opened("") == nullptr);
  CHECK(opened("network,place\n") == nullptr);
  const std::string good = database(field(Type::map, 1) + text("a") + text("b"));
  REQUIRE(opened(good) != nullptr);
  CHECK(found(*opened(good), "200.1.2.3") == R"({"a":"b"})");
  CHECK(opened(good.substr(0, good.size() - 40)) == nullptr);
  // A row that claims more than there is, one that is no map, and one nested without an end.
  for (const std::string& row : {field(Type::map, 20) + text("a"), text("a"), field(Type::list, 1) + text("x")}) {
    const auto odd = opened(database(row));
    if (odd != nullptr) CHECK(found(*odd, "200.1.2.3") == "none");
  }
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += field(Type::map, 1) + text("a");
  const auto nested = opened(database(deep + text("end")));
  REQUIRE(nested != nullptr);
  CHECK(found(*nested, "200.1.2.3").size() < 1'000);
}

}  // namespace picket::tests
