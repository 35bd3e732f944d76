// BatchJudge: a batch in, what its judging came to out.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/eval/execute.hpp"
#include "engine/state/rules_version.hpp"
#include "engine/store/state_store.hpp"
#include "engine/stream/batch.hpp"
#include "engine/stream/outcome.hpp"
#include "engine/stream/tally.hpp"

namespace picket {

// A batch on its way.
struct BatchInHand {
  Batch batch;
  std::shared_ptr<const std::string> input;   // its name
  std::shared_ptr<const InputPosition> file;  // which one it is; null if that is not remembered
  std::shared_ptr<const RulesVersion> rules;  // to judge by
  Time now;                                   // for `now` in rules
};

// One per thread. The rules and whatever else is shared is only read.
class BatchJudge {
 public:
  // Takes outcomes in the order of events, those of one event in the rules' order, and leaves the vector empty; false:
  // judge no more. Dead letters view the batch's texts.
  using TakeOutcomes = std::function<bool(std::vector<Outcome>&)>;

  // Judging ends soon after `stopped` is true.
  BatchJudge(ExecutorOptions options, const std::atomic<bool>& stopped);

  // Judges a batch, by its rules. `outcomes` is handed over whenever there is much in it; at the end it holds the rest.
  // Adds to `counts` what was judged.
  void judge(const BatchInHand& work, std::vector<Outcome>& outcomes, BatchCounts& counts, const TakeOutcomes& take);

 private:
  // Of the batch that is being judged.
  struct Call {
    const BatchInHand& work;
    std::vector<Outcome>& outcomes;
    BatchCounts& counts;
    const TakeOutcomes& take;
    std::size_t weight = 0;  // of the outcomes
    bool over = false;       // nobody wants them any more
  };

  void judge_lines(const Frame& lines, Call& call);
  void judge_text(const Frame& frame, Call& call);
  void judge_broken(const Frame& frame, Call& call);
  void count(Executor& executor, const Judged& judged, BatchCounts& counts);
  void raise(Executor& executor, const Judged& judged, const Frame& frame, Call& call);
  void bury(const Frame& frame, std::string reason, std::string detail, Call& call);
  void add(Outcome outcome, Call& call);

  void use(const std::shared_ptr<const RulesVersion>& rules);

  ExecutorOptions options_;
  const std::atomic<bool>& stopped_;
  std::shared_ptr<const RulesVersion> rules_;  // what the following were made for
  std::unique_ptr<Executor> executor_;
  std::unique_ptr<Executor> run_on_executor_;  // made if it is needed: executor_ is within its block then
  std::optional<EventTimes> times_;
};

}  // namespace picket
