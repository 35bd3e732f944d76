// Hot: everything here happens for every event.
#include "engine/eval/execute.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "engine/eval/log_type_judge.hpp"
#include "engine/eval/recogniser.hpp"
#include "engine/event/event_scanner.hpp"
#include "engine/event/line_end.hpp"
#include "engine/event/structural_index.hpp"
#include "engine/event/words.hpp"
#include "engine/plan/plan.hpp"
#include "engine/shape/windows_event.hpp"

namespace picket {
namespace {

constexpr std::size_t part_bytes = std::size_t{32} * 1024;
constexpr std::size_t memo_places = std::size_t{1} << 14U;

// REQUIRES: nothing of what stands behind the name, which may be a literal.
std::uint64_t hash_of_name(std::string_view name) {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
  std::uint64_t hash = name.size() * factor;
  while (name.size() > 8) {
    hash = words::mix(hash ^ words::load(name.data()), factor);
    name.remove_prefix(8);
  }
  std::uint64_t last = 0;
  std::memcpy(&last, name.data(), name.size());
  return words::mix(hash ^ last, factor);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

class Executor::State {
 public:
  State(std::shared_ptr<const RuleSet> rules, ExecutorOptions options);

  void begin(std::string_view block, Time now);
  bool next(Judged& judged);
  Judged judge(std::string_view text, Time now);

  [[nodiscard]] const Value& event() { return judged_flat_ ? flat_->event() : whole_.value(); }
  AlertTexts texts(const Match& match);
  [[nodiscard]] std::size_t given_up() const { return judged_flat_ ? flat_->given_up() : given_up_; }
  [[nodiscard]] const JudgingCounts& counts() const { return counts_; }
  [[nodiscard]] const RuleSet& rules() const { return *rules_; }

 private:
  [[nodiscard]] bool next_part();
  [[nodiscard]] Judged judge_at(std::string_view block, const EventPlace& place);
  [[nodiscard]] Judged judge_alone(std::string_view text);
  void judge_exactly(Judged& judged);
  [[nodiscard]] std::string_view recognise(std::string_view text);
  void judge_flat(const Value& flat, Judged& judged);
  [[nodiscard]] LogTypeJudge* guess(std::string_view block, const EventPlace& place);
  [[nodiscard]] static std::string_view last_text(std::string_view block, const EventPlace& place);
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
  Evaluator exact_;                        // of events that the scanner leaves to the exact reader
  bool judged_exactly_ = false;
  std::unique_ptr<Executor> recognition_;  // of log types; null if there is none
  // Of events in another form, which it gets in the one that rules read. Made when the first one comes.
  std::unique_ptr<State> flat_;
  std::string flat_text_;
  bool judged_flat_ = false;

  std::size_t log_type_at_ = 0;   // which of an earlier event's places its log type stood at
  bool carries_log_type_ = true;  // the last event did
  std::string_view block_;
  std::string_view part_;                  // of the block, whole lines: what is indexed
  std::size_t at_ = 0;                     // of the next line in the part
  const std::uint32_t* places_ = nullptr;  // of the part, from at_ on; null: each line is indexed by itself
  const std::uint32_t* behind_ = nullptr;  // the event scanned last; null if it was none
  Time now_;
  std::vector<char> copy_;
  std::string log_type_;  // of an event whose own name for it cannot be pointed to
  std::vector<Match> matches_;
  std::vector<Match> candidates_;
  std::size_t given_up_ = 0;
};

Executor::State::State(std::shared_ptr<const RuleSet> rules, ExecutorOptions options)
    : rules_(std::move(rules)),
      options_(std::move(options)),
      scanner_(options_.json.nesting),
      memo_(options_.memo ? memo_places : 0),
      whole_(rules_->pack(), options_.steps, options_.json.nesting),
      exact_(rules_, {.steps = options_.steps}) {
  const Plan& plan = rules_->plan();
  std::uint32_t owner = 1;
  const auto make = [&](const LogTypePlan& of) {
    auto made = std::make_unique<LogTypeJudge>(of, owner, memo_, whole_, counts_, options_.steps);
    owner += static_cast<std::uint32_t>(of.paths.size());
    return made;
  };
  nothing_ = make(plan.nothing());
  for (const auto& of : plan.log_types()) {
    by_log_type_.insert(hash_of_name(of->log_type), static_cast<std::uint32_t>(judges_.size()));
    judges_.push_back(make(*of));
  }
  default_ = judge_of(options_.log_type);
  if (rules_->recognition() != nullptr) {
    recognition_ = std::make_unique<Executor>(
        rules_->recognition(), ExecutorOptions{.steps = options_.steps, .log_type = {}, .json = options_.json});
  }
}

// That of the log type with the hash, or of another one.
LogTypeJudge* Executor::State::judge_by(std::uint64_t hash) const {
  const std::uint32_t found = by_log_type_.find(hash);
  return found == HashIndex::none ? nothing_.get() : judges_[found].get();
}

LogTypeJudge* Executor::State::judge_of(std::string_view log_type) const {
  LogTypeJudge* const judge = judge_by(hash_of_name(log_type));
  if (judge == nothing_.get() || judge->plan().log_type == log_type) return judge;
  // Two names with one hash.
  const auto other = std::find_if(judges_.begin(), judges_.end(),
                                  [log_type](const auto& one) { return one->plan().log_type == log_type; });
  return other == judges_.end() ? nothing_.get() : other->get();
}

void Executor::State::begin(std::string_view block, Time now) {
  block_ = block;
  now_ = now;
  part_ = block.substr(0, 0);
  at_ = 0;
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
  at_ = 0;
  places_ = index_.build(part_) ? index_.places() : nullptr;
  return true;
}

bool Executor::State::next(Judged& judged) {
  for (;;) {
    if (at_ >= part_.size() && !next_part()) return false;
    const EventPlace place{.begin = at_, .end = find_line_end(part_, at_), .places = places_};
    at_ = place.end.at + 1;
    if (places_ != nullptr) {
      if (*places_ >= place.end.at) continue;  // a blank line
      judged = judge_at(part_, place);
      const std::uint32_t* behind = behind_ != nullptr ? behind_ : places_;
      while (*behind < place.end.at) ++behind;
      places_ = behind;
    } else {
      // Some line of the part has made the index of all of it impossible.
      const std::string_view line = trimmed(part_.substr(place.begin, place.end.at - place.begin));
      if (line.empty()) continue;
      judged = judge_alone(line);
    }
    judged.offset = static_cast<std::size_t>(judged.text.data() - block_.data());
    return true;
  }
}

Judged Executor::State::judge(std::string_view text, Time now) {
  now_ = now;
  copy_.resize(std::max(copy_.size(), text.size() + 2 * block_padding));
  std::copy(text.begin(), text.end(), copy_.begin() + block_padding);
  const std::string_view copy(copy_.data() + block_padding, text.size());
  const std::string_view event = trimmed(copy);
  if (event.empty()) return {};
  Judged judged = judge_alone(event);
  judged.offset = static_cast<std::size_t>(event.data() - copy.data());
  judged.text = text.substr(judged.offset, judged.text.size());
  return judged;
}

// Judges a text that the block's index does not know.
Judged Executor::State::judge_alone(std::string_view text) {
  if (index_.build(text)) return judge_at(text, {.begin = 0, .end = find_text_end(text), .places = index_.places()});
  Judged judged;
  judged.text = text;
  judge_exactly(judged);
  return judged;
}

Judged Executor::State::judge_at(std::string_view block, const EventPlace& place) {
  given_up_ = 0;
  matches_.clear();
  candidates_.clear();
  LogTypeJudge* judge = guess(block, place);
  behind_ = scanner_.scan(block, place, *judge->plan().trie, judge->fields());
  Judged judged;
  judged.offset = *place.places;
  if (behind_ == nullptr) {
    judged.text = trimmed(block.substr(place.begin, place.end.at - place.begin));
    judge_exactly(judged);
    return judged;
  }
  judged.text = block.substr(judged.offset, behind_[-1] + 1 - judged.offset);
  judge->start(block, place.end);
  judged.is_event = true;
  judged.log_type = log_type_of(*judge);
  judged_flat_ = false;
  if (recognition_ != nullptr && may_be_recognised(recognition_->rules(), judged.log_type)) {
    const LogTypePlan& plan = judge->plan();
    const bool nested = judge->fields()[plan.nested_field].kind == FieldKind::object ||
                        judge->fields()[plan.winlog_field].kind == FieldKind::object;
    if (nested) {
      whole_.start(judged.text, now_);
      if (const auto flat = flat_windows_event(whole_.value())) {
        judge_flat(*flat, judged);
        return judged;
      }
    }
    if (judged.log_type.empty()) judged.log_type = recognise(judged.text);
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
  if (!judged.has_rules) return judged;
  judge->judge(matches_, candidates_);
  given_up_ = judge->given_up();
  judged.matches = matches_;
  judged.candidates = candidates_;
  return judged;
}

// The view lives until the next call.
std::string_view Executor::State::recognise(std::string_view text) {
  const Judged judged = recognition_->judge(text, now_);
  return judged.matches.empty() ? std::string_view() : std::string_view(judged.matches.front().rule->rule->id.value);
}

void Executor::State::judge_flat(const Value& flat, Judged& judged) {
  if (flat_ == nullptr) flat_ = std::make_unique<State>(rules_, options_);
  flat_text_ = to_json(flat);
  const Judged of_flat = flat_->judge(flat_text_, now_);
  judged.log_type = of_flat.log_type;
  judged.has_rules = of_flat.has_rules;
  judged.matches = of_flat.matches;
  judged.candidates = of_flat.candidates;
  judged_flat_ = true;
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
  judged_flat_ = false;
  if (recognition_ != nullptr && may_be_recognised(recognition_->rules(), log_type_)) {
    if (const auto flat = flat_windows_event(*event)) return judge_flat(*flat, judged);
    if (log_type_.empty()) log_type_ = recognise(judged.text);
  }
  judged.log_type = log_type_;
  judged.has_rules = !rules_->rules_for(log_type_).empty();
  judged_exactly_ = true;
  whole_.start(std::move(*event), now_);
  whole_.set_log_type(log_type_);
  judged.matches = exact_.judge(whole_.value(), log_type_, now_);
  judged.candidates = exact_.candidates();
  given_up_ = exact_.given_up();
}

// By what looks like `"p_log_type":"…"`, at whatever depth: the scan tells whether it was right. Collectors add it as
// the last key, or the event has it where the one before had it.
LogTypeJudge* Executor::State::guess(std::string_view block, const EventPlace& place) {
  if (const std::string_view name = last_text(block, place); !name.empty()) return judge_by(hash_of_name(name));
  const std::uint32_t* const end = index_.places() + index_.count();
  if (place.places + log_type_at_ < end) {
    const std::string_view name = log_type_beside(block, place, place.places + log_type_at_);
    if (!name.empty()) return judge_by(hash_of_name(name));
  }
  if (!carries_log_type_) return default_;
  for (const std::uint32_t* at = place.places; at < end && *at < place.end.at; ++at) {
    const std::string_view name = log_type_beside(block, place, at);
    if (name.empty()) continue;
    log_type_at_ = static_cast<std::size_t>(at - place.places);
    return judge_by(hash_of_name(name));
  }
  return default_;
}

namespace {

constexpr std::string_view log_type_key = R"("p_log_type")";

// Whether the key ends before `end`. REQUIRES: 16 readable bytes before it.
bool is_log_type_key(const char* end) {
  return std::memcmp(end - log_type_key.size(), log_type_key.data(), log_type_key.size()) == 0;
}

}  // namespace

// The value of the event's last key, if that is `p_log_type`, and all is written without blanks; else nothing.
std::string_view Executor::State::last_text(std::string_view block, const EventPlace& place) {
  constexpr std::size_t longest = 64;
  const std::size_t behind = place.end.at - (block[place.end.at - 1] == '\r' ? 1 : 0);
  if (behind < place.begin + longest || block[behind - 1] != '}' || block[behind - 2] != '"') return {};
  const std::size_t end = behind - 2;
  for (std::size_t begin = end; end - begin < longest; begin -= 8) {
    const std::uint64_t quotes = words::bytes_equal(words::load(block.data() + begin - 8), '"');
    if (quotes == 0) continue;
    begin -= static_cast<std::size_t>(std::countl_zero(quotes)) / 8;
    const bool is_one = block[begin - 2] == ':' && is_log_type_key(block.data() + begin - 2);
    return is_one ? block.substr(begin, end - begin) : std::string_view();
  }
  return {};
}

// The value of the key that begins at a place, if it is `p_log_type` with a text; else nothing.
std::string_view Executor::State::log_type_beside(std::string_view block, const EventPlace& place,
                                                  const std::uint32_t* at) {
  if (block[*at] != '"' || !is_log_type_key(block.data() + *at + log_type_key.size())) return {};
  if (at[2] >= place.end.at || block[at[2]] != '"') return {};
  const std::size_t begin = at[2] + 1;
  const std::size_t end = block.find('"', begin);
  return end < place.end.at ? block.substr(begin, end - begin) : std::string_view();
}

std::string_view Executor::State::log_type_of(LogTypeJudge& judge) {
  const FieldId field = judge.plan().log_type_field;
  carries_log_type_ = judge.fields()[field].kind == FieldKind::text;
  if (carries_log_type_) {
    const std::string_view own = judge.text(field);
    if (!own.empty()) return own;
  }
  return options_.log_type;
}

AlertTexts Executor::State::texts(const Match& match) {
  if (judged_flat_) return flat_->texts(match);
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
const Value& Executor::event() { return state_->event(); }
AlertTexts Executor::texts(const Match& match) { return state_->texts(match); }
std::size_t Executor::given_up() const { return state_->given_up(); }
const JudgingCounts& Executor::counts() const { return state_->counts(); }
const RuleSet& Executor::rules() const { return state_->rules(); }

}  // namespace picket
