// JudgingCrew: the threads that judge. Batches go in and are judged side by side; their outcomes come out in the order
// in which the batches went in.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/stream/batch_judge.hpp"

namespace picket {

// One thread, the caller's, pushes and drains; deliveries are made on it, within these calls. When it would only wait
// for the others it judges, too, so that a crew of one starts no thread. What the threads hold is bounded: three
// batches for each, of 32 MiB together unless it is one alone, and of each batch's outcomes two parts (BatchJudge says
// how large one may be).
class JudgingCrew {
 public:
  // Outcomes of one batch, and at its end what else there was to count. False: stop, nothing further is wanted.
  using Deliver = std::function<bool(std::vector<Outcome>&, const BatchInHand&, const BatchCounts*)>;

  // REQUIRES: at least one thread, and as many seats in the rules of what is pushed. Fewer are started where there is
  // not work enough, or the system has no more.
  JudgingCrew(std::size_t threads, Deliver deliver);
  JudgingCrew(const JudgingCrew&) = delete;
  JudgingCrew& operator=(const JudgingCrew&) = delete;
  ~JudgingCrew();

  // Takes the batch, and leaves one whose memory may be used again. Delivers what is ready, and waits where too much is
  // in hand. False once it is stopped. What a judge throws is thrown here, or by drain().
  [[nodiscard]] bool push(BatchInHand& given);
  // Delivers everything that was pushed.
  [[nodiscard]] bool drain();

 private:
  struct Work {
    BatchInHand in_hand;
    std::size_t memory_bytes = 0;
    BatchCounts counts;             // its judge's, until it is finished
    std::vector<Outcome> outcomes;  // to be delivered
    bool finished = false;
    std::exception_ptr failure;
  };
  using Lock = std::unique_lock<std::mutex>;

  // The caller's part.
  [[nodiscard]] bool pump(Lock& lock, std::size_t most_works, std::size_t most_bytes);
  [[nodiscard]] bool deliver_oldest(Lock& lock);
  [[nodiscard]] bool deliver_own(Work& own, std::vector<Outcome>& outcomes);
  void judge_here(Lock& lock);
  void retire_oldest();
  void start_thread();
  void stop();

  // Every judging thread's.
  void work(std::size_t thread);
  [[nodiscard]] Work* claim();
  [[nodiscard]] bool hand_over(Work& work, std::vector<Outcome>& outcomes);
  void judge(Work& work, BatchJudge& judge, const BatchJudge::TakeOutcomes& take);

  std::size_t threads_;
  Deliver deliver_;
  std::atomic<bool> stopped_ = false;  // changed under the mutex

  std::mutex mutex_;
  std::condition_variable pushed_;           // there is work, or it is over
  std::condition_variable progressed_;       // some work has outcomes, or is finished
  std::condition_variable delivered_;        // some outcomes were taken, or it is over
  std::deque<std::unique_ptr<Work>> works_;  // the oldest first
  std::size_t claimed_ = 0;                  // of them, the first so many
  std::size_t memory_bytes_ = 0;             // of them all

  std::vector<std::unique_ptr<Work>> spare_;  // the caller's
  BatchJudge own_judge_{0, stopped_};         // the caller's
  std::exception_ptr failure_;                // the caller's: of a judge, to be thrown
  std::vector<std::thread> others_;
};

}  // namespace picket
