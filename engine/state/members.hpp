// What is written down as an object of JSON: what of it is written by more than one, and reading it back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/event/json_line.hpp"
#include "engine/event/time.hpp"
#include "engine/event/value.hpp"
#include "engine/frontend/rule.hpp"

namespace picket {

// The object that a text is, or null if it is none.
[[nodiscard]] Value read_object(std::string_view text);
// The number that a key is; nothing if it is none.
[[nodiscard]] std::optional<std::uint64_t> read_number(std::string_view text);

// Members::count() and Members::time() read them.
inline void write_count(JsonLine& line, std::string_view key, std::uint64_t count) {
  line.number(key, static_cast<std::int64_t>(count));
}
inline void write_time(JsonLine& line, std::string_view key, const std::optional<Time>& time) {
  time ? line.number(key, time->microseconds) : line.null(key);
}

// Reads an object's members. Whatever is not as it was written makes the whole of it unsound.
class Members {
 public:
  // `object` must outlive the reader.
  explicit Members(const Object& object) : object_(object) {}

  [[nodiscard]] bool sound() const { return sound_; }

  std::string text(std::string_view key) {
    const auto found = optional_text(key);
    return found ? *found : fault<std::string>();
  }
  std::optional<std::string> optional_text(std::string_view key) {
    const Value& value = member(key);
    if (value.is_null()) return std::nullopt;
    if (const auto* text = value.string()) return *text;
    return fault<std::optional<std::string>>();
  }
  std::optional<std::int64_t> optional_number(std::string_view key) {
    const Value& value = member(key);
    if (value.is_null()) return std::nullopt;
    if (const auto* number = value.integer()) return *number;
    return fault<std::optional<std::int64_t>>();
  }
  std::int64_t number(std::string_view key) {
    const auto found = optional_number(key);
    return found ? *found : fault<std::int64_t>();
  }
  std::uint64_t count(std::string_view key) { return static_cast<std::uint64_t>(number(key)); }
  std::optional<Time> time(std::string_view key) {
    const auto found = optional_number(key);
    return found ? time_at(*found) : std::nullopt;
  }
  Severity severity(std::string_view key) {
    const auto severity = severity_from_word(text(key));
    return severity ? *severity : fault<Severity>();
  }
  const Value& member(std::string_view key) {
    static const Value none;
    const Value* value = object_.find_exact(key);
    if (value == nullptr) sound_ = false;
    return value == nullptr ? none : *value;
  }

 private:
  template <typename T>
  T fault() {
    sound_ = false;
    return {};
  }

  const Object& object_;
  bool sound_ = true;
};

}  // namespace picket
