// Window: the stretch of a stream of bytes that is held in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "engine/stream/buffer.hpp"

namespace picket {

// Fills a part of the span from its front and returns how much; 0 is the end of the stream, for good.
using ReadBytes = std::function<std::size_t(std::span<char>)>;

// Called before each read. If what is held is going to be moved, all views of the stream end with this call, unless
// the memory that they are in is shared.
using BeforeRead = std::function<void(bool moves)>;

class Window {
 public:
  Window(ReadBytes read, std::shared_ptr<BufferPool> pool, BeforeRead before_read)
      : read_(std::move(read)), before_read_(std::move(before_read)), pool_(std::move(pool)) {}
  // A stream that is this text, all of it held; the text must outlive the window.
  explicit Window(std::string_view text) : held_(text) {}

  // The stream is read from there on. REQUIRES: nothing is held yet.
  void begin_at(std::uint64_t offset) { offset_ = offset; }

  // What is held. Views live until more() moves it, or as long as somebody shares memory().
  [[nodiscard]] std::string_view view() const { return held_; }
  [[nodiscard]] std::size_t size() const { return held_.size(); }
  // Where in the stream what is held begins.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }
  // What view() lies in; null for a text. While it is shared, nothing is written into it.
  [[nodiscard]] const std::shared_ptr<Buffer>& memory() const { return memory_; }

  // Reads on behind what is held. False at the end of the stream.
  [[nodiscard]] bool more();
  // Lets go of the first bytes. REQUIRES: count <= size().
  void drop(std::size_t count) {
    held_.remove_prefix(count);
    offset_ += count;
  }

 private:
  [[nodiscard]] std::span<char> room();
  void make_room();

  ReadBytes read_;
  BeforeRead before_read_;
  std::shared_ptr<BufferPool> pool_;
  std::shared_ptr<Buffer> memory_;
  std::string_view held_;  // in memory_
  std::uint64_t offset_ = 0;
};

}  // namespace picket
