#include "engine/stream/window.hpp"

#include <algorithm>
#include <cstring>

namespace picket {
namespace {

// Read at a time: as fast as mmap, and safe where a file shrinks under the reader.
constexpr std::size_t chunk_bytes = std::size_t{256} * 1024;

}  // namespace

bool Window::more() {
  if (ended_) return false;
  if (begin_ > 0 && buffer_.size() - end_ < chunk_bytes) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, size());
    end_ -= begin_;
    begin_ = 0;
  }
  if (buffer_.size() - end_ < chunk_bytes) buffer_.resize(std::max(buffer_.size() * 2, 2 * chunk_bytes));
  const std::size_t count = read_(std::span(buffer_).subspan(end_, chunk_bytes));
  ended_ = count == 0;
  end_ += count;
  return !ended_;
}

}  // namespace picket
