#include "engine/stream/window.hpp"

#include <algorithm>
#include <cstring>

namespace picket {
namespace {

// With less room than this a read is not worth its call.
constexpr std::size_t least_room = std::size_t{64} * 1024;
static_assert(chunk_bytes + least_room <= BufferPool::usual_capacity);

}  // namespace

bool Window::more() {
  if (!read_) return false;
  const bool moves = memory_ == nullptr || BufferPool::shared(memory_) || room().size() < least_room;
  if (before_read_) before_read_(moves);
  if (moves || BufferPool::shared(memory_)) make_room();  // that call may have shared it
  const std::span<char> to = room();
  const std::size_t count = read_(to.first(std::min(to.size(), chunk_bytes)));
  if (count == 0) read_ = nullptr;
  held_ = {held_.data(), held_.size() + count};
  return count > 0;
}

// What lies behind the bytes held, in their memory.
std::span<char> Window::room() {
  const auto end = static_cast<std::size_t>(held_.data() + held_.size() - memory_->data());
  return {memory_->data() + end, memory_->capacity() - end};
}

// Moves what is held to the front of its memory, or of another.
void Window::make_room() {
  const std::size_t wanted = held_.size() + chunk_bytes;
  const bool usable = memory_ != nullptr && !BufferPool::shared(memory_) && memory_->capacity() >= wanted;
  std::shared_ptr<Buffer> memory = usable ? memory_ : pool_->take(std::max(wanted, 2 * held_.size()));
  if (!held_.empty()) std::memmove(memory->data(), held_.data(), held_.size());
  held_ = {memory->data(), held_.size()};
  memory_ = std::move(memory);
}

}  // namespace picket
