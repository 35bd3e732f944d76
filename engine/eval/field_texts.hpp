// The texts of one event's fields, decoded and folded when somebody asks, once. Hot: what it keeps it keeps for the
// next event.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/event_scanner.hpp"

namespace picket {

class FieldTexts {
 public:
  explicit FieldTexts(std::size_t fields) : texts_(fields) {}

  // Forgets the last event. `fields` and the block must stay until the next one.
  void start(std::string_view block, const LineEnd& line, const EventFields& fields);

  // REQUIRES: the field is a text.
  [[nodiscard]] std::string_view decoded(FieldId field);
  // By Unicode simple case folding.
  [[nodiscard]] std::string_view folded(FieldId field);
  // As access keys are sought in it (FieldAccess): up to ASCII case the folded text with its escapes. With 16 readable
  // bytes before and behind it. Of a list or an object, too: each text in it stands there so, but what is no part of a
  // text may look like one.
  [[nodiscard]] std::string_view sought(FieldId field) {
    const CapturedField captured = (*fields_)[field];
    return line_.is_plain(captured.begin, captured.end) ? captured.in(block_) : sought_anew(field);
  }

 private:
  struct Text {
    std::uint32_t decoded_in = 0;  // the event it was decoded in
    std::uint32_t folded_in = 0;
    std::uint32_t sought_in = 0;
    std::string_view decoded;
    std::string_view folded;
    std::string_view sought;
    std::vector<char> decoded_bytes;
    std::vector<char> folded_bytes;
    std::vector<char> sought_bytes;
  };

  [[nodiscard]] std::string_view sought_anew(FieldId field);
  [[nodiscard]] std::string_view sought_text(FieldId field);
  [[nodiscard]] std::string_view sought_container(const CapturedField& captured, Text& text);

  std::vector<Text> texts_;
  std::string odd_;  // what a text becomes that is not ASCII, or written otherwise than escape() does, on the way …
  std::string folded_;  // … and a part of a container before it
  std::string_view block_;
  LineEnd line_;
  const EventFields* fields_ = nullptr;
  std::uint32_t event_ = 0;
};

}  // namespace picket
