// Bytes of a file, a pipe or a terminal, unpacked if they are gzip. What they are is told by their first bytes, never
// by a name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/stream/gunzip.hpp"

namespace picket {

struct ReadOptions {
  // Called before every read, which may wait for long: the time to hand on what is ready.
  std::function<void()> before_read;
  // A descriptor that becomes readable when reading shall end; -1 for none.
  int wake = -1;
};

class ByteReader {
 public:
  // An open descriptor; closed in the end if it is `owned`.
  ByteReader(int descriptor, bool owned, ReadOptions options);
  ByteReader(const ByteReader&) = delete;
  ByteReader& operator=(const ByteReader&) = delete;
  ~ByteReader();

  // As ReadBytes. After a fault or an interruption the stream has ended.
  [[nodiscard]] std::size_t read(std::span<char> to);

  // Bytes read so far, packed as they are.
  [[nodiscard]] std::uint64_t raw_bytes() const { return raw_bytes_; }
  // Why not everything was read, in words that follow the input's name and a colon.
  [[nodiscard]] std::optional<std::string> fault() const;
  [[nodiscard]] bool interrupted() const { return interrupted_; }

 private:
  [[nodiscard]] std::size_t read_raw(std::span<char> to);
  [[nodiscard]] bool wait();
  void recognise();

  int descriptor_;
  bool owned_;
  bool regular_ = false;
  ReadOptions options_;
  std::string head_;  // read to recognise the format, not yet handed on
  bool recognised_ = false;
  bool ended_ = false;
  bool interrupted_ = false;
  std::unique_ptr<Gunzip> gunzip_;
  std::optional<std::string> fault_;
  std::uint64_t raw_bytes_ = 0;
};

}  // namespace picket
