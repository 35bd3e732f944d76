// LogTypeJudge: one event against the plan of its log type. Candidates are found through the values of the event's
// fields; their programs are run over predicates, each decided at most once for the event. Internal to engine/eval.
//
// Hot: allocates nothing once warm, but for what goes to the interpreter and for lists and objects that are compared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/eval/budget.hpp"
#include "engine/eval/evaluate.hpp"
#include "engine/eval/execute.hpp"
#include "engine/eval/field_texts.hpp"
#include "engine/eval/selected_fields.hpp"
#include "engine/eval/value_memo.hpp"
#include "engine/eval/whole_event.hpp"
#include "engine/event/event_scanner.hpp"
#include "engine/plan/plan.hpp"

namespace picket {

class LogTypeJudge : private EventReader {
 public:
  // All must outlive it. `number` tells log types apart in the memo.
  LogTypeJudge(const LogTypePlan& plan, std::uint32_t number, ValueMemo& memo, WholeEvent& whole, JudgingCounts& counts,
               std::size_t steps);

  [[nodiscard]] const LogTypePlan& plan() const { return plan_; }
  // What lookup tables ask of its events; null if there is nothing.
  [[nodiscard]] SelectedFields* selected() const { return selected_.get(); }
  void set_selected(std::unique_ptr<SelectedFields> selected) { selected_ = std::move(selected); }
  // What a scanner fills before judge() is called.
  [[nodiscard]] EventFields& fields() { return fields_; }
  // The event's fields are those of a block; both stay until the next event.
  void start(std::string_view block, const LineEnd& line) { texts_.start(block_ = block, line, fields_); }
  [[nodiscard]] std::string_view text(FieldId field) { return texts_.decoded(field); }

  // Appends the rules that match, in their order, and apart from them those that remember, which may. REQUIRES: start()
  // was called for this event.
  void judge(std::vector<Match>& matches, std::vector<Match>& candidates);
  // As Executor::given_up.
  [[nodiscard]] std::size_t given_up() const { return given_up_; }

 private:
  // A field whose text the memo may know.
  struct Remembering {
    FieldId field = no_field;
    std::uint64_t hash = 0;
    ValueMemo::Hash memo_hash;
  };

  void probe_fields();
  void probe(FieldId field, std::uint64_t hash);
  void probe_hash(FieldId field, std::uint64_t hash);
  void probe_number(FieldId field);
  void probe_networks(FieldId field);
  void probe_parts(FieldId field, std::uint64_t hash);
  void probe_remembered(const Remembering& remembering);
  template <typename Take>
  void look_through(FieldId field, std::uint64_t hash, const Take& take_posting);
  void take(const Posting& posting);
  void consider(PlannedRuleId rule);
  [[nodiscard]] bool is_exhausted();
  [[nodiscard]] bool holds_alone(const CheckedRule& rule);
  void forget_event();

  // --- log_type_predicates.cpp ---
  [[nodiscard]] bool run(StepId step);
  [[nodiscard]] bool decide(PredicateId id);
  [[nodiscard]] bool decided(PredicateId id, const Predicate& predicate);
  [[nodiscard]] bool interpret(const Operand& operand);
  [[nodiscard]] bool is(const Predicate& predicate);
  [[nodiscard]] bool compare(PredicateId id, const Predicate& predicate);
  [[nodiscard]] bool lacks(const Predicate& predicate);
  [[nodiscard]] bool test_text(const Predicate& predicate);
  template <typename Find>
  [[nodiscard]] std::optional<bool> sought(const Predicate& predicate, const Find& find);
  [[nodiscard]] bool test_regexes(const Predicate& predicate);
  // By which a text's value is sought.
  [[nodiscard]] std::uint64_t hash(FieldId field);
  // Of a text's value; nothing if it is neither an address nor a network.
  [[nodiscard]] const std::optional<Network>& network(FieldId field);
  // The double nearest to a number; nothing if it is beyond all of them.
  [[nodiscard]] std::optional<double> number(FieldId field);
  [[nodiscard]] const Value& value(FieldId field);
  [[nodiscard]] const Value& event() override { return whole_.value(); }
  [[nodiscard]] Reading read(const FieldTerm& term) override;
  void set(PredicateId id, bool result) { predicates_[id] = event_ * 2 + (result ? 1 : 0); }

  struct FieldState {
    std::uint32_t value_in = 0;    // the event that `value` is of
    std::uint32_t hash_in = 0;     // … that `hash` is of
    std::uint32_t memo_in = 0;     // … that `memo` is of
    std::uint32_t network_in = 0;  // … that `network` is of
    std::uint64_t hash = 0;
    ValueMemo::Entry* memo = nullptr;
    Value value;
    std::optional<Network> network;
  };

  const LogTypePlan& plan_;
  std::uint32_t first_owner_;
  ValueMemo& memo_;
  WholeEvent& whole_;
  JudgingCounts& counts_;
  std::size_t steps_;
  EventFields fields_;
  FieldTexts texts_;
  std::string_view block_;
  std::vector<std::uint32_t> predicates_;  // event * 2 + result
  std::vector<std::uint32_t> rules_;       // the event in which it was considered
  std::vector<FieldState> states_;
  std::vector<PlannedRuleId> matched_;
  std::vector<std::pair<FieldId, std::uint64_t>> promising_;  // fields whose values may lead to rules, by their hashes
  std::vector<Remembering> remembering_;
  std::uint32_t event_ = 0;  // of 31 bits
  Budget budget_;
  bool asked_interpreter_ = false;  // in this event
  std::size_t given_up_ = 0;
  std::unique_ptr<SelectedFields> selected_;
};

}  // namespace picket
