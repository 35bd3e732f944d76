#include "engine/stream/buffer.hpp"

#include <algorithm>

#include "engine/eval/execute.hpp"

namespace picket {

Buffer::Buffer(std::size_t capacity)
    : bytes_(std::make_unique_for_overwrite<char[]>(capacity + 2 * block_padding)), capacity_(capacity) {
  std::fill_n(bytes_.get(), block_padding, '\0');
  std::fill_n(bytes_.get() + block_padding + capacity, block_padding, '\0');
}

char* Buffer::data() { return bytes_.get() + block_padding; }

std::shared_ptr<Buffer> BufferPool::take(std::size_t least) {
  const auto is_free = [](const std::shared_ptr<Buffer>& buffer) { return buffer.use_count() == 1; };
  std::erase_if(buffers_, [&](const auto& buffer) { return is_free(buffer) && buffer->capacity() > usual_capacity; });
  if (least <= usual_capacity) {
    const auto found = std::find_if(buffers_.begin(), buffers_.end(), is_free);
    if (found != buffers_.end()) return *found;
  }
  return buffers_.emplace_back(std::make_shared<Buffer>(std::max(least, usual_capacity)));
}

}  // namespace picket
