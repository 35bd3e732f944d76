#include "engine/eval/log_type_judge.hpp"

#include <algorithm>
#include <utility>

namespace picket {

LogTypeJudge::LogTypeJudge(const LogTypePlan& plan, std::uint32_t number, ValueMemo& memo, WholeEvent& whole,
                           JudgingCounts& counts, std::size_t steps)
    : plan_(plan),
      first_owner_(number),
      memo_(memo),
      whole_(whole),
      counts_(counts),
      steps_(steps),
      fields_(*plan.trie),
      texts_(plan.paths.size()),
      predicates_(plan.predicates.size()),
      rules_(plan.rules.size()),
      states_(plan.paths.size()) {
  matched_.reserve(plan.rules.size());
  remembering_.reserve(plan.paths.size());
  promising_.resize(plan.paths.size() + 1);
}

namespace {

// A text is looked up in the memo only where looking through it costs more.
constexpr std::size_t least_length = 20;

}  // namespace

void LogTypeJudge::forget_event() {
  constexpr std::uint32_t last_event = (std::uint32_t{1} << 31U) - 1;
  if (event_ == last_event) {
    std::fill(predicates_.begin(), predicates_.end(), 0);
    std::fill(rules_.begin(), rules_.end(), 0);
    for (FieldState& state : states_) state.value_in = state.hash_in = state.memo_in = state.network_in = 0;
    event_ = 0;
  }
  ++event_;
  budget_ = Budget(steps_);
  asked_interpreter_ = false;
}

void LogTypeJudge::judge(std::vector<Match>& matches, std::vector<Match>& candidates) {
  whole_.set_reader(this);
  forget_event();
  given_up_ = 0;
  matched_.clear();
  counts_.fields += fields_.present().size();
  remembering_.clear();
  probe_fields();
  for (const Remembering& one : remembering_) probe_remembered(one);
  for (const GatedRules& gated : plan_.always) {
    // Who runs out of steps here is asked rule by rule.
    if (gated.gate != no_predicate && decide(gated.gate) != gated.value && !is_exhausted()) continue;
    for (const PlannedRuleId rule : gated.rules) consider(rule);
  }
  if (matched_.empty()) return;
  std::sort(matched_.begin(), matched_.end());
  for (const PlannedRuleId rule : matched_) {
    const PlannedRule& planned = plan_.rules[rule];
    (planned.rule->uses_memory ? candidates : matches).push_back({.index = planned.index, .rule = planned.rule});
  }
}

// First what is asked of all fields, without a guess for most of them; then of those few that may lead to something.
void LogTypeJudge::probe_fields() {
  std::size_t count = 0;
  for (const FieldId field : fields_.present()) {
    const FieldProbe& probe = plan_.probes[field];
    const FieldKind kind = fields_.met(field).kind;
    if (kind == FieldKind::text) {
      const std::uint64_t hash = probe.asks_equal ? hash_of_text(texts_.sought(field)) : 0;
      promising_[count] = {field, hash};
      count += probe.filter.may_hold(hash) || probe.asks_more ? 1 : 0;
    } else if (kind > FieldKind::null) {
      promising_[count++] = {field, 0};
    }
  }
  for (std::size_t i = 0; i < count; ++i) probe(promising_[i].first, promising_[i].second);
}

// `hash` is a text's.
void LogTypeJudge::probe(FieldId field, std::uint64_t hash) {
  const FieldProbe& probe = plan_.probes[field];
  const CapturedField& captured = fields_.met(field);
  if (probe.asks_present) {
    plan_.access[field].of_present([this](const Posting& posting) { take(posting); });
  }
  switch (captured.kind) {
    case FieldKind::absent:
    case FieldKind::null:
      return;
    case FieldKind::text:
      if (probe.asks_networks) probe_networks(field);
      return probe.asks_parts ? probe_parts(field, hash) : probe_hash(field, hash);
    case FieldKind::number:
      return probe_number(field);
    case FieldKind::boolean:
      return probe_hash(field, hash_of_bool(block_[captured.begin] == 't'));
    case FieldKind::list:
    case FieldKind::object: {
      const auto take_posting = [this](const Posting& posting) { take(posting); };
      plan_.access[field].of_container(take_posting);
      if (probe.asks_within) plan_.access[field].of_within(texts_.sought(field), take_posting);
      return;
    }
  }
}

void LogTypeJudge::probe_hash(FieldId field, std::uint64_t hash) {
  const std::uint32_t found = plan_.probes[field].find(hash);
  if (found == HashIndex::none) return;
  plan_.access[field].of_equal(found, [this](const Posting& posting) { take(posting); });
}

void LogTypeJudge::probe_number(FieldId field) {
  const FieldProbe& probe = plan_.probes[field];
  if (!probe.asks_equal && !probe.asks_bounds) return;
  const std::optional<double> value = number(field);
  if (probe.asks_equal) probe_hash(field, hash_of_number(value.value_or(0)));
  if (probe.asks_bounds) plan_.access[field].of_bounds(value, [this](const Posting& posting) { take(posting); });
}

void LogTypeJudge::probe_networks(FieldId field) {
  const std::optional<Network>& value = network(field);
  if (value) plan_.access[field].of_networks(*value, [this](const Posting& posting) { take(posting); });
}

void LogTypeJudge::probe_parts(FieldId field, std::uint64_t hash) {
  const std::string_view raw = fields_.met(field).in(block_);
  if (plan_.probes[field].asks_anywhere && raw.size() >= least_length && memo_.is_on()) {
    remembering_.push_back({.field = field, .hash = hash, .memo_hash = memo_.hash_of(first_owner_ + field, raw)});
  } else {
    look_through(field, hash, [this](const Posting& posting) { take(posting); });
  }
}

// Texts are judged only when all of an event are hashed, so that the memo has time to come nearer.
void LogTypeJudge::probe_remembered(const Remembering& remembering) {
  const FieldId field = remembering.field;
  const ValueMemo::Hash& hash = remembering.memo_hash;
  const std::uint32_t owner = first_owner_ + field;
  FieldState& state = states_[field];
  state.memo_in = event_;
  state.memo = memo_.find(owner, hash);
  if (state.memo != nullptr) {
    ++counts_.remembered;
    for (const Posting& posting : state.memo->found()) take(posting);
    return;
  }
  // Candidates are judged while they are found, and may decide predicates that the entry then remembers: it is begun
  // before, and thrown away if there is no room for all candidates.
  ValueMemo::Entry* const entry = memo_.start(owner, hash);
  state.memo = entry;
  bool fits = true;
  look_through(field, remembering.hash, [&](const Posting& posting) {
    if (fits && entry->owner == owner) {
      fits = entry->candidate_count < ValueMemo::Entry::most_candidates;
      if (fits) entry->candidates[entry->candidate_count++] = posting;
    }
    take(posting);
  });
  if (!fits) entry->owner = 0;
}

template <typename Take>
void LogTypeJudge::look_through(FieldId field, std::uint64_t hash, const Take& take_posting) {
  const FieldAccess& access = plan_.access[field];
  const std::string_view sought = texts_.sought(field);
  const std::uint32_t found = plan_.probes[field].find(hash);
  if (found != HashIndex::none) access.of_equal(found, take_posting);
  access.of_parts(sought, take_posting);
}

void LogTypeJudge::take(const Posting& posting) {
  if (posting.proves != no_predicate) set(posting.proves, true);
  consider(posting.rule);
}

void LogTypeJudge::consider(PlannedRuleId rule) {
  if (std::exchange(rules_[rule], event_) == event_) return;
  ++counts_.candidates;
  const PlannedRule& planned = plan_.rules[rule];
  bool match = run(plan_.programs[rule]);
  // Whoever runs out of steps is asked alone, by the interpreter, which is the judge of that.
  if (is_exhausted()) {
    match = planned.rule->uses_memory || holds_alone(*planned.rule);
    whole_.restart();
    std::fill(predicates_.begin(), predicates_.end(), 0);
    budget_ = Budget(steps_);
  }
  if (match) matched_.push_back(rule);
}

bool LogTypeJudge::is_exhausted() {
  return budget_.exhausted() || (asked_interpreter_ && whole_.interpreter().exhausted());
}

bool LogTypeJudge::holds_alone(const CheckedRule& rule) {
  whole_.restart();
  const bool condition = whole_.interpreter().holds(rule.condition);
  const bool exhausted = whole_.interpreter().exhausted();
  if (exhausted) ++given_up_;
  return !exhausted && alerts(*rule.rule, condition);
}

}  // namespace picket
