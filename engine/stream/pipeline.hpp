// Pipeline: input -> evaluate -> deliver. The door of engine/stream.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/alert/sink.hpp"
#include "engine/eval/evaluate.hpp"
#include "engine/event/json.hpp"
#include "engine/stream/dead_letter.hpp"
#include "engine/stream/input.hpp"

namespace picket {

// What a run has seen so far.
struct Tally {
  std::uint64_t events = 0;                      // objects that were judged
  std::uint64_t bytes = 0;                       // of text, unpacked
  std::map<std::string, std::uint64_t> invalid;  // dead letters by reason
  std::uint64_t without_log_type = 0;            // events judged by the rules that name none
  // Events of log types that no rule judges, by log type. Beyond a bound of distinct ones they are filed under "…".
  std::map<std::string, std::uint64_t, std::less<>> unjudged;
  std::vector<std::uint64_t> matches;  // by RuleIndex
  std::uint64_t alerts = 0;
  std::uint64_t given_up = 0;  // rules that ran out of steps on an event

  [[nodiscard]] std::uint64_t invalid_count() const;
};

struct PipelineOptions {
  std::string log_type;  // of events that carry no `p_log_type`; empty for none
  JsonLimits json;
  std::size_t log_types_counted = 1000;  // distinct ones in Tally::unjudged
};

// The time for `now` in rules.
using Clock = std::function<Time()>;
using DeadLetterTaker = std::function<Delivery(const DeadLetter&)>;

enum class RunEnd : std::uint8_t {
  input_ended,
  interrupted,
  output_closed,  // nobody reads the alerts any more
  output_failed,
};

struct RunResult {
  RunEnd end = RunEnd::input_ended;
  std::string reason;  // of output_failed
};

// One thread's way from inputs to alerts.
class Pipeline {
 public:
  // The references must outlive the pipeline.
  Pipeline(Evaluator& evaluator, AlertSink& sink, DeadLetterTaker dead_letters, Clock clock, PipelineOptions options);

  // Judges everything that an input holds. Alerts are delivered in the order of events, those of one event in the
  // rules' order; they may wait in the sink until it is flushed.
  [[nodiscard]] RunResult run(Input& input);

  [[nodiscard]] const Tally& tally() const { return tally_; }

 private:
  [[nodiscard]] Delivery take(const Frame& frame, const std::string& input);
  [[nodiscard]] Delivery take_broken(const Frame& frame, const std::string& input, const JsonError& error);
  [[nodiscard]] Delivery bury(const Frame& frame, const std::string& input, std::string reason, std::string detail);
  [[nodiscard]] Delivery judge(const Value& event, const Frame& frame, const std::string& input);
  void count_unjudged(std::string_view log_type);

  Evaluator& evaluator_;
  AlertSink& sink_;
  DeadLetterTaker dead_letters_;
  Clock clock_;
  PipelineOptions options_;
  Tally tally_;
};

}  // namespace picket
