#include "tools/terminal/display.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// General category Cc, the bidirectional controls, line separators and invisible format characters.
constexpr std::array<Range, 12> unsafe_ranges = {{{0x0000, 0x001F},
                                                  {0x007F, 0x009F},
                                                  {0x00AD, 0x00AD},
                                                  {0x061C, 0x061C},
                                                  {0x180E, 0x180E},
                                                  {0x200B, 0x200F},
                                                  {0x2028, 0x202E},
                                                  {0x2060, 0x206F},
                                                  {0xFEFF, 0xFEFF},
                                                  {0xFFF9, 0xFFFB},
                                                  {0xE0000, 0xE007F},
                                                  {0x1D173, 0x1D17A}}};

// Mn and Me of the scripts that logs hold most; exact tables belong to a Unicode library, which a caret does not need.
constexpr std::array<Range, 14> zero_width_ranges = {{{0x0300, 0x036F},
                                                      {0x0483, 0x0489},
                                                      {0x0591, 0x05BD},
                                                      {0x0610, 0x061A},
                                                      {0x064B, 0x065F},
                                                      {0x0900, 0x0902},
                                                      {0x093C, 0x093C},
                                                      {0x0941, 0x0948},
                                                      {0x0E34, 0x0E3A},
                                                      {0x0E47, 0x0E4E},
                                                      {0x1AB0, 0x1AFF},
                                                      {0x20D0, 0x20FF},
                                                      {0xFE00, 0xFE0F},
                                                      {0xFE20, 0xFE2F}}};

// East Asian Width W and F, joined to blocks.
constexpr std::array<Range, 16> wide_ranges = {{{0x1100, 0x115F},
                                                {0x231A, 0x231B},
                                                {0x23E9, 0x23EC},
                                                {0x2E80, 0x303E},
                                                {0x3041, 0x33FF},
                                                {0x3400, 0x4DBF},
                                                {0x4E00, 0x9FFF},
                                                {0xA000, 0xA4CF},
                                                {0xA960, 0xA97F},
                                                {0xAC00, 0xD7A3},
                                                {0xF900, 0xFAFF},
                                                {0xFE30, 0xFE6F},
                                                {0xFF00, 0xFF60},
                                                {0xFFE0, 0xFFE6},
                                                {0x1F300, 0x1FAFF},
                                                {0x20000, 0x3FFFD}}};

template <std::size_t count>
bool within(const std::array<Range, count>& ranges, char32_t code_point) {
  return std::any_of(ranges.begin(), ranges.end(), [code_point](const Range& range) {
    return range.first <= code_point && code_point <= range.last;
  });
}

void append_escape(std::string& to, char32_t code_point) {
  switch (code_point) {
    case U'\n':
      to += "\\n";
      return;
    case U'\r':
      to += "\\r";
      return;
    case U'\t':
      to += "\\t";
      return;
    default:
      break;
  }
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), code_point < 0x80 ? "\\x%02x" : "\\u{%x}",
                static_cast<unsigned>(code_point));
  to += buffer.data();
}

// Calls `sound` with each stretch of well-formed UTF-8 and `broken` with each byte that belongs to none.
template <typename Sound, typename Broken>
void for_each_stretch(std::string_view text, Sound sound, Broken broken) {
  while (!text.empty()) {
    const std::size_t length = find_invalid_utf8(text).value_or(text.size());
    sound(text.substr(0, length));
    text.remove_prefix(length);
    if (!text.empty()) {
      broken(static_cast<unsigned char>(text.front()));
      text.remove_prefix(1);
    }
  }
}

}  // namespace

std::string escape_controls(std::string_view text, bool keep_tabs) {
  std::string escaped;
  const auto sound = [&](std::string_view stretch) {
    for (std::size_t offset = 0; offset < stretch.size();) {
      const std::size_t begin = offset;
      const char32_t code_point = next_code_point(stretch, offset);
      if (within(unsafe_ranges, code_point) && !(keep_tabs && code_point == U'\t')) {
        append_escape(escaped, code_point);
      } else {
        escaped += stretch.substr(begin, offset - begin);
      }
    }
  };
  for_each_stretch(text, sound, [&](unsigned char byte) {
    std::array<char, 8> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "\\x%02x", byte);
    escaped += buffer.data();
  });
  return escaped;
}

std::size_t columns_of(char32_t code_point) {
  if (code_point < 0x300) return 1;
  if (within(zero_width_ranges, code_point)) return 0;
  return within(wide_ranges, code_point) ? 2 : 1;
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t offset = 0; offset < text.size();) columns += columns_of(next_code_point(text, offset));
  return columns;
}

std::string shorten(std::string_view text, std::size_t columns) {
  std::size_t used = 0;
  std::size_t kept = 0;  // bytes that fit beside the ellipsis
  for (std::size_t offset = 0; offset < text.size();) {
    used += columns_of(next_code_point(text, offset));
    if (used < columns) kept = offset;
    if (used > columns) return std::string(text.substr(0, kept)) + "…";
  }
  return std::string(text);
}

std::string wrap(std::string_view text, std::size_t columns, std::size_t indent) {
  std::string wrapped;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    const std::size_t width = columns_of(word);
    if (column + width > columns && column > indent) {
      wrapped.back() = '\n';
      wrapped.append(indent, ' ');
      column = indent;
    }
    wrapped += word;
    wrapped += ' ';
    column += width + 1;
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  if (!wrapped.empty()) wrapped.pop_back();
  return wrapped;
}

}  // namespace picket
