// WholeEvent: the event that is judged, for whoever needs more of it than single fields. Internal to engine/eval.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "engine/eval/interpret.hpp"
#include "engine/event/value.hpp"

namespace picket {

// The event judged as a value, and the interpreter: each there when first asked for.
class WholeEvent {
 public:
  WholeEvent(const CheckedPack& pack, std::size_t steps, std::size_t nesting)
      : interpreter_(pack), steps_(steps), nesting_(nesting) {}

  // The text must live until the next call, and be JSON as read_json takes it.
  void start(std::string_view text, Time now);
  // The same for an event that was read already.
  void start(Value event, Time now);
  // REQUIRES: the view lives until the next start.
  void set_log_type(std::string_view log_type) { log_type_ = log_type; }
  // By whom the interpreter reads the event; null, as from start() on: it gets the whole event.
  void set_reader(EventReader* reader) { reader_ = reader; }

  [[nodiscard]] const Value& value();
  [[nodiscard]] Interpreter& interpreter();
  // Gives the interpreter its steps anew; what it knew of the event is forgotten.
  void restart();

 private:
  Interpreter interpreter_;
  std::size_t steps_;
  std::size_t nesting_;
  std::string_view text_;
  std::string_view log_type_;
  EventReader* reader_ = nullptr;
  Time now_;
  std::optional<Value> value_;
  bool started_ = false;
};

}  // namespace picket
