// ParsedEvent: an event that is read when somebody asks for something of it, and of which no more is made than that.
#pragma once

#include <deque>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/eval/interpret.hpp"
#include "engine/event/json_tree.hpp"
#include "engine/event/value.hpp"

namespace picket {

// Answers as the event would, read whole. For one thread; keeps its memory for the next event.
class ParsedEvent final : public EventReader {
 public:
  // The text must live until the next start, and say an object: read_json() takes it, however deep it is nested.
  void start(std::string_view text);
  // The same for an event that has been read already.
  void start(std::string_view text, Value event);
  [[nodiscard]] std::string_view text() const { return text_; }

  [[nodiscard]] const Value& event() override;
  [[nodiscard]] Reading read(const FieldTerm& term) override;
  // The member that the language means by a key, as Object::find(); null if there is none.
  [[nodiscard]] Value find(std::string_view key);
  // The member of exactly this key; null if there is none.
  [[nodiscard]] Value member(std::string_view key);

 private:
  [[nodiscard]] bool has_tree();

  enum class State : std::uint8_t { unread, tree, whole };
  std::string_view text_;
  State state_ = State::unread;
  JsonTree tree_;
  std::optional<Value> whole_;
  std::deque<std::pair<const FieldTerm*, Value>> read_;
  std::vector<std::string_view> keys_;  // of the path in hand
};

}  // namespace picket
