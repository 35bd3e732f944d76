#include "engine/stream/pipeline.hpp"

#include <utility>
#include <variant>

#include "engine/event/json.hpp"

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

Pipeline::Pipeline(std::shared_ptr<const RulesVersion> rules, AlertSink& sink, DeadLetterTaker dead_letters,
                   Clock clock, PipelineOptions options)
    : rules_(std::move(rules)),
      sink_(sink),
      dead_letters_(std::move(dead_letters)),
      clock_(std::move(clock)),
      log_type_(options.judging.log_type),
      log_types_counted_(options.log_types_counted),
      after_batch_(std::move(options.after_batch)),
      last_(options.last),
      detector_(options.detecting),
      tell_([this](const Alert& alert) { tell(alert); }),
      crew_(std::move(options.judging), options.threads,
            [this](std::vector<Outcome>& outcomes, const BatchInHand& batch, const BatchCounts* counts) {
              return deliver(outcomes, batch, counts);
            }) {}

RunResult Pipeline::run(Input& input) {
  if (!goes_on()) return result_;
  const auto name = std::make_shared<const std::string>(input.name());
  BatchInHand work;
  input.read({.take =
                  [&](Batch& batch) {
                    std::swap(work.batch, batch);
                    work.input = name;
                    work.rules = rules_;
                    work.now = clock_();
                    const bool wanted = crew_.push(work);
                    std::swap(work.batch, batch);
                    if (after_batch_) after_batch_();
                    return wanted;
                  },
              .rest = [this] { return rest(); }});
  tally_.bytes += input.bytes();
  if (goes_on() && input.interrupted()) return {.end = RunEnd::interrupted, .reason = {}};
  return result_;
}

RunResult Pipeline::finish() {
  if (rest()) {
    detector_.finish(last_, tell_);
    heed(sink_.flush());
  }
  return result_;
}

// Whoever waits for an alert gets it before the pipeline waits for more input.
bool Pipeline::rest() {
  if (!crew_.drain()) return false;
  if (after_batch_) after_batch_();
  heed(sink_.flush());
  return goes_on();
}

bool Pipeline::deliver(std::vector<Outcome>& outcomes, const BatchInHand& batch, const BatchCounts* counts) {
  for (Outcome& outcome : outcomes) {
    deliver(outcome, batch.now);
    if (!goes_on()) return false;
  }
  if (counts != nullptr) {
    add_counts(tally_, *counts, log_types_counted_);
    observe(counts->last_event, batch);
  }
  if (!outcomes.empty()) heed(sink_.flush());
  return goes_on();
}

// Lets the clock of events go on, by one event of a batch: the last.
void Pipeline::observe(std::string_view event, const BatchInHand& batch) {
  if (event.empty() || !detector_.waits_for_time()) return;
  const auto read = read_json(event);
  const auto* value = std::get_if<Value>(&read);
  const Object* object = value == nullptr ? nullptr : value->object();
  if (object == nullptr) return;
  const Value* own = object->find_exact("p_log_type");
  const std::string* word = own == nullptr ? nullptr : own->string();
  if (times_of_ != batch.rules) {
    times_of_ = batch.rules;
    times_ = batch.rules->event_times();
  }
  if (const auto time = times_.time_of(*value, word == nullptr ? log_type_ : *word)) {
    detector_.observe(*time, batch.now, tell_);
  }
}

void Pipeline::deliver(Outcome& outcome, Time now) {
  if (const auto* letter = std::get_if<DeadLetter>(&outcome)) {
    ++tally_.invalid[letter->reason];
    return heed(dead_letters_(*letter));
  }
  auto& signal = std::get<Signal>(outcome);
  count_match(tally_, signal);
  detector_.take(std::move(signal), now, tell_);
}

void Pipeline::tell(const Alert& alert) {
  if (!goes_on()) return;
  count_alert(tally_, alert);
  heed(sink_.deliver(alert));
}

// Remembers the first delivery that went wrong.
void Pipeline::heed(const Delivery& delivery) {
  if (delivery.outcome != Delivery::Outcome::taken && goes_on()) result_ = result_of(delivery);
}

}  // namespace picket
