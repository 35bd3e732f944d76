// AlertSink: where alerts go. One of the edges of the world, hence virtual.
#pragma once

#include <cstdint>
#include <string>

#include "engine/state/alert.hpp"

namespace picket {

// How the world took what was handed to it.
struct Delivery {
  enum class Outcome : std::uint8_t {
    taken,
    closed,   // nobody reads any more (a closed pipe): no error, but going on is pointless
    stopped,  // the program is to end, and to take more would mean to wait: what is written down stays so
    failed,   // `reason` says why
  };
  Outcome outcome = Outcome::taken;
  std::string reason;
};

// Takes alerts in the order in which they were raised. Called by one thread at a time.
class AlertSink {
 public:
  AlertSink() = default;
  AlertSink(const AlertSink&) = delete;
  AlertSink& operator=(const AlertSink&) = delete;
  virtual ~AlertSink() = default;

  // Takes an alert; it may still be in a buffer when this returns.
  [[nodiscard]] virtual Delivery deliver(const Alert& alert) = 0;
  // Hands on all that was taken. Called before the engine waits for input, and at the end.
  [[nodiscard]] virtual Delivery flush() = 0;
};

}  // namespace picket
