// Writing bytes to a file or a pipe, whole and in order, with an answer to how it went.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/alert/sink.hpp"

namespace picket {

// A buffered descriptor. After a failure or a closed pipe everything further is dropped and the same answer given
// again, so that the first cause is the one that is reported. Assumes that SIGPIPE is ignored. Not for two threads at
// once.
class FileWriter {
 public:
  // Creates the file, or empties it. The other alternative is the reason why not.
  [[nodiscard]] static std::variant<FileWriter, std::string> create(const std::string& path);
  // Writes to an open descriptor, which stays the caller's.
  [[nodiscard]] static FileWriter borrow(int descriptor);

  FileWriter(FileWriter&& other) noexcept;
  FileWriter& operator=(FileWriter&& other) noexcept;
  // Writes what is left, whatever comes of it: whoever cares calls finish().
  ~FileWriter();

  // A write that is interrupted by a signal is begun again unless this says that nobody shall be waited for any more;
  // then that is the failure. Without it, it always is.
  void give_up_when(std::function<bool()> gives_up) { gives_up_ = std::move(gives_up); }

  [[nodiscard]] Delivery write(std::string_view text);
  [[nodiscard]] Delivery flush();
  // Flushes and closes; some file systems (a full quota, NFS) tell only then.
  [[nodiscard]] Delivery finish();
  // Bytes that were dropped, after a failure.
  [[nodiscard]] std::size_t dropped() const { return dropped_; }

 private:
  FileWriter(int descriptor, bool owned) : descriptor_(descriptor), owned_(owned) {}

  int descriptor_ = -1;
  bool owned_ = false;
  std::string buffer_;
  Delivery state_;
  std::function<bool()> gives_up_;
  std::size_t dropped_ = 0;
};

}  // namespace picket
