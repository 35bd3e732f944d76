// RememberingRules: the rules that remember, and what they remember, as events come.
#pragma once

#include <memory>
#include <vector>

#include "engine/eval/memory_judge.hpp"
#include "engine/memory/memory.hpp"
#include "engine/state/candidates.hpp"
#include "engine/state/saved_state.hpp"
#include "engine/state/signal.hpp"

namespace picket {

class RulesVersion;

constexpr std::string_view memory_kind = "memory";

// One thread's. Memory outlives the rules: what one version of them wrote, the next one reads.
class RememberingRules {
 public:
  explicit RememberingRules(MemoryOptions options = {});

  // Candidates are of these rules from now on.
  void adopt(std::shared_ptr<const RulesVersion> rules);

  // The matches among the candidates; then what the event gives to remember is written. `now` is that of rules, `at`
  // the event's time as far as it is believed: by it memory ages.
  [[nodiscard]] std::vector<Signal> judge(const Candidates& candidates, Time now, Time at);
  // How many of the candidates judged last ran out of steps.
  [[nodiscard]] std::size_t given_up() const { return judge_ == nullptr ? 0 : judge_->given_up(); }

  [[nodiscard]] const Memory& memory() const { return memory_; }

  // As Detector's. REQUIRES: options that note changes.
  void save_changes(std::vector<SavedState>& to);
  // Takes back all of the kind `memory_kind`, before anything is judged.
  void restore(const std::vector<SavedState>& saved);

 private:
  Memory memory_;
  std::shared_ptr<const RulesVersion> rules_;  // the judge's
  std::unique_ptr<MemoryJudge> judge_;
};

}  // namespace picket
