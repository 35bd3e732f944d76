// A thread for work that is begun now and asked for later, one piece at a time.
#pragma once

#include <condition_variable>
#include <future>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace picket {

// The same thread from first to last: what the work leaves in memory for the next (an allocator's, a library's own) is
// near it. Used by one thread.
template <typename Result>
class BackgroundThread {
 public:
  // REQUIRES: what was begun before is done. What the work throws, the future has.
  template <typename Work>
  [[nodiscard]] std::future<Result> begin(Work work) {
    std::packaged_task<Result()> task(std::move(work));
    std::future<Result> result = task.get_future();
    {
      const std::lock_guard lock(mutex_);
      task_ = std::move(task);
    }
    changed_.notify_one();
    return result;
  }

 private:
  void work(const std::stop_token& stop) {
    for (;;) {
      std::unique_lock lock(mutex_);
      if (!changed_.wait(lock, stop, [this] { return task_.has_value(); })) return;
      std::packaged_task<Result()> task = *std::exchange(task_, std::nullopt);
      lock.unlock();
      task();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<std::packaged_task<Result()>> task_;
  // Last: it uses the above. Its destructor waits until what was begun is done.
  std::jthread thread_{[this](const std::stop_token& stop) { work(stop); }};
};

}  // namespace picket
