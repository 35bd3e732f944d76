// Hot: which log type an event has, and with it whose rules judge it. See executor_state.hpp.
#include <algorithm>
#include <bit>
#include <cstring>

#include "engine/eval/executor_state.hpp"
#include "engine/eval/recogniser.hpp"
#include "engine/event/words.hpp"
#include "engine/plan/plan.hpp"

namespace picket {

// REQUIRES: nothing of what stands behind the name, which may be a literal.
std::uint64_t hash_of_name(std::string_view name) {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
  std::uint64_t hash = name.size() * factor;
  while (name.size() > 8) {
    hash = words::mix(hash ^ words::load(name.data()), factor);
    name.remove_prefix(8);
  }
  std::uint64_t last = 0;
  if (!name.empty()) std::memcpy(&last, name.data(), name.size());  // an empty view may point nowhere
  return words::mix(hash ^ last, factor);
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

}  // namespace picket
