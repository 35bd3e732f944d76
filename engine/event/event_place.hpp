// Where events stand in a block of texts.
#pragma once

#include <cstddef>
#include <cstdint>

namespace picket {

// Where a line ends, and what a look at all its bytes tells besides.
struct LineEnd {
  std::size_t at = 0;             // of the line end, or of the end of the text
  bool has_escapes = false;       // a backslash stands on the line …
  bool escapes_are_valid = true;  // … and each begins an escape of RFC 8259; a surrogate has its other half
  // Between these places stands everything beyond ASCII, and every escape that escape() would write otherwise.
  std::size_t odd_begin = static_cast<std::size_t>(-1);
  std::size_t odd_end = 0;

  // Whether all of a part of the line is ASCII, its escapes written as escape() does. Never true for what is not.
  [[nodiscard]] bool is_plain(std::size_t begin, std::size_t end) const { return end <= odd_begin || begin >= odd_end; }
};

// Where an event stands in a block, and what is known of it.
struct EventPlace {
  std::size_t begin = 0;                  // of its first byte, or of blanks before it
  LineEnd end;                            // the event ends at or before end.at
  const std::uint32_t* places = nullptr;  // of the block's structural index: the first that is not before `begin`
};

}  // namespace picket
