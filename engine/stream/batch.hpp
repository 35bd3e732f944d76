// Batch: a stretch of an input, cut and ready to be judged; what is handed from the thread that reads to those that
// judge.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/store/state_store.hpp"
#include "engine/stream/buffer.hpp"
#include "engine/stream/frame.hpp"

namespace picket {

// Either one text that stands where an event may stand, or many: whole lines, each of which is one unless it is blank.
struct Piece {
  Frame frame;  // of lines: all of them, and the place of the first
  bool lines = false;
};

// In the input's order. A piece's text has block_padding readable bytes before and behind it, and lives as long as the
// batch.
struct Batch {
  std::vector<Piece> pieces;
  std::uint64_t end = 0;       // offset in the stream: everything before it is in this batch or an earlier one
  std::uint64_t end_line = 1;  // on which what follows begins
  // Of an input that is many: which of them this is of, by name and as a file; else null.
  std::shared_ptr<const std::string> input;
  std::shared_ptr<const InputPosition> file;
  std::vector<std::shared_ptr<Buffer>> memory;  // where their texts are
  std::size_t bytes = 0;                        // of the texts

  [[nodiscard]] std::size_t memory_bytes() const;
  void clear();
};

// Where an input hands its batches. Of each call false means: no more of them.
struct BatchTaker {
  // Takes the batch's content and leaves it empty, perhaps with memory that was used before.
  std::function<bool(Batch&)> take;
  // The source has nothing more just now: the time to hand on all that is known. The input waits when this returns.
  std::function<bool()> rest;
};

}  // namespace picket
