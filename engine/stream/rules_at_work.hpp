// RulesAtWork: a version of the rules, with what each thread needs to judge by it.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "engine/eval/execute.hpp"
#include "engine/state/rules_version.hpp"

namespace picket {

// Each judging thread has a seat of its own. What it needs is made when it is first asked for, or before, by somebody
// who has the time: an executor for a thousand rules takes milliseconds.
class RulesAtWork {
 public:
  class Seat {
   public:
    // These are for the thread whose seat it is.
    [[nodiscard]] Executor& executor() { return *executor_; }
    // For an event of a block that the executor is within.
    [[nodiscard]] Executor& run_on_executor();
    [[nodiscard]] EventTimes& times() { return *times_; }

   private:
    friend class RulesAtWork;
    void take(const RulesAtWork& rules);

    const RulesAtWork* rules_ = nullptr;
    std::unique_ptr<Executor> executor_;
    std::unique_ptr<Executor> run_on_executor_;
    std::optional<EventTimes> times_;
    std::atomic<bool> taken_ = false;
  };

  // REQUIRES: at least one thread.
  RulesAtWork(std::shared_ptr<const RulesVersion> version, ExecutorOptions options, std::size_t threads);

  [[nodiscard]] const std::shared_ptr<const RulesVersion>& version() const { return version_; }
  [[nodiscard]] const ExecutorOptions& options() const { return options_; }
  // REQUIRES: thread < threads; no two threads ask for one seat at once.
  [[nodiscard]] Seat& seat(std::size_t thread);
  // Makes the seats that are taken in another version, which may be at work. Before anybody has a seat.
  void prepare_as(const RulesAtWork& other);

 private:
  std::shared_ptr<const RulesVersion> version_;
  ExecutorOptions options_;
  std::vector<Seat> seats_;
};

}  // namespace picket
