// plain_value_end(): runs on every byte of arrays and `Records` documents; allocates nothing.
#include <array>
#include <bit>
#include <cstring>

#include "engine/stream/structure.hpp"

namespace picket {
namespace {

static_assert(std::endian::native == std::endian::little, "the first byte of a word is its lowest");

constexpr std::uint64_t each_byte(unsigned char byte) { return 0x0101010101010101U * byte; }

// Bit 7 of each byte of the word that is `byte`; above the lowest of them, other bits may be set, too.
std::uint64_t bytes_equal(std::uint64_t word, unsigned char byte) {
  const std::uint64_t difference = word ^ each_byte(byte);
  return (difference - each_byte(0x01)) & ~difference & each_byte(0x80);
}

// The next quote, backslash or line end at or behind `at`; the end of the text if there is none.
std::size_t string_run_end(std::string_view text, std::size_t at) {
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    const std::uint64_t found = bytes_equal(word, '"') | bytes_equal(word, '\\') | bytes_equal(word, '\n');
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
  }
  while (at < text.size() && text[at] != '"' && text[at] != '\\' && text[at] != '\n') ++at;
  return at;
}

// What is behind the string whose quote is before `at`; the text's size if it does not end on the line.
std::size_t string_end(std::string_view text, std::size_t at) {
  for (;;) {
    at = string_run_end(text, at);
    if (at >= text.size() || text[at] == '\n') return text.size();
    if (text[at] == '"') return at + 1;
    if (at + 1 < text.size() && text[at + 1] == '\n') return text.size();
    at += 2;
  }
}

// Which brackets are open.
class OpenBrackets {
 public:
  bool open(bool object) {
    if (depth_ == deepest) return false;
    objects_[depth_++] = object;
    return true;
  }
  bool close(bool object) { return depth_ > 0 && objects_[--depth_] == object; }
  [[nodiscard]] bool none() const { return depth_ == 0; }

 private:
  static constexpr std::size_t deepest = 64;
  std::array<bool, deepest> objects_;
  std::size_t depth_ = 0;
};

}  // namespace

std::optional<std::size_t> plain_value_end(std::string_view text) {
  OpenBrackets brackets;
  for (std::size_t at = 0; at < text.size();) {
    const char byte = text[at];
    switch (byte) {
      case '"':
        at = string_end(text, at + 1);
        break;
      case '{':
      case '[':
        if (!brackets.open(byte == '{')) return std::nullopt;
        ++at;
        break;
      case '}':
      case ']':
        if (!brackets.close(byte == '}')) return std::nullopt;
        ++at;
        break;
      case '\n':
        return std::nullopt;
      default:
        ++at;
        break;
    }
    if (brackets.none()) return byte == '}' || byte == ']' ? std::optional(at) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace picket
