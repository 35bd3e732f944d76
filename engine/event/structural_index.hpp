// Where the structural characters of JSON texts stand: brackets, commas, colons, and the first byte of each string,
// number and word. What a fast reader walks instead of bytes. Found 64 bytes at a time (Langdale and Lemire, "Parsing
// gigabytes of JSON per second", section 3.1), in one pass with what else a reader must know of all bytes: where lines
// end, and where on them escapes and characters beyond ASCII stand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/event/event_place.hpp"

namespace picket {

// One per thread.
class StructuralIndex {
 public:
  // Instructions by which bytes are looked at. All find the same.
  enum class Kernel : std::uint8_t { portable, neon, sse2, avx2, avx512 };
  // Those that this processor has; the fastest one last.
  [[nodiscard]] static std::vector<Kernel> kernels();

  explicit StructuralIndex(Kernel kernel = kernels().back());

  // Indexes any number of JSON texts, each of which keeps to a line of its own. False if the bytes are not UTF-8, or a
  // string is not closed or holds a control character; then there is no index. The longest texts take memory of some
  // four times their length, kept for the next ones.
  // REQUIRES: fewer than 2^32 bytes, and 64 readable ones behind them.
  [[nodiscard]] bool build(std::string_view texts) { return build(texts, true); }
  // The same of one text, which may go over several lines and counts as one.
  [[nodiscard]] bool build_one(std::string_view text) { return build(text, false); }

  // Offsets, ascending; behind the last `sentinels` more, all of them the length of the texts. Good until something
  // else is built, as the lines are.
  static constexpr std::size_t sentinels = 4;
  [[nodiscard]] const std::uint32_t* places() const { return places_.data(); }
  [[nodiscard]] std::size_t count() const { return count_; }
  // The lines on which something stands.
  [[nodiscard]] std::span<const EventPlace> lines() const { return lines_; }

 private:
  [[nodiscard]] bool build(std::string_view texts, bool by_lines);

  std::uint32_t* (*index_)(std::string_view texts, bool by_lines, std::uint32_t* places,
                           std::vector<EventPlace>& lines);
  std::vector<std::uint32_t> places_;
  std::size_t count_ = 0;
  std::vector<EventPlace> lines_;
};

}  // namespace picket
