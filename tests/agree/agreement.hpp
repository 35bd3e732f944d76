// Two engines side by side: the interpreter over what read_json reads, and the executor over the text itself. The door
// of tests/agree.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/eval/evaluate.hpp"
#include "engine/eval/execute.hpp"
#include "engine/eval/memory_judge.hpp"
#include "engine/eval/recogniser.hpp"
#include "engine/pack/pack.hpp"
#include "engine/plan/sample.hpp"
#include "engine/ruleset/ruleset.hpp"

namespace picket::tests {

// A text that is given to both engines: that of one event, or a block of lines.
struct Step {
  std::string text;
  bool block = false;
};

// Rules and what they judge, one step after another by the same two engines. A value, so that it can be cut down.
struct Scenario {
  Pack pack;
  ExecutorOptions options;
  Time now;
  std::vector<Step> steps;
  std::string sample;  // lines of events from which the plan learns what is rare; empty for none
  bool texts = true;   // compare what matches say, too
};

// What was compared.
struct Tally {
  std::size_t scenarios = 0;
  std::size_t rules = 0;
  std::size_t events = 0;
  std::size_t refused = 0;  // texts that are no events
  std::size_t pairs = 0;    // of a rule and an event
  std::size_t matches = 0;
  std::size_t remembering = 0;  // pairs in which the rule remembers …
  std::size_t candidates = 0;   // … that the executor did not rule out
  std::size_t recalled = 0;     // … in which it matches
  std::size_t writes = 0;
  std::size_t given_up = 0;  // pairs for which the steps of either engine did not suffice

  void add(const Tally& other);
  [[nodiscard]] std::string words() const;
};

// Whether analysis finds an error anywhere in the pack.
[[nodiscard]] bool has_errors(const Pack& pack);

// Returns the rules of a pack that are free of errors. REQUIRES: its libraries and data models are. `sample` may be
// null.
[[nodiscard]] std::shared_ptr<const RuleSet> rule_set_of(const Pack& pack, const EventSample* sample = nullptr);

// One of each engine. The steps share them, with all that an engine remembers.
class Agreement {
 public:
  // The same rules twice; only a test of this class gives it two sets that differ.
  Agreement(std::shared_ptr<const RuleSet> interpreted, std::shared_ptr<const RuleSet> executed,
            const ExecutorOptions& options, Time now, bool texts = true);

  // Judges by both, and returns in words how they differ; empty if they do not. After a difference the agreement is of
  // no more use.
  [[nodiscard]] std::string judge(const Step& step);

  [[nodiscard]] const Tally& tally() const { return tally_; }

 private:
  [[nodiscard]] std::string judge_text(std::string_view text);
  [[nodiscard]] std::string judge_block(std::string_view block);
  // `text` is what the executor must have judged, which stands at `offset`.
  [[nodiscard]] std::string compare(const Judged& judged, std::string_view text, std::size_t offset);
  [[nodiscard]] std::string compare_verdicts(const Judged& judged, const Value& whole);
  // Rules that remember, of which the interpreter judges all, and the executor only its candidates.
  [[nodiscard]] std::string compare_memories(const Judged& judged, const Value& event);
  [[nodiscard]] std::string compare_texts(std::span<const Match> interpreted, std::span<const Match> executed);

  ExecutorOptions options_;
  Time now_;
  bool texts_;
  Evaluator evaluator_;
  Recogniser recogniser_;
  Executor executor_;
  Memory of_all_;
  Memory of_candidates_;
  MemoryJudge all_;
  MemoryJudge candidates_;
  Tally tally_;
};

struct Difference {
  std::size_t step = 0;  // where it shows
  std::string words;
};

// Judges the steps in order, up to the first difference. Adds to `tally`, if given, what was compared.
[[nodiscard]] std::optional<Difference> find_difference(const Scenario& scenario, Tally* tally = nullptr);

}  // namespace picket::tests
