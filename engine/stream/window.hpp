// Window: the stretch of a stream of bytes that is held in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace picket {

// Fills a part of the span from its front and returns how much; 0 is the end of the stream, for good.
using ReadBytes = std::function<std::size_t(std::span<char>)>;

class Window {
 public:
  explicit Window(ReadBytes read) : read_(std::move(read)) {}

  // What is held. Views live until the next call of more().
  [[nodiscard]] std::string_view view() const { return {buffer_.data() + begin_, end_ - begin_}; }
  [[nodiscard]] std::size_t size() const { return end_ - begin_; }
  // Where in the stream what is held begins.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }

  // Reads on behind what is held. False at the end of the stream.
  [[nodiscard]] bool more();
  // Lets go of the first bytes. REQUIRES: count <= size().
  void drop(std::size_t count) {
    begin_ += count;
    offset_ += count;
  }

 private:
  ReadBytes read_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t offset_ = 0;
  bool ended_ = false;
};

}  // namespace picket
