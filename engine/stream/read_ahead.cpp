#include "engine/stream/read_ahead.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/stream/buffer.hpp"

namespace picket {
namespace {

constexpr std::size_t most_chunks = 8;

}  // namespace

ReadAhead::ReadAhead(ReadBytes source) : source_(std::move(source)) {
  thread_ = std::thread([this] { run(); });
}

ReadAhead::~ReadAhead() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  emptied_.notify_one();
  thread_.join();
}

std::size_t ReadAhead::read(std::span<char> to) {
  std::unique_lock lock(mutex_);
  filled_.wait(lock, [this] { return !chunks_.empty() || ended_; });
  if (chunks_.empty()) {
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    return 0;
  }
  Chunk& chunk = chunks_.front();
  lock.unlock();  // the other thread only adds behind it, which leaves the elements of a deque where they are
  const std::size_t count = std::min(to.size(), chunk.end - chunk.begin);
  std::memcpy(to.data(), chunk.bytes.data() + chunk.begin, count);
  chunk.begin += count;
  if (chunk.begin < chunk.end) return count;
  lock.lock();
  spare_.push_back(std::move(chunk));
  chunks_.pop_front();
  lock.unlock();
  emptied_.notify_one();
  return count;
}

bool ReadAhead::ready() const {
  const std::lock_guard lock(mutex_);
  return !chunks_.empty() || ended_;
}

void ReadAhead::run() {
  for (bool more = true; more;) {
    Chunk chunk;
    {
      std::unique_lock lock(mutex_);
      emptied_.wait(lock, [this] { return chunks_.size() < most_chunks || stopped_; });
      if (stopped_) return;
      if (!spare_.empty()) {
        chunk = std::move(spare_.back());
        spare_.pop_back();
      }
    }
    more = fill(chunk);
    const std::lock_guard lock(mutex_);
    if (more) chunks_.push_back(std::move(chunk));
    ended_ = !more;
    filled_.notify_one();
  }
}

// One call of the source, so that what a slow one has yielded does not wait here for more.
bool ReadAhead::fill(Chunk& chunk) {
  try {
    chunk.bytes.resize(chunk_bytes);
    chunk.begin = 0;
    chunk.end = source_(chunk.bytes);
    return chunk.end > 0;
  } catch (...) {
    const std::lock_guard lock(mutex_);
    failure_ = std::current_exception();
    return false;
  }
}

}  // namespace picket
