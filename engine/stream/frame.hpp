// Frame: the text of one event, cut out of a stream of bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace picket {

struct FrameLimits {
  std::size_t longest = std::size_t{16} * 1024 * 1024;  // bytes of one event
  std::size_t shown = std::size_t{64} * 1024;           // bytes kept of one that is longer
};

struct Frame {
  // The text, or its first FrameLimits::shown bytes if it is not `whole`. Empty where a document ended too early.
  // Whether it is JSON is for the reader to say. Lives until the next frame is asked for.
  std::string_view text;
  bool whole = true;         // false: longer than the limit
  std::uint64_t length = 0;  // bytes
  std::uint64_t offset = 0;  // of its first byte in the stream, from 0
  std::uint64_t line = 1;    // on which it begins, from 1
};

}  // namespace picket
