// What stands on the lines of a block, from a look at 64 bytes after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/event/event_place.hpp"

namespace picket {

// What matters of 64 bytes beside their structure, a bit each, the first byte's the lowest.
struct LineMarks {
  std::uint64_t line_ends = 0;
  std::uint64_t backslashes = 0;
  std::uint64_t escaped = 0;      // characters that a backslash stands before …
  std::uint64_t odd_escaped = 0;  // … those of them that are neither backslashes nor quotes
  std::uint64_t others = 0;       // beyond ASCII
  std::uint64_t structurals = 0;
};

// Collects the lines of one text after the other.
class LineCollector {
 public:
  // `lines`: where those go on which something structural stands. `places`: where the index of the text will begin.
  // REQUIRES of all: 64 readable bytes behind the text.
  LineCollector(std::string_view text, const std::uint32_t* places, std::vector<EventPlace>& lines);

  // To be told of the bytes from `at` on if any of them is marked, or if any of those before was that are beyond ASCII.
  // `place`: where their first structural character goes in the index.
  void look(std::size_t at, const LineMarks& marks, const std::uint32_t* place);
  // All that there is to be told of bytes among which are escapes, none of them odd, and nothing else that is marked.
  void note_escapes() { line_.end.has_escapes = true; }
  // `place`: behind the last one. False if the text is not UTF-8.
  [[nodiscard]] bool finish(const std::uint32_t* place);

  // Whether bytes beyond ASCII go up to those that come next.
  [[nodiscard]] bool is_beyond_ascii() const { return beyond_ascii_from_ != none; }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  void look_at_part(std::size_t at, std::uint64_t part, const LineMarks& marks);
  void end_line(std::size_t at, const std::uint32_t* place);
  void check_beyond_ascii(std::size_t end);

  std::string_view text_;
  std::vector<EventPlace>& lines_;
  EventPlace line_;
  std::size_t low_half_ = none;           // where the second of a pair has to be escaped
  std::size_t beyond_ascii_from_ = none;  // a run of 64 bytes each of which holds some
  bool is_utf8_ = true;
};

}  // namespace picket
