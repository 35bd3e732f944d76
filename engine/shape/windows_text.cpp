#include "engine/shape/windows_text.hpp"

#include <algorithm>

#include "engine/event/words.hpp"
#include "engine/shape/flatten_windows.hpp"

namespace picket {
namespace {

constexpr std::size_t hashed = sizeof(std::uint64_t);  // bytes at each end of a name, which are read at once

// REQUIRES: eight readable bytes before its end.
std::uint64_t hash_of(std::string_view name) {
  const std::uint64_t last = words::load(name.data() + name.size() - hashed);
  const bool is_long = name.size() >= hashed;
  const std::uint64_t first = is_long ? words::load(name.data()) : last >> 1U >> (63 - 8 * name.size());
  return words::mix(first ^ 0x9E3779B97F4A7C15U, (is_long ? last : 0) ^ (name.size() * 0xC2B2AE3D27D4EB4FU));
}

// Whether the byte stands in the text. REQUIRES: eight readable bytes before the text's end; the byte is not zero.
bool holds(std::string_view text, char byte) {
  std::size_t left = text.size();
  for (; left > hashed; left -= hashed) {
    if (words::bytes_equal(words::load(text.data() + left - hashed), byte) != 0) return true;
  }
  if (left == 0) return false;
  return words::bytes_equal(words::load(text.data() + left - hashed) >> (64 - 8 * left), byte) != 0;
}

}  // namespace

// Notes what is not plain with the text that it belongs to.
class WindowsText::Node {
 public:
  Node(const PlacedValue& value, bool& plain) : value_(value), plain_(&plain) {}

  [[nodiscard]] const PlacedValue& value() const { return value_; }
  [[nodiscard]] bool is_object() const { return value_.is_object(); }
  [[nodiscard]] bool is_list() const { return value_.is_list(); }
  [[nodiscard]] bool is_null() const { return value_.is_null(); }
  [[nodiscard]] std::optional<std::string_view> text() const {
    if (!value_.is_text()) return std::nullopt;
    check(value_.raw_text());
    return value_.raw_text();
  }
  [[nodiscard]] std::optional<Node> find(std::string_view key) const {
    std::optional<Node> found;
    each_member([&](std::string_view name, const Node& value) {
      if (name == key) found = value;
    });
    return found;
  }
  template <typename Visit>
  void each_member(const Visit& visit) const {
    MetKeys met;
    value_.each_member([&](std::string_view key, const PlacedValue& value) {
      if (!*plain_) return;  // whatever else there is, it is not looked at here
      check(key);
      if (met.is_full() || (!met.add(key) && is_repeated(key))) *plain_ = false;
      visit(key, Node(value, *plain_));
    });
  }
  template <typename Visit>
  void each_element(const Visit& visit) const {
    value_.each_element([&](const PlacedValue& value) { visit(Node(value, *plain_)); });
  }

 private:
  // Which keys an object had, as far as 256 bits tell; not more than would make that nothing.
  class MetKeys {
   public:
    [[nodiscard]] bool is_full() const { return count_ == most_names; }
    // False if the key may have been there before.
    [[nodiscard]] bool add(std::string_view key) {
      const std::uint64_t hash = hash_of(key);
      std::uint64_t& part = bits_[hash >> 62U];
      const std::uint64_t bit = std::uint64_t{1} << (hash & 63U);
      const bool is_new = (part & bit) == 0;
      part |= bit;
      ++count_;
      return is_new;
    }

   private:
    std::size_t count_ = 0;
    std::array<std::uint64_t, 4> bits_{};
  };

  void check(std::string_view name) const {
    if (holds(name, '\\')) *plain_ = false;
  }
  [[nodiscard]] bool is_repeated(std::string_view key) const {
    std::size_t count = 0;
    value_.each_member([&](std::string_view other, const PlacedValue&) { count += other == key ? 1 : 0; });
    return count > 1;
  }

  PlacedValue value_;
  bool* plain_;
};

class WindowsText::Flat {
 public:
  explicit Flat(WindowsText& of) : of_(of), text_(of.text_) {}

  void add(const shape::FlatName& name, const Node& node) {
    if (begin(name) == nullptr) end(node.value().written());
  }
  void add_data(const shape::FlatName& name, const Node& node) { add_data(name, node.value().written()); }
  void add_empty_data(const shape::FlatName& name) { add_data(name, R"("")"); }
  void add_list(const shape::FlatName& name, const std::vector<Node>& nodes) {
    std::string list;
    for (const Node& node : nodes) list.append(list.empty() ? "[" : ",").append(node.value().written());
    if (begin(name) == nullptr) end(list + "]");
  }

 private:
  void add_data(const shape::FlatName& name, std::string_view value) {
    const Written* taken = begin(name);
    if (taken == nullptr) return end(value);
    const auto stands = std::string_view(text_).substr(taken->value_begin, taken->value_end - taken->value_begin);
    if (stands != value) of_.plain_ = false;
  }

  // Writes a name, for end() to write its value behind; or returns where it stands already, and writes nothing.
  const Written* begin(const shape::FlatName& name) {
    const std::size_t before = text_.size();
    text_ += '"';
    const std::size_t key_begin = text_.size();
    text_ += name.name;
    if (name.part) (text_ += '_') += *name.part;
    if (holds(std::string_view(text_).substr(key_begin), ' ')) {
      text_.erase(std::remove(text_.begin() + static_cast<std::ptrdiff_t>(key_begin), text_.end(), ' '), text_.end());
    }
    const std::string_view key = std::string_view(text_).substr(key_begin);
    std::size_t slot = hash_of(key) % table_size;
    for (; of_.table_[slot] != 0; slot = (slot + 1) % table_size) {
      const Written& met = of_.names_[of_.table_[slot] - 1U];
      if (std::string_view(text_).substr(met.key_begin, met.key_end - met.key_begin) != key) continue;
      text_.resize(before);
      return &met;
    }
    if (of_.names_.size() == most_names) {
      of_.plain_ = false;
      return &of_.names_.back();
    }
    of_.names_.push_back({.key_begin = static_cast<std::uint32_t>(key_begin),
                          .key_end = static_cast<std::uint32_t>(text_.size()),
                          .value_begin = 0,
                          .value_end = 0});
    of_.table_[slot] = static_cast<std::uint16_t>(of_.names_.size());
    return nullptr;
  }

  void end(std::string_view value) {
    text_ += "\":";
    Written& written = of_.names_.back();
    written.value_begin = static_cast<std::uint32_t>(text_.size());
    text_ += value;
    written.value_end = static_cast<std::uint32_t>(text_.size());
    text_ += ',';
  }

  WindowsText& of_;
  std::string& text_;
};

std::optional<std::string_view> WindowsText::flat(const PlacedValue& event) {
  text_.assign(hashed - 1, ' ');
  text_ += '{';
  names_.clear();
  table_.fill(0);
  plain_ = true;
  Flat flat(*this);
  if (!shape::flatten(Node(event, plain_), flat) || !plain_) return std::nullopt;
  if (names_.empty()) text_ += ',';
  text_.back() = '}';
  return std::string_view(text_).substr(hashed - 1);
}

}  // namespace picket
