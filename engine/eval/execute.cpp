// Hot: everything here happens for every event.
#include "engine/eval/execute.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "engine/eval/executor_state.hpp"
#include "engine/lookup/enrichment.hpp"
#include "engine/pack/pack.hpp"
#include "engine/plan/plan.hpp"
#include "engine/shape/windows_event.hpp"

namespace picket {
namespace {

constexpr std::size_t part_bytes = std::size_t{32} * 1024;
constexpr std::size_t deepest_enrichment = 80;  // of what lookup tables add to an event
constexpr std::size_t memo_places = std::size_t{1} << 14U;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

bool Executor::State::is_enriched(std::string_view log_type) const {
  const Enrichment* enrichment = rules_->pack().pack->enrichment.get();
  return enrichment != nullptr && !enrichment->of(log_type).empty();
}

Executor::State::State(std::shared_ptr<const RuleSet> rules, ExecutorOptions options)
    : rules_(std::move(rules)),
      options_(std::move(options)),
      scanner_(options_.json.nesting),
      memo_(options_.memo ? memo_places : 0),
      whole_(rules_->pack(), options_.steps),
      exact_(rules_, {.steps = options_.steps}) {
  const Plan& plan = rules_->plan();
  std::uint32_t owner = 1;
  const auto make = [&](const LogTypePlan& of) {
    auto made = std::make_unique<LogTypeJudge>(of, owner, memo_, whole_, counts_, options_.steps);
    owner += static_cast<std::uint32_t>(of.paths.size());
    if (options_.enrich && is_enriched(of.log_type)) {
      made->set_selected(std::make_unique<SelectedFields>(rules_->pack().pack->enrichment->of(of.log_type)));
    }
    return made;
  };
  nothing_ = make(plan.nothing());
  for (const auto& of : plan.log_types()) {
    by_log_type_.insert(hash_of_name(of->log_type), static_cast<std::uint32_t>(judges_.size()));
    judges_.push_back(make(*of));
  }
  likely_ = default_ = judge_of(options_.log_type);
  if (rules_->recognition() != nullptr) {
    recognition_ = std::make_unique<State>(
        rules_->recognition(), ExecutorOptions{.steps = options_.steps, .log_type = {}, .json = options_.json});
  }
}

void Executor::State::begin(std::string_view block, Time now) {
  block_ = block;
  now_ = now;
  part_ = block.substr(0, 0);
  lines_ = {};
  unindexed_ = {};
}

// Takes the lines that come next in the block, some tens of kilobytes: what one look at them brings into the nearer
// caches is still there for the next.
bool Executor::State::next_part() {
  const auto taken = static_cast<std::size_t>(part_.data() + part_.size() - block_.data());
  if (taken == block_.size()) return false;
  std::size_t end = block_.size();
  if (end - taken > part_bytes) {
    const void* line_end = std::memchr(block_.data() + taken + part_bytes, '\n', end - taken - part_bytes);
    if (line_end != nullptr) end = static_cast<std::size_t>(static_cast<const char*>(line_end) - block_.data()) + 1;
  }
  part_ = block_.substr(taken, end - taken);
  if (index_.build(part_)) {
    lines_ = index_.lines();
  } else {
    unindexed_ = part_;  // some line of the part has made the index of all of it impossible
  }
  return true;
}

bool Executor::State::next(Judged& judged) {
  for (;;) {
    if (!lines_.empty()) {
      const EventPlace& place = lines_.front();
      lines_ = lines_.subspan(1);
      judge_at(part_, place, judged);
      break;
    }
    if (!unindexed_.empty()) {
      const std::size_t end = std::min(unindexed_.find('\n'), unindexed_.size());
      const std::string_view line = trimmed(unindexed_.substr(0, end));
      unindexed_.remove_prefix(std::min(end + 1, unindexed_.size()));
      if (line.empty()) continue;
      judge_alone(line, judged);
      break;
    }
    if (!next_part()) return false;
  }
  judged.offset = static_cast<std::size_t>(judged.text.data() - block_.data());
  return true;
}

Judged Executor::State::judge(std::string_view text, Time now) {
  now_ = now;
  copy_.resize(std::max(copy_.size(), text.size() + 2 * block_padding));
  std::copy(text.begin(), text.end(), copy_.begin() + block_padding);
  const std::string_view copy(copy_.data() + block_padding, text.size());
  const std::string_view event = trimmed(copy);
  if (event.empty()) return {};
  Judged judged;
  judge_alone(event, judged);
  judged.offset = static_cast<std::size_t>(event.data() - copy.data());
  judged.text = text.substr(judged.offset, judged.text.size());
  return judged;
}

// Judges a text that the block's index does not know.
void Executor::State::judge_alone(std::string_view text, Judged& judged) {
  if (index_.build_one(text)) return judge_at(text, index_.lines().front(), judged);
  judged = {};
  judged.text = text;
  judge_exactly(judged);
}

void Executor::State::judge_at(std::string_view block, const EventPlace& place, Judged& judged) {
  given_up_ = 0;
  matches_.clear();
  candidates_.clear();
  LogTypeJudge* judge = guess(block, place);
  const std::uint32_t* const behind = scanner_.scan(block, place, *judge->plan().trie, judge->fields());
  judged.offset = *place.places;
  judged.is_event = judged.has_rules = false;
  judged.log_type = {};
  judged.matches = judged.candidates = {};
  if (behind == nullptr) {
    judged.text = trimmed(block.substr(place.begin, place.end.at - place.begin));
    judge_exactly(judged);
    return;
  }
  judged.text = block.substr(judged.offset, behind[-1] + 1 - judged.offset);
  judge->start(block, place.end);
  judged.is_event = true;
  judged.log_type = log_type_of(*judge);
  other_ = nullptr;
  if (recognition_ != nullptr && is_recognised(judged.log_type)) {
    const LogTypePlan& plan = judge->plan();
    const bool nested = judge->fields()[plan.nested_field].kind == FieldKind::object ||
                        judge->fields()[plan.winlog_field].kind == FieldKind::object;
    if (nested && judge_other_form(block, place, judged)) return;
    if (judged.log_type.empty()) judged.log_type = recognise_at(block, place, judged.text);
  }
  if (judged.log_type != judge->plan().log_type || judge == nothing_.get()) {
    LogTypeJudge* const right = judge_of(judged.log_type);
    if (right != judge) {
      // The guess was wrong: the fields have to be read by the other trie.
      log_type_.assign(judged.log_type);
      judged.log_type = log_type_;
      (void)scanner_.scan(block, place, *right->plan().trie, right->fields());
      right->start(block, place.end);
      judge = right;
    }
  }
  judged.has_rules = judge != nothing_.get();
  judged_exactly_ = false;
  whole_.start(judged.text, now_);
  whole_.set_log_type(judged.log_type);
  if (!judged.has_rules) return;
  if (SelectedFields* selected = judge->selected();
      selected != nullptr && selected->may_have_rows(block, place, scanner_) && judge_enriched(judged)) {
    return;
  }
  judge->judge(matches_, candidates_);
  given_up_ = judge->given_up();
  judged.matches = matches_;
  judged.candidates = candidates_;
}

// Whether the event is one of Windows in another form: then it is judged flat. REQUIRES: it has been read.
bool Executor::State::judge_other_form(std::string_view block, const EventPlace& place, Judged& judged) {
  if (const auto flat = windows_text_.flat(PlacedValue(block.data(), place.places))) {
    judge_flat(*flat, judged);
    return true;
  }
  whole_.start(judged.text, now_);
  const auto flat = flat_windows_event(whole_.value());
  if (flat) judge_flat(to_json(*flat), judged);
  return flat.has_value();
}

// Judges an event as one without a log type. REQUIRES: another state has read it with the same options.
std::span<const Match> Executor::State::judge_untyped(std::string_view block, const EventPlace& place,
                                                      std::string_view text, Time now) {
  now_ = now;
  matches_.clear();
  candidates_.clear();
  if (scanner_.scan(block, place, *default_->plan().trie, default_->fields()) == nullptr) return {};
  default_->start(block, place.end);
  whole_.start(text, now_);
  default_->judge(matches_, candidates_);
  return matches_;
}

// Judges another form of the event by a state of its own.
void Executor::State::judge_as(std::string_view form, std::unique_ptr<State>& by, const ExecutorOptions& options,
                               Judged& judged) {
  if (by == nullptr) by = std::make_unique<State>(rules_, options);
  const Judged of_other = by->judge(form, now_);
  judged.log_type = of_other.log_type;
  judged.has_rules = of_other.has_rules;
  judged.matches = of_other.matches;
  judged.candidates = of_other.candidates;
  other_ = by.get();
}

// Whether lookup tables say something of the event: then it is judged with that. REQUIRES: it has been read, and its
// log type is known.
bool Executor::State::judge_enriched(Judged& judged) {
  const Enrichment& tables = *rules_->pack().pack->enrichment;
  Object asked;  // what the tables look at, and no more
  if (Value own = whole_.parsed().member(Enrichment::key); !own.is_null()) {
    asked.set(std::string(Enrichment::key), std::move(own));
  }
  for (const Enrichment::Lookup& lookup : tables.of(judged.log_type)) {
    for (const LookupTable::Selector& selector : *lookup.selectors) {
      const std::string& key = selector.steps.front();
      if (asked.find_exact(key) == nullptr) asked.set(key, whole_.parsed().find(key));
    }
  }
  const auto enrichment = tables.look_up(Value(std::move(asked)), judged.log_type);
  if (!enrichment) return false;
  // Of two members with one key the last counts, so that what is said there already need not be taken out.
  std::string with(judged.text.substr(0, judged.text.rfind('}')));
  with.append(",\"").append(Enrichment::key).append("\":");
  append_json(with, *enrichment);
  with += '}';
  ExecutorOptions options = options_;
  options.enrich = false;
  options.json.nesting += deepest_enrichment;
  judge_as(with, enriched_, options, judged);
  return true;
}

// What the scanner refuses the exact reader decides, and an event that only it can read is the interpreter's.
void Executor::State::judge_exactly(Judged& judged) {
  given_up_ = 0;
  auto read = read_json(judged.text, options_.json);
  auto* event = std::get_if<Value>(&read);
  judged.is_event = event != nullptr && event->object() != nullptr;
  if (!judged.is_event) return;
  const Value* own = event->object()->find_exact("p_log_type");
  const std::string* name = own != nullptr ? own->string() : nullptr;
  log_type_ = name != nullptr && !name->empty() ? *name : options_.log_type;
  other_ = nullptr;
  if (recognition_ != nullptr && is_recognised(log_type_)) {
    if (const auto flat = flat_windows_event(*event)) return judge_flat(to_json(*flat), judged);
    if (log_type_.empty()) log_type_ = recognise(judged.text);
  }
  judged.log_type = log_type_;
  judged.has_rules = !rules_->rules_for(log_type_).empty();
  judged_exactly_ = true;
  whole_.start(judged.text, std::move(*event), now_);
  whole_.set_log_type(log_type_);
  if (options_.enrich && judged.has_rules && is_enriched(log_type_) && judge_enriched(judged)) return;
  judged.matches = exact_.judge(whole_.value(), log_type_, now_);
  judged.candidates = exact_.candidates();
  given_up_ = exact_.given_up();
}

AlertTexts Executor::State::texts(const Match& match) {
  if (other_ != nullptr) return other_->texts(match);
  if (judged_exactly_) return exact_.texts(match);
  AlertTexts texts = alert_texts(whole_.interpreter(), *match.rule);
  if (!whole_.interpreter().exhausted()) return texts;
  whole_.restart();
  return alert_texts(whole_.interpreter(), *match.rule);
}

Executor::Executor(std::shared_ptr<const RuleSet> rules, ExecutorOptions options)
    : state_(std::make_unique<State>(std::move(rules), std::move(options))) {}
Executor::~Executor() = default;

Judged Executor::judge(std::string_view text, Time now) { return state_->judge(text, now); }
void Executor::begin(std::string_view block, Time now) { state_->begin(block, now); }
bool Executor::next(Judged& judged) { return state_->next(judged); }
ParsedEvent& Executor::event() { return state_->event(); }
AlertTexts Executor::texts(const Match& match) { return state_->texts(match); }
std::size_t Executor::given_up() const { return state_->given_up(); }
const JudgingCounts& Executor::counts() const { return state_->counts(); }
const RuleSet& Executor::rules() const { return state_->rules(); }

}  // namespace picket
