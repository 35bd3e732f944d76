#include "engine/stream/batch_judge.hpp"

#include <chrono>
#include <cstring>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/event/kept_event.hpp"
#include "engine/stream/run_on.hpp"

namespace picket {
namespace {

// What a batch may pile up before it is handed over: an event may match any number of rules.
constexpr std::size_t most_outcomes = 1024;
constexpr std::size_t most_weight = std::size_t{4} * 1024 * 1024;

// Says on which line a place in a block is; counts only as far as it is asked.
class LineCount {
 public:
  explicit LineCount(const Frame& lines) : text_(lines.text), line_(lines.line) {}

  // REQUIRES: not before the place asked for last.
  std::uint64_t line_of(std::size_t offset) {
    for (;;) {
      const void* found = std::memchr(text_.data() + counted_, '\n', offset - counted_);
      if (found == nullptr) return line_;
      counted_ = static_cast<std::size_t>(static_cast<const char*>(found) - text_.data()) + 1;
      ++line_;
    }
  }

 private:
  std::string_view text_;
  std::size_t counted_ = 0;
  std::uint64_t line_;
};

}  // namespace

BatchJudge::BatchJudge(std::size_t thread, const std::atomic<bool>& stopped) : thread_(thread), stopped_(stopped) {}

void BatchJudge::judge(const BatchInHand& work, std::vector<Outcome>& outcomes, BatchCounts& counts,
                       const TakeOutcomes& take) {
  RulesAtWork::Seat& seat = work.rules->seat(thread_);
  const auto begun = std::chrono::steady_clock::now();
  Call call{.work = work, .seat = seat, .outcomes = outcomes, .counts = counts, .take = take};
  for (const Piece& piece : work.batch.pieces) {
    if (call.over || stopped_.load(std::memory_order_relaxed)) return;
    if (piece.lines) {
      judge_lines(piece.frame, call);
    } else {
      judge_text(piece.frame, call);
    }
  }
  counts.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

// The hot path: for an event that matches nothing, no more than counting.
void BatchJudge::judge_lines(const Frame& lines, Call& call) {
  LineCount line_count(lines);
  Executor& executor = call.seat.executor();
  executor.begin(lines.text, call.work.now);
  Judged judged;
  std::string_view last;
  while (!stopped_.load(std::memory_order_relaxed) && executor.next(judged)) {
    if (judged.is_event) {
      count(executor, judged, call.counts);
      last = judged.text;
      if (judged.matches.empty() && judged.candidates.empty()) continue;
    }
    const Frame frame = {.text = judged.text,
                         .whole = true,
                         .length = judged.text.size(),
                         .offset = lines.offset + judged.offset,
                         .line = line_count.line_of(judged.offset)};
    if (judged.is_event) {
      raise(executor, judged, frame, call);
    } else {
      judge_broken(frame, call);
    }
    if (call.over) return;
  }
  if (!last.empty()) call.counts.last_event = last;
}

void BatchJudge::judge_text(const Frame& frame, Call& call) {
  if (!frame.whole) return bury(frame, "too long", "longer than the limit of one event", call);
  Executor& executor = call.seat.executor();
  const Judged judged = executor.judge(frame.text, call.work.now);
  if (!judged.is_event) return judge_broken(frame, call);
  count(executor, judged, call.counts);
  call.counts.last_event = judged.text;
  raise(executor, judged, frame, call);
}

// What is no event by itself: two of them on one line, or none.
void BatchJudge::judge_broken(const Frame& frame, Call& call) {
  const JsonLimits& limits = call.work.rules->options().json;
  const auto read = read_json(frame.text, limits);
  if (const auto* value = std::get_if<Value>(&read)) {
    return bury(frame, "not an object", "a " + std::string(spelling(value->kind())), call);
  }
  const std::vector<Frame> parts = split_run_on(frame, limits);
  if (parts.empty()) {
    const auto& error = std::get<JsonError>(read);
    return bury(frame, error.reason, "at byte " + std::to_string(error.offset), call);
  }
  Executor& executor = call.seat.run_on_executor();
  for (const Frame& part : parts) {
    const Judged judged = executor.judge(part.text, call.work.now);
    count(executor, judged, call.counts);
    raise(executor, judged, part, call);
    if (call.over) return;
  }
}

void BatchJudge::count(Executor& executor, const Judged& judged, BatchCounts& counts) {
  ++counts.events;
  if (judged.log_type.empty()) ++counts.without_log_type;
  if (judged.has_rules) {
    counts.given_up += executor.given_up();
    if (!judged.log_type.empty()) counts.judged.count(judged.log_type);
  } else if (!judged.log_type.empty()) {
    counts.unjudged.count(judged.log_type);
  }
}

void BatchJudge::raise(Executor& executor, const Judged& judged, const Frame& frame, Call& call) {
  if (judged.matches.empty() && judged.candidates.empty()) return;
  call.weight += frame.text.size();
  const std::optional<Time> time = call.seat.times().time_of(executor.event(), judged.log_type);
  const KeptEvent event = KeptEvent::of_text(executor.event().text());
  const std::shared_ptr<const RulesVersion>& rules = call.work.rules->version();
  for (const Match& match : judged.matches) {
    add(Signal{.rule = rules->facts(match.index),
               .texts = executor.texts(match),
               .log_type = std::string(judged.log_type),
               .time = time,
               .place = {.input = *call.work.input, .offset = frame.offset, .line = frame.line},
               .event = event},
        call);
    if (call.over) return;
  }
  if (judged.candidates.empty()) return;
  Candidates candidates{.version = rules,
                        .rules = {},
                        .log_type = std::string(judged.log_type),
                        .time = time,
                        .now = call.work.now,
                        .place = {.input = *call.work.input, .offset = frame.offset, .line = frame.line},
                        .event = event};
  for (const Match& candidate : judged.candidates) candidates.rules.push_back(candidate.index);
  add(std::move(candidates), call);
}

void BatchJudge::bury(const Frame& frame, std::string reason, std::string detail, Call& call) {
  add(DeadLetter{.input = *call.work.input, .frame = frame, .reason = std::move(reason), .detail = std::move(detail)},
      call);
}

void BatchJudge::add(Outcome outcome, Call& call) {
  call.weight += weight_of(outcome);
  call.outcomes.push_back(std::move(outcome));
  if (call.outcomes.size() < most_outcomes && call.weight < most_weight) return;
  call.over = !call.take(call.outcomes);
  call.weight = 0;
}

}  // namespace picket
