// Values as bytes, and back: a private format for what is only ever read by the program that wrote it. Internal to
// engine/catalog.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace picket {

// A struct is packed by its function `fields(archive, value)`, which hands the archive each of its members in order;
// the same function reads and writes.
class PackedWriter {
 public:
  template <typename... Members>
  void operator()(const Members&... members) {
    (put(members), ...);
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  template <typename Number>
  requires std::is_arithmetic_v<Number> || std::is_enum_v<Number>
  void put(Number number) {
    std::array<char, sizeof number> raw{};
    std::memcpy(raw.data(), &number, sizeof number);
    bytes_.append(raw.data(), raw.size());
  }
  void put(const std::string& text) {
    put(static_cast<std::uint32_t>(text.size()));
    bytes_ += text;
  }
  template <typename Value>
  void put(const std::vector<Value>& list) {
    put(static_cast<std::uint32_t>(list.size()));
    for (const Value& one : list) put(one);
  }
  template <typename Value>
  void put(const std::optional<Value>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <typename Struct>
  requires std::is_class_v<Struct>
  void put(const Struct& value) { fields(*this, value); }

  std::string bytes_;
};

// Total: of bytes that are none of its own it says so, and reads no further.
class PackedReader {
 public:
  explicit PackedReader(std::string_view bytes) : rest_(bytes) {}

  template <typename... Members>
  void operator()(Members&... members) {
    (get(members), ...);
  }
  // All that was asked for was there, and nothing is left over.
  [[nodiscard]] bool whole() const { return !failed_ && rest_.empty(); }

 private:
  template <typename Number>
  requires std::is_arithmetic_v<Number> || std::is_enum_v<Number>
  void get(Number& number) {
    if (rest_.size() < sizeof number) return fail();
    if constexpr (std::is_same_v<Number, bool>) {
      number = rest_.front() != 0;  // another byte would be no bool
    } else {
      std::memcpy(&number, rest_.data(), sizeof number);
    }
    rest_.remove_prefix(sizeof number);
  }
  void get(std::string& text) {
    std::uint32_t size = 0;
    get(size);
    if (rest_.size() < size) return fail();
    text.assign(rest_.data(), size);
    rest_.remove_prefix(size);
  }
  template <typename Value>
  void get(std::vector<Value>& list) {
    std::uint32_t size = 0;
    get(size);
    if (rest_.size() < size) return fail();  // each takes a byte at least
    list.resize(size);
    for (Value& one : list) {
      if (failed_) return;
      get(one);
    }
  }
  template <typename Value>
  void get(std::optional<Value>& value) {
    bool there = false;
    get(there);
    if (there) get(value.emplace());
  }
  template <typename Struct>
  requires std::is_class_v<Struct>
  void get(Struct& value) { fields(*this, value); }
  void fail() {
    failed_ = true;
    rest_ = {};
  }

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace picket
