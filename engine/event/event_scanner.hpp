// EventScanner: reads the fields that a FieldTrie asks for out of the text of an event, in one pass over its structural
// index, and checks the whole text by RFC 8259 on the way. Nothing is decoded or copied: a field is a range of bytes.
//
// Hot: allocates nothing once it has met the largest trie.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/event_place.hpp"
#include "engine/event/field_trie.hpp"
#include "engine/event/key_order.hpp"

namespace picket {

enum class FieldKind : std::uint8_t { absent, null, boolean, number, text, list, object };

// What stands at a path: bytes of the block. Of a text without its quotes, escapes as they are.
struct CapturedField {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  FieldKind kind = FieldKind::absent;
  [[nodiscard]] std::string_view in(std::string_view block) const { return block.substr(begin, end - begin); }
};

// The fields of one event by one trie.
class EventFields {
 public:
  explicit EventFields(const FieldTrie& trie);

  // Absent for a path at which nothing stands, or that is not asked for.
  [[nodiscard]] CapturedField operator[](FieldId field) const {
    const State& state = fields_[field];
    return state.event == event_ ? state.captured : CapturedField();
  }
  // The same of one that is there.
  [[nodiscard]] const CapturedField& met(FieldId field) const { return fields_[field].captured; }
  // The listed ones that are there, in the order in which they were first met; one that a later duplicate took back is
  // absent.
  [[nodiscard]] std::span<const FieldId> present() const { return std::span(present_).first(present_count_); }

 private:
  friend class EventScanner;

  // A node: in which event it was met last, by which spelling, and what stands there.
  struct State {
    std::uint32_t event = 0;
    std::uint32_t key_begin = 0;  // of the key in the block, escapes as they are; 0 if its spelling is the trie's
    std::uint32_t key_end = 0;
    CapturedField captured;
  };

  void clear();
  void take_back(const FieldTrie& trie, FieldId node);

  std::vector<State> fields_;  // by node
  std::vector<FieldId> present_;
  std::size_t present_count_ = 0;
  KeyOrder order_;
  std::uint32_t event_ = 0;
};

class EventScanner {
 public:
  explicit EventScanner(std::size_t nesting) : nesting_(nesting) {}

  // Reads one event: an object with blanks around it and nothing else up to the place's end. Returns the first place
  // behind it, or null if it is no such thing; then `fields` means nothing. A number that only an exact reader can
  // judge is refused too.
  // REQUIRES: 64 readable bytes before and behind the block.
  [[nodiscard]] const std::uint32_t* scan(std::string_view block, const EventPlace& place, const FieldTrie& trie,
                                          EventFields& fields);

 private:
  class Walk;

  static constexpr std::size_t most_scalars = 64;

  // An object that is left for one in it.
  struct Open {
    KeyOrder::Cursor cursor = nullptr;
    FieldId node = no_field;
    AskedKey asked;
    std::uint32_t begin = 0;
  };
  static constexpr std::size_t most_open = 16;  // those in deeper ones are read by recursion

  std::size_t nesting_;
  std::array<Open, most_open> open_;
  std::array<const std::uint32_t*, most_scalars> scalars_{};  // places of values that are yet to be checked
  std::string key_;  // a decoded one, with the bytes around it that find() reads
};

}  // namespace picket
