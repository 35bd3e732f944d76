// BatchJudge: a batch in, what its judging came to out.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/store/state_store.hpp"
#include "engine/stream/batch.hpp"
#include "engine/stream/outcome.hpp"
#include "engine/stream/rules_at_work.hpp"
#include "engine/stream/tally.hpp"

namespace picket {

// A batch on its way.
struct BatchInHand {
  Batch batch;
  std::shared_ptr<const std::string> input;   // its name
  std::shared_ptr<const InputPosition> file;  // which one it is; null if that is not remembered
  std::shared_ptr<RulesAtWork> rules;         // to judge by
  Time now;                                   // for `now` in rules
};

// One per thread, which has a seat in every version of the rules. Holds on to none of them between batches.
class BatchJudge {
 public:
  // Takes outcomes in the order of events, those of one event in the rules' order, and leaves the vector empty; false:
  // judge no more. Dead letters view the batch's texts.
  using TakeOutcomes = std::function<bool(std::vector<Outcome>&)>;

  // Judging ends soon after `stopped` is true. `thread`: whose seats it takes.
  BatchJudge(std::size_t thread, const std::atomic<bool>& stopped);

  // Judges a batch, by its rules. `outcomes` is handed over whenever there is much in it; at the end it holds the rest.
  // Adds to `counts` what was judged.
  void judge(const BatchInHand& work, std::vector<Outcome>& outcomes, BatchCounts& counts, const TakeOutcomes& take);

 private:
  // Of the batch that is being judged.
  struct Call {
    const BatchInHand& work;
    RulesAtWork::Seat& seat;
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

  std::size_t thread_;
  const std::atomic<bool>& stopped_;
};

}  // namespace picket
