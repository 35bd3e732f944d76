// What the tests of framing share: a stream out of a text, in chunks of chosen sizes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/stream/framer.hpp"

namespace picket::tests {

// A frame that owns its text.
struct OwnedFrame {
  std::string text;
  bool whole = true;
  std::uint64_t length = 0;
  std::uint64_t offset = 0;
  std::uint64_t line = 0;
  friend bool operator==(const OwnedFrame&, const OwnedFrame&) = default;
};

// `text` must outlive the reader. `next_size` is asked how much the next read may yield.
inline ReadBytes read_in_chunks(std::string_view text, std::function<std::size_t()> next_size) {
  return [text, next_size = std::move(next_size)](std::span<char> to) mutable {
    const std::size_t count = text.copy(to.data(), std::min(to.size(), next_size()));
    text.remove_prefix(count);
    return count;
  };
}

inline OwnedFrame owned(const Frame& frame) {
  return {std::string(frame.text), frame.whole, frame.length, frame.offset, frame.line};
}

inline std::vector<OwnedFrame> all_frames(Framer& framer) {
  std::vector<OwnedFrame> frames;
  while (const auto frame = framer.next()) frames.push_back(owned(*frame));
  return frames;
}

inline std::vector<OwnedFrame> frames_of(std::string_view text, std::size_t chunk = 1 << 20, FrameLimits limits = {}) {
  Framer framer(read_in_chunks(text, [chunk] { return chunk; }), limits);
  return all_frames(framer);
}

inline std::vector<std::string> texts_of(std::string_view text, std::size_t chunk = 1 << 20, FrameLimits limits = {}) {
  std::vector<std::string> texts;
  for (OwnedFrame& frame : frames_of(text, chunk, limits)) texts.push_back(std::move(frame.text));
  return texts;
}

}  // namespace picket::tests
