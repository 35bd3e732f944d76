// Input: where events come from. One of the edges of the world, hence virtual: a file is one, and whatever else yields
// the texts of events with a place can be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/store/state_store.hpp"
#include "engine/stream/batch.hpp"

namespace picket {

// Used by one thread at a time.
class Input {
 public:
  Input() = default;
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  virtual ~Input() = default;

  // What places and messages call it.
  [[nodiscard]] virtual const std::string& name() const = 0;
  // Hands on all that it holds, batch by batch and in order, to its end or until a call of `to` returns false. Waits
  // where the source is slow, but never while it holds what could be judged.
  virtual void read(const BatchTaker& to) = 0;

  // Which file it is, and where in it judging begins: an earlier run has judged what lies before, which may be handed
  // on nevertheless. Nothing if what is read here cannot be read again.
  [[nodiscard]] virtual std::optional<InputPosition> position() const { return std::nullopt; }

  // Bytes of text behind what was handed on, unpacked.
  [[nodiscard]] virtual std::uint64_t bytes() const = 0;
  // Bytes taken from the source, as it holds them: what progress is measured by.
  [[nodiscard]] virtual std::uint64_t raw_bytes() const = 0;
  // At the end: why not everything was read, or nothing.
  [[nodiscard]] virtual std::optional<std::string> fault() const = 0;
  // At the end: whether it is one because stopping was asked for.
  [[nodiscard]] virtual bool interrupted() const = 0;
};

}  // namespace picket
