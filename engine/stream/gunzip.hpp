// Unpacking gzip (RFC 1952) as it is read, in constant memory. Owns zlib.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "engine/stream/window.hpp"

namespace picket {

class Gunzip {
 public:
  // `raw` yields the packed bytes, any number of members one after another.
  explicit Gunzip(ReadBytes raw);
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;
  ~Gunzip();

  // As ReadBytes. Everything before a fault is delivered; then the stream ends.
  [[nodiscard]] std::size_t read(std::span<char> to);
  // Why the stream ended before its time, if it did.
  [[nodiscard]] const std::optional<std::string>& fault() const { return fault_; }

 private:
  struct Stream;

  [[nodiscard]] bool refill();
  [[nodiscard]] bool next_member();
  void end_with(std::string fault);

  ReadBytes raw_;
  std::unique_ptr<Stream> stream_;
  bool in_member_ = true;
  bool ended_ = false;
  std::optional<std::string> fault_;
};

}  // namespace picket
