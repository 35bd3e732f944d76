// RememberingRules: the rules that remember, and what they remember, as events come.
#pragma once

#include <memory>
#include <vector>

#include "engine/eval/memory_judge.hpp"
#include "engine/eval/parsed_event.hpp"
#include "engine/memory/memory.hpp"
#include "engine/state/candidates.hpp"
#include "engine/state/saved_state.hpp"
#include "engine/state/signal.hpp"

namespace picket {

class RulesVersion;

constexpr std::string_view memory_kind = "memory";

// One thread's. Memory outlives the rules: what one version of them wrote, the next one reads. Candidates are decided
// by the version that found them, whichever is in force by then.
class RememberingRules {
 public:
  explicit RememberingRules(MemoryOptions options = {});

  // These are in force from now on: their judge is kept at hand.
  void adopt(std::shared_ptr<const RulesVersion> rules);

  // The matches among the candidates; then what the event gives to remember is written. `at` is the event's time as far
  // as it is believed: by it memory ages.
  [[nodiscard]] std::vector<Signal> judge(const Candidates& candidates, Time at);
  // How many of the candidates judged last ran out of steps.
  [[nodiscard]] std::size_t given_up() const { return given_up_; }

  [[nodiscard]] const Memory& memory() const { return memory_; }

  // As Detector's. REQUIRES: options that note changes.
  void save_changes(std::vector<SavedState>& to);
  // Takes back all of the kind `memory_kind`, before anything is judged.
  [[nodiscard]] std::vector<SavedState> restore(const std::vector<SavedState>& saved);

 private:
  Memory memory_;
  std::shared_ptr<const RulesVersion> in_force_;
  ParsedEvent event_;                   // in hand
  std::unique_ptr<MemoryJudge> judge_;  // by the rules in force; null until it is asked for
  std::size_t given_up_ = 0;
};

}  // namespace picket
