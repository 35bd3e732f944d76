// Unpacking Zstandard (RFC 8878) as it is read, in bounded memory. Owns libzstd.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "engine/stream/window.hpp"

namespace picket {

class Unzstd {
 public:
  // What `zstd` itself unpacks without being asked to: a window of 128 MiB. Higher levels than 19 and `--long` pack so.
  static constexpr int largest_window_log = 27;

  // `raw` yields the packed bytes: any number of frames one after another, skippable ones among them.
  explicit Unzstd(ReadBytes raw);
  Unzstd(const Unzstd&) = delete;
  Unzstd& operator=(const Unzstd&) = delete;
  ~Unzstd();

  // As ReadBytes. What stands before a fault is delivered, a broken block excepted; then the stream ends.
  [[nodiscard]] std::size_t read(std::span<char> to);
  // Why the stream ended before its time, if it did.
  [[nodiscard]] const std::optional<std::string>& fault() const { return fault_; }

 private:
  struct Stream;

  [[nodiscard]] bool refill();
  void end();
  void end_with(std::string fault);

  ReadBytes raw_;
  std::unique_ptr<Stream> stream_;
  bool ended_ = false;
  std::optional<std::string> fault_;
};

}  // namespace picket
