// WholeEvent: the event that is judged, for whoever needs more of it than the plan reads. Internal to engine/eval.
#pragma once

#include <cstddef>
#include <string_view>

#include "engine/eval/interpret.hpp"
#include "engine/eval/parsed_event.hpp"
#include "engine/event/value.hpp"

namespace picket {

// The event judged, and the interpreter: each read, and started, when first asked for.
class WholeEvent {
 public:
  WholeEvent(const CheckedPack& pack, std::size_t steps) : interpreter_(pack), steps_(steps) {}

  // As ParsedEvent::start().
  void start(std::string_view text, Time now);
  void start(std::string_view text, Value event, Time now);
  // REQUIRES: the view lives until the next start.
  void set_log_type(std::string_view log_type) { log_type_ = log_type; }
  // By whom the interpreter reads the event; from start() on it is parsed().
  void set_reader(EventReader* reader) { reader_ = reader; }

  [[nodiscard]] ParsedEvent& parsed() { return event_; }
  [[nodiscard]] const Value& value() { return event_.event(); }
  [[nodiscard]] Interpreter& interpreter();
  // Gives the interpreter its steps anew; what it knew of the event is forgotten.
  void restart();

 private:
  ParsedEvent event_;
  Interpreter interpreter_;
  std::size_t steps_;
  std::string_view log_type_;
  EventReader* reader_ = &event_;
  Time now_;
  bool started_ = false;
};

}  // namespace picket
