#include "engine/eval/whole_event.hpp"

#include <utility>
#include <variant>

#include "engine/event/json.hpp"

namespace picket {

void WholeEvent::start(std::string_view text, Time now) {
  text_ = text;
  now_ = now;
  value_.reset();
  reader_ = nullptr;
  started_ = false;
}

void WholeEvent::start(Value event, Time now) {
  start(std::string_view(), now);
  value_ = std::move(event);
}

const Value& WholeEvent::value() {
  if (!value_) {
    auto read = read_json(text_, {.nesting = nesting_});
    // The scanner has found it to be an event, and the two readers agree.
    value_ = std::holds_alternative<Value>(read) ? std::get<Value>(std::move(read)) : Value(Object{});
  }
  return *value_;
}

Interpreter& WholeEvent::interpreter() {
  if (!started_) restart();
  return interpreter_;
}

void WholeEvent::restart() {
  interpreter_.start({.event = reader_ == nullptr ? &value() : nullptr,
                      .reader = reader_,
                      .log_type = log_type_,
                      .now = now_,
                      .mocks = nullptr,
                      .steps = steps_});
  started_ = true;
}

}  // namespace picket
