// Framer::lines(): runs on every line of the fast path; allocates nothing.
#include <algorithm>
#include <cstring>
#include <span>
#include <string_view>

#include "engine/stream/framer.hpp"

namespace picket {
namespace {

constexpr std::size_t most_handed_out = std::size_t{256} * 1024;  // of lines handed out at once: a unit of work

std::size_t behind_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r')) ++at;
  return at;
}

// Whether the line that `text` begins with may be more than one event: an array, a `Records` document, the first line
// of a document over many, or something behind a byte order mark. `text` holds the line's end.
bool needs_framing(std::string_view text, std::span<const std::string_view> records_keys) {
  std::size_t at = behind_blanks(text, 0);
  if (text[at] != '{') return text[at] == '[' || text[at] == '\xEF';
  at = behind_blanks(text, at + 1);
  if (text[at] != '"') return text[at] == '\n';
  return std::any_of(records_keys.begin(), records_keys.end(),
                     [&](std::string_view key) { return text.substr(at).starts_with(key); });
}

}  // namespace

std::optional<Frame> Framer::lines() {
  consume_held();
  if (layout_ != Layout::lines || !containers_.empty() || !at_fresh_line()) return std::nullopt;
  const std::string_view text = window_.view();
  std::size_t end = 0;
  std::uint64_t count = 0;
  while (end < most_handed_out && end < text.size()) {
    const void* found = std::memchr(text.data() + end, '\n', text.size() - end);
    if (found == nullptr) break;
    const auto line_end = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    if (line_end - end > limits_.longest || needs_framing(text.substr(end), records_keys)) break;
    end = line_end + 1;
    ++count;
  }
  if (end == 0) return std::nullopt;
  held_ = end;
  held_lines_ = count;
  return Frame{.text = text.substr(0, end), .whole = true, .length = end, .offset = window_.offset(), .line = line_};
}

// Moves to the next line if nothing is left on this one. False if something is, or the window may not hold it all.
bool Framer::at_fresh_line() {
  if (fresh_line_) return true;
  const std::string_view text = window_.view();
  const std::size_t at = behind_blanks(text, 0);
  if (at == text.size() || text[at] != '\n') return false;
  consume(at + 1);
  return true;
}

// Leaves the frame handed out last behind.
void Framer::consume_held() {
  if (held_lines_ == 0) {
    consume(held_);
  } else {
    window_.drop(held_);
    line_ += held_lines_;
    line_begin_ = window_.offset();
    fresh_line_ = true;
  }
  held_ = 0;
  held_lines_ = 0;
  gone_ = 0;
}

}  // namespace picket
