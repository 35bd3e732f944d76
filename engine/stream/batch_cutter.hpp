// BatchCutter: a stream of bytes in, batches out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "engine/stream/batch.hpp"
#include "engine/stream/framer.hpp"

namespace picket {

struct ByteSource {
  ReadBytes read;
  std::function<bool()> ready;  // whether `read` would return at once
  // Whether the last `read` returned 0 because it was told to stop: then what it had begun is no text. Null: never.
  std::function<bool()> interrupted = nullptr;
};

// Cuts as the Framer does, in units that are worth handing to another thread. Never waits for bytes while it holds any
// that can be judged.
class BatchCutter {
 public:
  BatchCutter(ByteSource source, FrameLimits limits, std::shared_ptr<BufferPool> pool);

  // As Framer::begin_at().
  void begin_at(const FramingStart& start) { framer_.begin_at(start); }

  // Hands on the whole stream, or what of it `taker` wants.
  void run(const BatchTaker& taker);

  // Bytes of the stream that are behind the texts cut so far.
  [[nodiscard]] std::uint64_t consumed() const { return framer_.consumed(); }

 private:
  void before_read(bool moves);
  void add(const Frame& frame, bool lines);
  void hand_on();

  ByteSource source_;
  Framer framer_;
  Batch batch_;
  const BatchTaker* taker_ = nullptr;
  bool stopped_ = false;
};

}  // namespace picket
