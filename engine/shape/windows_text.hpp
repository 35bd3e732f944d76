// The same as flat_windows_event() from text to text: no value is made, all are copied as they are written.
//
// Hot: every event in such a form goes through here. Allocates nothing once warm, but for `Data` without names.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/placed_value.hpp"

namespace picket {

// One per thread.
class WindowsText {
 public:
  // The event flat, as JSON, if it is in another form and every step is plain. Else nothing, and flat_windows_event()
  // has to be asked: keys with escapes, a key twice in an object, two values for one name. The view lives until the
  // next call.
  [[nodiscard]] std::optional<std::string_view> flat(const PlacedValue& event);

 private:
  class Node;
  class Flat;

  struct Written {
    std::uint32_t key_begin = 0;  // in text_, as all of these
    std::uint32_t key_end = 0;
    std::uint32_t value_begin = 0;
    std::uint32_t value_end = 0;
  };
  static constexpr std::size_t table_size = 512;
  static constexpr std::size_t most_names = table_size / 2;

  std::string text_;
  std::vector<Written> names_;
  std::array<std::uint16_t, table_size> table_{};  // by a name's hash: its place in names_ and one; 0 is free
  bool plain_ = true;
};

}  // namespace picket
