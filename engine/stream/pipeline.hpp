// Pipeline: input -> evaluate -> correlate -> deliver. The door of engine/stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/alert/sink.hpp"
#include "engine/eval/execute.hpp"
#include "engine/state/detector.hpp"
#include "engine/state/rules_version.hpp"
#include "engine/store/ledger.hpp"
#include "engine/stream/input.hpp"
#include "engine/stream/judging_crew.hpp"
#include "engine/stream/live_rules.hpp"
#include "engine/stream/tally.hpp"

namespace picket {

struct PipelineOptions {
  ExecutorOptions judging;
  DetectorOptions detecting;
  // Writes down how far the run has come, so that another may go on from there; it is also the sink then. Not owned;
  // null: no run will go on from here.
  Ledger* ledger = nullptr;
  std::size_t threads = 1;               // that judge, the caller's among them; at least one
  std::size_t log_types_counted = 1000;  // distinct ones in Tally::unjudged
  std::function<void()> after_batch;     // called after a batch was taken from an input, and before that is waited for
};

// The time for `now` in rules: asked once for each batch.
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

// The way from inputs to alerts. One thread, the caller's, reads, counts and delivers; it and others judge. Whatever
// their number, alerts, dead letters and the tally are the same. Rules may change meanwhile: a batch is judged by those
// that are in force when it has been read, and what the detector knows goes over between two batches.
class Pipeline {
 public:
  // The references must outlive the pipeline.
  Pipeline(std::shared_ptr<const RulesVersion> rules, AlertSink& sink, DeadLetterTaker dead_letters, Clock clock,
           PipelineOptions options);

  // Reads an input to its end. Alerts are delivered in the order in which matches bring them about: that of events,
  // those of one event in the rules' order, if there is no lateness; the last ones of this input, and its dead letters,
  // may be in hand still when this returns. A sink that fails or is closed ends this run and all that follow; so does a
  // ledger that has no room for more when the program is to end, and what is in hand then is not judged.
  [[nodiscard]] RunResult run(Input& input);
  // Delivers what is in hand.
  [[nodiscard]] RunResult settle();
  // Delivers what is in hand, settles all alerts if the input has ended for good, and flushes the sink.
  [[nodiscard]] RunResult finish(bool input_ended = true);

  // Other rules may be put in force here, from any one thread.
  [[nodiscard]] LiveRules& rules() { return rules_; }

  // Of what was delivered.
  [[nodiscard]] const Tally& tally() const { return tally_; }
  [[nodiscard]] DetectorCounts detected() const { return detector_.counts(); }
  // As Detector::latest().
  [[nodiscard]] std::optional<Time> latest_event() const { return detector_.latest(); }
  // Pieces of an earlier run's state that mean nothing any more, see Ledger::restore().
  [[nodiscard]] std::size_t forgotten() const { return forgotten_; }

 private:
  [[nodiscard]] bool deliver(std::vector<Outcome>& outcomes, const BatchInHand& batch, const BatchCounts* counts);
  void adopt(const std::shared_ptr<const RulesVersion>& rules);
  void observe(std::string_view event, const BatchInHand& batch);
  void deliver(Outcome& outcome, Time now);
  void tell(const Alert& alert);
  void heed(const Delivery& delivery);
  [[nodiscard]] bool goes_on() const { return result_.end == RunEnd::input_ended; }
  void passed(const BatchInHand& batch);
  [[nodiscard]] Delivery hand_on(bool waiting);
  void let_time_pass();
  [[nodiscard]] bool rest();

  LiveRules rules_;
  AlertSink& sink_;
  DeadLetterTaker dead_letters_;
  Clock clock_;
  Time last_batch_;  // when it was taken; before the first, when judging began
  std::string log_type_;
  std::size_t log_types_counted_;
  std::function<void()> after_batch_;
  Ledger* ledger_;
  bool read_again_ = true;  // whether another run could read what was taken from inputs
  Tally tally_;
  RunResult result_;
  Detector detector_;
  std::size_t forgotten_ = 0;
  std::shared_ptr<const RulesVersion> adopted_;  // the detector's
  EventTimes times_;                             // by them
  TakeAlert tell_;
  JudgingCrew crew_;
};

}  // namespace picket
