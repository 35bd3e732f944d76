// Executor: the text of an event in, the rules that match it out, by the compiled plan of the rule set. What `picket
// run` judges with. The interpreter (evaluate.hpp) is its oracle: their verdicts are the same for every event and rule,
// except that the interpreter may run out of steps where this one does not need any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/eval/evaluate.hpp"
#include "engine/eval/judge.hpp"
#include "engine/eval/parsed_event.hpp"
#include "engine/event/json.hpp"
#include "engine/ruleset/ruleset.hpp"

namespace picket {

// Readable bytes, of any value, that a block needs before its first and behind its last byte.
constexpr std::size_t block_padding = 64;

struct ExecutorOptions {
  std::size_t steps = 1'000'000;  // for one event: of what the plan leaves to the interpreter
  std::string log_type;           // of events that carry no `p_log_type`; empty for none
  JsonLimits json;
  bool enrich = true;  // let lookup tables say of events what they know
  bool memo = true;    // remember what was decided for a value of a field; false only for measurements
};

// What judging has taken since the executor was made.
struct JudgingCounts {
  std::uint64_t fields = 0;       // of events, by whose values rules are sought
  std::uint64_t remembered = 0;   // texts of fields that the memo knew
  std::uint64_t candidates = 0;   // rules considered
  std::uint64_t decided = 0;      // predicates decided
  std::uint64_t interpreted = 0;  // … of them by the interpreter
};

// One text that stood where an event may stand. Its views live until the executor is asked again, and as long as the
// text or block given.
struct Judged {
  std::string_view text;   // without the blanks around it
  std::size_t offset = 0;  // of `text` in the block, or 0
  bool is_event = false;   // false: no JSON object by RFC 8259 within the limits; read_json says what is wrong with it
  // Of an event: its own, else the default, else what it is recognised as (RuleSet::recognition); empty for none.
  std::string_view log_type;
  bool has_rules = false;          // some rule judges events of this log type
  std::span<const Match> matches;  // in the rules' order; of rules that do not remember
  // In the rules' order, those that remember and may match the event, or write after it: MemoryJudge decides.
  std::span<const Match> candidates;
};

// Judges texts one at a time, or a block of lines. One per thread; keeps its rule set alive. Allocates nothing once
// warm, except for events that match, for those that are judged in another form or with rows of lookup tables, and for
// what the plan leaves to the interpreter.
class Executor {
 public:
  explicit Executor(std::shared_ptr<const RuleSet> rules, ExecutorOptions options = {});
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;
  ~Executor();

  // Judges the text of one event, which may go over several lines and need not be padded.
  [[nodiscard]] Judged judge(std::string_view text, Time now);

  // Judges a block of whole lines (the last one may lack its line end), one after another: begin(), then next() until
  // it returns false. Blank lines are passed over. Each line stands alone: a broken one takes nothing with it.
  // REQUIRES: block_padding readable bytes before and behind the block, which stays as it is until its end.
  void begin(std::string_view block, Time now);
  [[nodiscard]] bool next(Judged& judged);

  // The event judged last, as the rules read it: flat, if it came in another form (engine/shape), and with the rows of
  // lookup tables. It is the executor's, and this one's until the next. REQUIRES: Judged::is_event.
  [[nodiscard]] ParsedEvent& event();
  // What a match of the event judged last would say.
  [[nodiscard]] AlertTexts texts(const Match& match);
  // How many of the rules ran out of steps on the event judged last, and so did not match it.
  [[nodiscard]] std::size_t given_up() const;

  [[nodiscard]] const JudgingCounts& counts() const;
  [[nodiscard]] const RuleSet& rules() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace picket
