// Literal: a text that is sought in texts of events as they stand there, with their escapes, whatever their ASCII case.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/event/words.hpp"

namespace picket {

// What a text is sought in is called `sought` here: up to ASCII case a text folded by Unicode with its escapes as
// escape() writes them, and with 16 readable bytes before and behind it.
class Literal {
 public:
  // Of a folded text with its escapes.
  explicit Literal(std::string_view escaped)
      : text_(std::string(escaped).append(padding, '\0')), length_(static_cast<std::uint32_t>(escaped.size())) {}

  [[nodiscard]] std::string_view view() const { return std::string_view(text_).substr(0, length_); }

  // Whether it stands at a place of the text.
  [[nodiscard]] bool stands_at(std::string_view sought, std::size_t at) const {
    if (at > sought.size() || sought.size() - at < length_) return false;
    for (std::size_t i = 0; i < length_; i += 8) {
      const std::uint64_t difference =
          words::lower_ascii(words::load(sought.data() + at + i)) ^ words::load(text_.data() + i);
      if (words::first_bytes(difference, std::min<std::size_t>(8, length_ - i)) != 0) return false;
    }
    return true;
  }

  // Of the text without its escapes: where escapes make that dear to tell, unsure.
  enum class Answer : std::uint8_t { no, yes, unsure };
  [[nodiscard]] Answer begins(std::string_view sought) const { return stands_at(sought, 0) ? Answer::yes : Answer::no; }
  [[nodiscard]] Answer ends(std::string_view sought) const;
  [[nodiscard]] Answer stands_in(std::string_view sought) const;

  // Whether a character or an escape begins at a place of the text, and not the second half of an escape. Of a place
  // behind many backslashes it is not told, for a text may be nothing else.
  [[nodiscard]] static Answer is_whole_at(std::string_view sought, std::size_t at) {
    constexpr std::size_t most = 16;
    std::size_t backslashes = 0;
    while (backslashes < std::min(at, most) && sought[at - 1 - backslashes] == '\\') ++backslashes;
    if (backslashes == most) return Answer::unsure;
    return backslashes % 2 == 0 ? Answer::yes : Answer::no;
  }

 private:
  static constexpr std::size_t padding = 8;

  std::string text_;  // with some bytes behind it
  std::uint32_t length_;
};

}  // namespace picket
