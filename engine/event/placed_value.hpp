// PlacedValue: a value in a text that is known to be JSON, read by the text's structural index. What EventScanner has
// accepted is neither checked nor decoded again. Views live as long as the text and its index.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace picket {

class PlacedValue {
 public:
  using Place = const std::uint32_t*;

  // The value that begins at a place. REQUIRES: the text is valid JSON from there to the value's end.
  PlacedValue(const char* text, Place at) : PlacedValue(text, at, behind(text, at)) {}

  [[nodiscard]] bool is_object() const { return text_[*at_] == '{'; }
  [[nodiscard]] bool is_list() const { return text_[*at_] == '['; }
  [[nodiscard]] bool is_null() const { return text_[*at_] == 'n'; }
  [[nodiscard]] bool is_text() const { return text_[*at_] == '"'; }

  // As it is written, without blanks around it.
  [[nodiscard]] std::string_view written() const {
    const std::uint32_t end = is_object() || is_list() ? behind_[-1] + 1 : token_end(at_);
    return {text_ + *at_, end - *at_};
  }
  // Between the quotes of a text, escapes as they are. REQUIRES: is_text().
  [[nodiscard]] std::string_view raw_text() const { return between_quotes(at_); }

  // Calls visit(key, value) for each member, in their order; keys as raw_text(). REQUIRES: is_object().
  template <typename Visit>
  void each_member(const Visit& visit) const {
    for (Place at = at_ + 1; at + 1 < behind_;) {
      const PlacedValue value(text_, at + 2);
      visit(between_quotes(at), value);
      at = value.behind_ + 1;
    }
  }
  // Calls visit(value) for each element. REQUIRES: is_list().
  template <typename Visit>
  void each_element(const Visit& visit) const {
    for (Place at = at_ + 1; at + 1 < behind_;) {
      const PlacedValue value(text_, at);
      visit(value);
      at = value.behind_ + 1;
    }
  }

 private:
  PlacedValue(const char* text, Place at, Place behind) : text_(text), at_(at), behind_(behind) {}

  // By its first byte, how a place changes the number of open brackets.
  static constexpr std::array<std::int8_t, 256> steps = [] {
    std::array<std::int8_t, 256> table{};
    table['{'] = table['['] = 1;
    table['}'] = table[']'] = -1;
    return table;
  }();

  static Place behind(const char* text, Place at) {
    int open = 0;
    do open += steps[static_cast<unsigned char>(text[*at++])];
    while (open != 0);
    return at;
  }

  [[nodiscard]] std::uint32_t token_end(Place at) const {
    std::uint32_t end = at[1];
    while (static_cast<unsigned char>(text_[end - 1]) <= ' ') --end;
    return end;
  }
  [[nodiscard]] std::string_view between_quotes(Place at) const { return {text_ + *at + 1, token_end(at) - *at - 2}; }

  const char* text_;
  Place at_;
  Place behind_;  // the place behind the value: that of a comma, a bracket, or the text's end
};

}  // namespace picket
