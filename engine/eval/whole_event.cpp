#include "engine/eval/whole_event.hpp"

#include <utility>

namespace picket {

void WholeEvent::start(std::string_view text, Time now) {
  event_.start(text);
  now_ = now;
  reader_ = &event_;
  started_ = false;
}

void WholeEvent::start(std::string_view text, Value event, Time now) {
  start(text, now);
  event_.start(text, std::move(event));
}

Interpreter& WholeEvent::interpreter() {
  if (!started_) restart();
  return interpreter_;
}

void WholeEvent::restart() {
  interpreter_.start(
      {.event = nullptr, .reader = reader_, .log_type = log_type_, .now = now_, .mocks = nullptr, .steps = steps_});
  started_ = true;
}

}  // namespace picket
