// ReadAhead: a source of bytes that is read on a thread of its own, some way ahead of whoever wants the bytes.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "engine/stream/window.hpp"

namespace picket {

// At most a few chunks are held: 2 MiB. Used by one thread beside its own.
class ReadAhead {
 public:
  // `source` is called on the other thread until it returns 0; what it throws, read() throws. Throws std::system_error
  // if there can be no further thread.
  explicit ReadAhead(ReadBytes source);
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;
  // Waits for the call of the source that is under way, if there is one.
  ~ReadAhead();

  // As ReadBytes. Once it has returned 0, the source is at rest.
  [[nodiscard]] std::size_t read(std::span<char> to);
  // Whether read() would return at once.
  [[nodiscard]] bool ready() const;

 private:
  struct Chunk {
    std::vector<char> bytes;
    std::size_t begin = 0;  // what is left to be read
    std::size_t end = 0;
  };

  void run();
  [[nodiscard]] bool fill(Chunk& chunk);

  ReadBytes source_;
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::condition_variable emptied_;
  std::deque<Chunk> chunks_;  // filled, the oldest first
  std::vector<Chunk> spare_;
  bool ended_ = false;
  bool stopped_ = false;
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace picket
