#include "engine/stream/dead_letter.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "engine/event/base64.hpp"
#include "engine/event/json_line.hpp"
#include "engine/event/value.hpp"
#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

// The first bytes of a text, not cut within a code point.
std::string_view first_bytes(std::string_view text, std::size_t count) {
  if (text.size() <= count) return text;
  std::size_t end = count;
  while (end > 0 && count - end < 3 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace

void append_dead_letter_json(std::string& out, const DeadLetter& letter, std::size_t shown) {
  const Frame& frame = letter.frame;
  const std::string_view text = first_bytes(frame.text, shown);
  // A text cut by the framer may end within a code point.
  const std::optional<std::size_t> invalid = find_invalid_utf8(text);
  const bool cut = !frame.whole && invalid && text.size() - *invalid < 4 && text.size() == frame.text.size();
  const std::string_view valid = cut ? text.substr(0, *invalid) : text;
  JsonLine line(out);
  line.field("input", Value(printable_name(letter.input)));
  line.field("offset", Value(static_cast<std::int64_t>(frame.offset)));
  line.field("line", Value(static_cast<std::int64_t>(frame.line)));
  line.field("reason", Value(letter.reason));
  line.field("detail", letter.detail.empty() ? Value() : Value(letter.detail));
  line.field("length", Value(static_cast<std::int64_t>(frame.length)));
  if (invalid && !cut) {
    line.field("base64", Value(to_base64(text)));
  } else {
    line.field("text", Value(valid));
  }
}

}  // namespace picket
