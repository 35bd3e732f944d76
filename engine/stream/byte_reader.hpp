// Bytes of a file, a pipe or a terminal, unpacked if they are gzip or zstd. What they are is told by their first bytes,
// never by a name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "engine/stream/descriptor_reader.hpp"
#include "engine/stream/gunzip.hpp"
#include "engine/stream/read_ahead.hpp"
#include "engine/stream/unzstd.hpp"

namespace picket {

// Used by one thread. What is packed is unpacked by another, except for the first part of a file: a thread would cost
// more than that.
class ByteReader {
 public:
  // An open descriptor; closed in the end if it is `owned`. Reading ends when `wake` becomes readable; -1 for never.
  ByteReader(int descriptor, bool owned, int wake) : raw_(descriptor, owned, wake) {}
  ByteReader(const ByteReader&) = delete;
  ByteReader& operator=(const ByteReader&) = delete;
  ~ByteReader();

  // As ReadBytes. After a fault or an interruption the stream has ended.
  [[nodiscard]] std::size_t read(std::span<char> to);
  // Whether read() would return at once: there are bytes, or it is the end.
  [[nodiscard]] bool ready();

  // Bytes read so far, packed as they are.
  [[nodiscard]] std::uint64_t raw_bytes() const { return raw_.bytes(); }
  // Once read() has returned 0: why not everything was read, in words that follow the input's name and a colon.
  [[nodiscard]] std::optional<std::string> fault() const;
  // Once read() has returned 0: whether `wake` is the reason.
  [[nodiscard]] bool interrupted() const { return ended_ && raw_.interrupted(); }

 private:
  using Unpacker = std::variant<Gunzip, Unzstd>;

  void recognise();
  [[nodiscard]] std::size_t read_raw(std::span<char> to);
  [[nodiscard]] std::size_t unpack(std::span<char> to);
  void unpack_ahead();

  DescriptorReader raw_;
  std::string head_;  // read to recognise the format, not yet handed on
  bool recognised_ = false;
  bool ended_ = false;
  std::optional<std::string> refusal_;  // of a format that is not read
  std::unique_ptr<Unpacker> unpacker_;
  std::unique_ptr<ReadAhead> ahead_;  // then it alone touches unpacker_, raw_ and head_ until it ends
  bool ahead_tried_ = false;
  std::size_t unpacked_ = 0;  // bytes, until then
};

}  // namespace picket
