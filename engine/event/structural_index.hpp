// Where the structural characters of JSON texts stand: brackets, commas, colons, and the first byte of each string,
// number and word. What a fast reader walks instead of bytes. Found by simdjson's first stage (Langdale and Lemire,
// "Parsing gigabytes of JSON per second"), with the kernel that fits the processor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace picket {

// One per thread.
class StructuralIndex {
 public:
  StructuralIndex();
  StructuralIndex(const StructuralIndex&) = delete;
  StructuralIndex& operator=(const StructuralIndex&) = delete;
  ~StructuralIndex();

  // Indexes any number of JSON texts, one after another. False if the bytes are not UTF-8, a string is not closed or
  // holds a control character, or nothing but blanks is there; then there is no index. The longest text takes memory of
  // some four times its length, kept for the next one.
  // REQUIRES: fewer than 2^32 bytes, and 64 readable ones behind them.
  [[nodiscard]] bool build(std::string_view texts);

  // Offsets, ascending; behind the last `sentinels` more, all of them the length of the texts. Good until the next
  // build().
  static constexpr std::size_t sentinels = 4;
  [[nodiscard]] const std::uint32_t* places() const { return places_; }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  struct Stage;
  std::unique_ptr<Stage> stage_;
  const std::uint32_t* places_ = nullptr;
  std::size_t count_ = 0;
};

}  // namespace picket
