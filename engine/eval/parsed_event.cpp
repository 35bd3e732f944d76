#include "engine/eval/parsed_event.hpp"

#include <limits>
#include <string>
#include <variant>

#include "engine/event/json.hpp"

namespace picket {

void ParsedEvent::start(std::string_view text) {
  if (text_.size() > JsonTree::kept_text) tree_ = JsonTree();
  text_ = text;
  state_ = State::unread;
  whole_.reset();
  read_.clear();
}

void ParsedEvent::start(std::string_view text, Value event) {
  start(text);
  whole_ = std::move(event);
  state_ = State::whole;
}

// Whether single values are to be had: of an event that is there as a whole there is nothing to spare.
bool ParsedEvent::has_tree() {
  if (state_ == State::unread) state_ = tree_.read(text_) ? State::tree : State::whole;
  return state_ == State::tree;
}

const Value& ParsedEvent::event() {
  if (whole_) return *whole_;
  const JsonLimits limits{.nesting = std::numeric_limits<std::size_t>::max()};
  if (has_tree()) whole_ = tree_.value(limits);
  if (!whole_) {
    auto read = read_json(text_, limits);
    auto* value = std::get_if<Value>(&read);
    whole_ = value != nullptr ? std::move(*value) : Value(Object{});
  }
  state_ = State::whole;
  return *whole_;
}

EventReader::Reading ParsedEvent::read(const FieldTerm& term) {
  if (!has_tree()) return {};
  keys_.clear();
  for (const PathStep& step : term.path) {
    const auto* key = std::get_if<std::string>(&step);
    if (key == nullptr) break;
    keys_.emplace_back(*key);
  }
  for (const auto& [known, value] : read_) {
    if (known == &term) return {.value = &value, .steps = keys_.size()};
  }
  auto found = keys_.empty() ? std::nullopt : tree_.find(keys_);
  if (!found) return {};
  return {.value = &read_.emplace_back(&term, *std::move(found)).second, .steps = keys_.size()};
}

Value ParsedEvent::find(std::string_view key) {
  if (has_tree()) {
    keys_.assign(1, key);
    if (auto found = tree_.find(keys_)) return *std::move(found);
  }
  const Object* object = event().object();
  const Value* found = object == nullptr ? nullptr : object->find(key);
  return found == nullptr ? Value() : *found;
}

Value ParsedEvent::member(std::string_view key) {
  if (has_tree()) {
    if (auto found = tree_.find_exact(key)) return *std::move(found);
  }
  const Object* object = event().object();
  const Value* found = object == nullptr ? nullptr : object->find_exact(key);
  return found == nullptr ? Value() : *found;
}

}  // namespace picket
