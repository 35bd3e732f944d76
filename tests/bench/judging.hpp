// Judging for the benchmarks: rules from texts, events through the executor, and the proof that it agrees with the
// interpreter.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/eval/execute.hpp"
#include "engine/ruleset/ruleset.hpp"
#include "tests/bench/corpus.hpp"

namespace picket::bench {

// The instant at which all events are judged.
constexpr Time judging_time{1'772'400'000'000'000};  // 2026-03-01

// Far more than any event here needs, so that both engines judge every rule.
constexpr std::size_t unbounded_steps = 1'000'000'000'000;

using CheckedPackPtr = std::shared_ptr<const CheckedPack>;
using RuleSetPtr = std::shared_ptr<const RuleSet>;

// The rules of YAML texts, or of the files of a folder; throws if one has an error.
[[nodiscard]] CheckedPackPtr check_texts(const std::vector<std::string>& texts);
[[nodiscard]] CheckedPackPtr check_folder(const std::string& folder);

[[nodiscard]] std::unique_ptr<Executor> make_executor(const RuleSetPtr& rules, const std::string& log_type = "",
                                                      bool memo = true);

struct Tally {
  std::size_t events = 0;
  std::size_t matches = 0;
};

// Judges blocks one after another; throws if a line is no event.
[[nodiscard]] Tally judge_blocks(Executor& executor, std::span<const std::string_view> blocks);

// What was given to the interpreter, and how many seconds of this thread it took, reading included.
struct Interpreted {
  std::size_t events = 0;
  std::size_t bytes = 0;
  std::size_t matches = 0;
  double seconds = 0;
};

// The proof without which no figure is printed. Judges lines from all over the text by the executor, in a block and one
// by one, and by the interpreter: half of them such that match, if there are, as many as the interpreter does in so
// many seconds, but `least` in any case. Throws unless all three find the same rules for every line. REQUIRES: padded
// text of whole lines, rules that the executor has.
Interpreted prove_agreement(Executor& executor, const RuleSetPtr& rules, std::string_view text,
                            const std::string& log_type, double seconds, std::size_t least = 32);

// How often the executor asks the heap for memory, per event that no rule matches.
[[nodiscard]] double allocations_per_event(Executor& executor, std::span<const std::string_view> blocks);

}  // namespace picket::bench
