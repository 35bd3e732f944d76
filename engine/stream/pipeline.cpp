#include "engine/stream/pipeline.hpp"

#include <utility>
#include <variant>

namespace picket {
namespace {

RunResult result_of(const Delivery& delivery) {
  switch (delivery.outcome) {
    case Delivery::Outcome::taken:
      return {};
    case Delivery::Outcome::closed:
      return {.end = RunEnd::output_closed, .reason = {}};
    case Delivery::Outcome::failed:
      return {.end = RunEnd::output_failed, .reason = delivery.reason};
  }
  return {};
}

}  // namespace

Pipeline::Pipeline(const std::shared_ptr<const RuleSet>& rules, AlertSink& sink, DeadLetterTaker dead_letters,
                   Clock clock, PipelineOptions options)
    : sink_(sink),
      dead_letters_(std::move(dead_letters)),
      clock_(std::move(clock)),
      log_types_counted_(options.log_types_counted),
      after_batch_(std::move(options.after_batch)),
      crew_(rules, std::move(options.judging), options.threads,
            [this](std::vector<Outcome>& outcomes, const BatchCounts* counts) { return deliver(outcomes, counts); }) {
  tally_.matches.resize(rules->rules().size());
}

RunResult Pipeline::run(Input& input) {
  if (result_.end != RunEnd::input_ended) return result_;
  const auto name = std::make_shared<const std::string>(input.name());
  input.read({.take =
                  [&](Batch& batch) {
                    const bool wanted = crew_.push(batch, name, clock_());
                    if (after_batch_) after_batch_();
                    return wanted;
                  },
              .rest = [this] { return rest(); }});
  tally_.bytes += input.bytes();
  if (result_.end == RunEnd::input_ended && input.interrupted()) return {.end = RunEnd::interrupted, .reason = {}};
  return result_;
}

RunResult Pipeline::finish() {
  (void)rest();
  return result_;
}

// Whoever waits for an alert gets it before the pipeline waits for more input.
bool Pipeline::rest() {
  if (!crew_.drain()) return false;
  if (after_batch_) after_batch_();
  return heed(sink_.flush());
}

bool Pipeline::deliver(std::vector<Outcome>& outcomes, const BatchCounts* counts) {
  for (const Outcome& outcome : outcomes) {
    if (!heed(deliver(outcome))) return false;
  }
  if (counts != nullptr) add_counts(tally_, *counts, log_types_counted_);
  return outcomes.empty() || heed(sink_.flush());
}

Delivery Pipeline::deliver(const Outcome& outcome) {
  if (const auto* letter = std::get_if<DeadLetter>(&outcome)) {
    ++tally_.invalid[letter->reason];
    return dead_letters_(*letter);
  }
  const auto& raised = std::get<RaisedAlert>(outcome);
  ++tally_.matches[raised.rule];
  ++tally_.alerts;
  return sink_.deliver(raised.alert);
}

// Remembers a delivery that went wrong; false if it did.
bool Pipeline::heed(const Delivery& delivery) {
  if (delivery.outcome != Delivery::Outcome::taken) result_ = result_of(delivery);
  return delivery.outcome == Delivery::Outcome::taken;
}

}  // namespace picket
