// KeptEvent: an event for whoever may need it later: the text that it came in, which costs less to keep and to hand on
// than what it says, and of most events is never read again.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "engine/event/value.hpp"

namespace picket {

// A value, cheap to copy: what it keeps is immutable and shared. Safe to read from any thread.
class KeptEvent {
 public:
  KeptEvent() = default;           // none
  KeptEvent(const Value& event);   // NOLINT(google-explicit-constructor): tests and readers have them as values
  KeptEvent(const Object& event);  // NOLINT(google-explicit-constructor)
  // REQUIRES: a text that read_json() takes, however deep it is nested.
  [[nodiscard]] static KeptEvent of_text(std::string_view text);

  [[nodiscard]] bool is_none() const { return text_ == nullptr; }
  // Empty for none.
  [[nodiscard]] std::string_view text() const { return text_ == nullptr ? std::string_view() : *text_; }
  // Reads it, each time anew; null for none.
  [[nodiscard]] Value value() const;
  // Bytes that it takes, roughly, as if it shared nothing.
  [[nodiscard]] std::size_t memory() const { return sizeof *this + text().size(); }

 private:
  std::shared_ptr<const std::string> text_;
};

}  // namespace picket
