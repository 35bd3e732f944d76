// What an Executor is made of. Internal to engine/eval; execute.cpp judges, execute_log_type.cpp tells by which rules.
//
// Hot: everything here happens for every event.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/eval/execute.hpp"
#include "engine/eval/log_type_judge.hpp"
#include "engine/event/event_scanner.hpp"
#include "engine/event/structural_index.hpp"
#include "engine/plan/hash_index.hpp"
#include "engine/shape/windows_text.hpp"

namespace picket {

// By which log types are found.
[[nodiscard]] std::uint64_t hash_of_name(std::string_view name);

class Executor::State {
 public:
  State(std::shared_ptr<const RuleSet> rules, ExecutorOptions options);

  void begin(std::string_view block, Time now);
  bool next(Judged& judged);
  Judged judge(std::string_view text, Time now);

  [[nodiscard]] ParsedEvent& event() { return other_ != nullptr ? other_->event() : whole_.parsed(); }
  AlertTexts texts(const Match& match);
  [[nodiscard]] std::size_t given_up() const { return other_ != nullptr ? other_->given_up() : given_up_; }
  [[nodiscard]] const JudgingCounts& counts() const { return counts_; }
  [[nodiscard]] const RuleSet& rules() const { return *rules_; }

 private:
  [[nodiscard]] bool next_part();
  void judge_at(std::string_view block, const EventPlace& place, Judged& judged);
  void judge_alone(std::string_view text, Judged& judged);
  void judge_exactly(Judged& judged);
  [[nodiscard]] bool is_recognised(std::string_view log_type) const;
  [[nodiscard]] std::string_view recognise(std::string_view text);
  [[nodiscard]] std::string_view recognise_at(std::string_view block, const EventPlace& place, std::string_view text);
  [[nodiscard]] std::span<const Match> judge_untyped(std::string_view block, const EventPlace& place,
                                                     std::string_view text, Time now);
  void judge_as(std::string_view form, std::unique_ptr<State>& by, const ExecutorOptions& options, Judged& judged);
  void judge_flat(std::string_view flat, Judged& judged) { judge_as(flat, flat_, options_, judged); }
  [[nodiscard]] bool judge_other_form(std::string_view block, const EventPlace& place, Judged& judged);
  [[nodiscard]] bool judge_enriched(Judged& judged);
  [[nodiscard]] bool is_enriched(std::string_view log_type) const;
  [[nodiscard]] LogTypeJudge* guess(std::string_view block, const EventPlace& place);
  [[nodiscard]] std::string_view last_text(std::string_view block, const EventPlace& place) const;
  [[nodiscard]] static std::string_view log_type_beside(std::string_view block, const EventPlace& place,
                                                        const std::uint32_t* at);
  [[nodiscard]] LogTypeJudge* judge_by(std::uint64_t hash) const;
  [[nodiscard]] LogTypeJudge* judge_of(std::string_view log_type) const;
  [[nodiscard]] std::string_view log_type_of(LogTypeJudge& judge);

  std::shared_ptr<const RuleSet> rules_;
  ExecutorOptions options_;
  EventScanner scanner_;
  StructuralIndex index_;
  ValueMemo memo_;
  WholeEvent whole_;
  JudgingCounts counts_;
  std::vector<std::unique_ptr<LogTypeJudge>> judges_;  // by their place in the plan
  HashIndex by_log_type_;
  std::unique_ptr<LogTypeJudge> nothing_;  // of log types that no rule judges
  LogTypeJudge* default_ = nullptr;        // of events without a log type of their own
  LogTypeJudge* likely_ = nullptr;         // of them, too: that of the last one, once it was recognised
  Evaluator exact_;                        // of events that the scanner leaves to the exact reader
  bool judged_exactly_ = false;
  std::unique_ptr<State> recognition_;  // of log types; null if there is none
  // Of events in another form, which it gets in the one that rules read; and of those that lookup tables say something
  // of, which it gets with that. Each is made when the first one comes.
  std::unique_ptr<State> flat_;
  std::unique_ptr<State> enriched_;
  WindowsText windows_text_;
  State* other_ = nullptr;  // by which of them the last event was judged; null: by this one

  std::size_t log_type_at_ = 0;   // which of an earlier event's places its log type stood at
  bool carries_log_type_ = true;  // the last event did
  std::string_view block_;
  std::string_view part_;              // of the block, whole lines
  std::span<const EventPlace> lines_;  // of the part, those that are yet to be judged …
  std::string_view unindexed_;         // … or their texts, each of which is indexed by itself
  Time now_;
  std::vector<char> copy_;
  std::string log_type_;  // of an event whose own name for it cannot be pointed to
  std::vector<Match> matches_;
  std::vector<Match> candidates_;
  std::size_t given_up_ = 0;
};

}  // namespace picket
