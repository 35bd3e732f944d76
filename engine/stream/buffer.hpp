// The memory that streams are read into, used again and again.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace picket {

// Read at a time: as fast as mmap, and safe where a file shrinks under the reader.
constexpr std::size_t chunk_bytes = std::size_t{256} * 1024;

// Bytes of no certain value, with block_padding readable ones before and behind them.
class Buffer {
 public:
  explicit Buffer(std::size_t capacity);

  [[nodiscard]] char* data();
  [[nodiscard]] std::size_t capacity() const { return capacity_; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_;
};

// Gives out buffers and takes them back: one is free again when nobody but the pool holds it. Taken and let go of by
// one thread; between that, others may read them.
class BufferPool {
 public:
  // What most buffers hold: a read, and what the one before left over.
  static constexpr std::size_t usual_capacity = std::size_t{320} * 1024;

  // A buffer of at least so many bytes. Those larger than usual are not kept once they are free.
  [[nodiscard]] std::shared_ptr<Buffer> take(std::size_t least);
  // Whether anybody holds the buffer besides the one who asks.
  [[nodiscard]] static bool shared(const std::shared_ptr<Buffer>& buffer) { return buffer.use_count() > 2; }

 private:
  std::vector<std::shared_ptr<Buffer>> buffers_;
};

}  // namespace picket
