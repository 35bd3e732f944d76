// RowIndex: the rows of a lookup table, by their keys.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/pattern/pattern.hpp"

namespace picket {

// A key is a text, and fits that text exactly; or a network (`10.0.0.0/8`), which fits every address in it. In a table
// with networks an address alone is one, too, so that it fits however it is written. Of several keys that fit, the text
// itself wins, then the longest prefix. Keys that are one network in two spellings are one key, whose first row counts.
class RowIndex {
 public:
  // Whether the key is new, and no other way to write one that is there; else the row that was there before stays.
  bool add(std::string key, Value row);

  // Null if no key fits. The row lives as long as the index.
  [[nodiscard]] const Value* find(std::string_view key) const;
  [[nodiscard]] std::size_t size() const { return rows_.size(); }

 private:
  struct TextHash {
    using is_transparent = void;  // NOLINT(readability-identifier-naming): as the standard library asks for it
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Place = std::uint32_t;  // in rows_
  // The networks of one length of prefix, by their masked bytes.
  using Networks = std::unordered_map<std::string, Place, TextHash, std::equal_to<>>;

  // The row of the network, which is `place` if it had none.
  [[nodiscard]] Place first_of(const Network& network, Place place);
  [[nodiscard]] const Value* find_network(const IpAddress& address) const;

  std::vector<Value> rows_;
  std::unordered_map<std::string, Place, TextHash, std::equal_to<>> by_text_;
  std::array<std::map<int, Networks, std::greater<>>, 2> networks_;  // of IPv4 and of IPv6, the longest prefix first
  bool has_networks_ = false;                                        // some key is more than one address
};

}  // namespace picket
