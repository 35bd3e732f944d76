// The bytes of an open descriptor as they are: a file, a pipe, a terminal.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace picket {

// Read by one thread at a time; stop() and bytes() may be called from any.
class DescriptorReader {
 public:
  // The descriptor is closed in the end if it is `owned`. Reading ends when `wake` becomes readable; -1 for never.
  DescriptorReader(int descriptor, bool owned, int wake);
  DescriptorReader(const DescriptorReader&) = delete;
  DescriptorReader& operator=(const DescriptorReader&) = delete;
  ~DescriptorReader();

  // As ReadBytes: waits for bytes, or for the call to end.
  [[nodiscard]] std::size_t read(std::span<char> to);
  // Whether read() would return at once: there are bytes, or it is the end.
  [[nodiscard]] bool ready() const;

  // Makes stop() reach a thread that waits in read(). False if the system has no descriptor left for that.
  [[nodiscard]] bool make_stoppable();
  // From now on read() returns 0. REQUIRES: make_stoppable() was true.
  void stop() const;

  // Whether it is a regular file, which never makes one wait.
  [[nodiscard]] bool regular() const { return regular_; }
  // Read so far.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }
  // At the end: why not everything was read, in words that follow the input's name and a colon.
  [[nodiscard]] const std::optional<std::string>& fault() const { return fault_; }
  // At the end: whether `wake` is the reason.
  [[nodiscard]] bool interrupted() const { return interrupted_; }

 private:
  [[nodiscard]] bool wait();

  int descriptor_;
  bool owned_;
  int wake_;
  int stop_ = -1;
  bool regular_ = false;
  bool ended_ = false;
  bool interrupted_ = false;
  std::atomic<std::uint64_t> bytes_ = 0;
  std::optional<std::string> fault_;
};

}  // namespace picket
