// Hot: which log type an event has, and with it whose rules judge it. See executor_state.hpp.
#include <algorithm>
#include <array>
#include <cstring>

#include "engine/eval/executor_state.hpp"
#include "engine/eval/recogniser.hpp"
#include "engine/event/words.hpp"
#include "engine/plan/plan.hpp"

namespace picket {

namespace {

constexpr std::size_t hashed = 32;  // bytes of a name that all count; of longer ones the last eight, too

// In the same few steps for each name that is not long. REQUIRES: so many readable bytes from its beginning on.
std::uint64_t hash_of_standing(std::string_view name) {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
  const auto word = [&name](std::size_t at) {
    const std::size_t left = std::min<std::size_t>(name.size() - std::min(name.size(), at), 8);
    return words::load(name.data() + at) & words::firsts[left];
  };
  std::uint64_t hash = words::mix(words::mix(word(0) + name.size(), word(8) ^ factor) ^ word(16), word(24) ^ factor);
  if (name.size() > hashed) hash = words::mix(hash ^ words::load(name.data() + name.size() - 8), factor);
  return hash;
}

}  // namespace

std::uint64_t hash_of_name(std::string_view name) {
  if (name.size() >= hashed) return hash_of_standing(name);
  std::array<char, hashed> copy{};
  std::copy(name.begin(), name.end(), copy.begin());
  return hash_of_standing({copy.data(), name.size()});
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

// Whether the log type is one that is told by what events hold, or is not known yet.
bool Executor::State::is_recognised(std::string_view log_type) const {
  return may_be_recognised(recognition_->rules(), log_type);
}

// The view lives until the next call.
std::string_view Executor::State::recognise(std::string_view text) {
  const Judged judged = recognition_->judge(text, now_);
  return judged.matches.empty() ? std::string_view() : std::string_view(judged.matches.front().rule->rule->id.value);
}

// The same of an event that stands in a block which has been read. Its likes are expected to come next.
std::string_view Executor::State::recognise_at(std::string_view block, const EventPlace& place, std::string_view text) {
  const std::span<const Match> matches = recognition_->judge_untyped(block, place, text, now_);
  if (matches.empty()) return {};
  const std::string_view log_type = matches.front().rule->rule->id.value;
  likely_ = judge_of(log_type);
  return log_type;
}

// By what looks like `"p_log_type":"…"`, at whatever depth: the scan tells whether it was right. Collectors add it as
// the last key, or the event has it where the one before had it.
LogTypeJudge* Executor::State::guess(std::string_view block, const EventPlace& place) {
  if (const std::string_view name = last_text(block, place); !name.empty()) return judge_by(hash_of_standing(name));
  const std::uint32_t* const end = index_.places() + index_.count();
  if (place.places + log_type_at_ < end) {
    const std::string_view name = log_type_beside(block, place, place.places + log_type_at_);
    if (!name.empty()) return judge_by(hash_of_standing(name));
  }
  if (!carries_log_type_) return likely_;
  for (const std::uint32_t* at = place.places; at < end && *at < place.end.at; ++at) {
    const std::string_view name = log_type_beside(block, place, at);
    if (name.empty()) continue;
    log_type_at_ = static_cast<std::size_t>(at - place.places);
    return judge_by(hash_of_standing(name));
  }
  return likely_;
}

namespace {

constexpr std::string_view log_type_key = R"("p_log_type")";

// Whether the key ends before `end`. REQUIRES: 16 readable bytes before it.
bool is_log_type_key(const char* end) {
  return std::memcmp(end - log_type_key.size(), log_type_key.data(), log_type_key.size()) == 0;
}

}  // namespace

// The value of the event's last key, if that is `p_log_type`, and all is written without blanks; else nothing.
std::string_view Executor::State::last_text(std::string_view block, const EventPlace& place) const {
  const EventPlace* const next = &place + 1;
  const bool is_last = next == index_.lines().data() + index_.lines().size();
  const std::uint32_t* const end = is_last ? index_.places() + index_.count() : next->places;
  constexpr std::ptrdiff_t least = 5;  // a bracket, a key, its colon, its value, a bracket
  if (end - place.places < least || block[end[-1] - 1] != '"' || block[end[-2]] != '"' || end[-2] + 1 >= end[-1])
    return {};
  if (block[end[-3]] != ':' || !is_log_type_key(block.data() + end[-3])) return {};
  return block.substr(end[-2] + 1, end[-1] - end[-2] - 2);
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

}  // namespace picket
