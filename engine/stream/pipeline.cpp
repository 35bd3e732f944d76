#include "engine/stream/pipeline.hpp"

#include <algorithm>
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
    case Delivery::Outcome::stopped:
      return {.end = RunEnd::interrupted, .reason = {}};
    case Delivery::Outcome::failed:
      return {.end = RunEnd::output_failed, .reason = delivery.reason};
  }
  return {};
}

// With a ledger, what changes has to be told.
DetectorOptions detector_options(const PipelineOptions& options) {
  DetectorOptions detecting = options.detecting;
  detecting.keeps_changes = options.ledger != nullptr;
  return detecting;
}

// Leaves out what an earlier run has judged: what lies before an offset of the stream. If that lies within a line, the
// line was not whole then, and is judged anew.
void leave_out(Batch& batch, std::uint64_t offset) {
  const auto judged = [offset](const Piece& piece) { return piece.frame.offset + piece.frame.length <= offset; };
  std::erase_if(batch.pieces, judged);
  if (batch.pieces.empty()) return;
  Piece& first = batch.pieces.front();
  if (!first.lines || first.frame.offset >= offset) return;
  const std::string_view text = first.frame.text;
  std::string_view before = text.substr(0, offset - first.frame.offset);
  const bool at_line_end = before.size() == text.size() || text[before.size()] == '\n' || text[before.size()] == '\r';
  if (!at_line_end) before = before.substr(0, before.rfind('\n') + 1);  // none: npos + 1 is 0
  first.frame.line += static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
  first.frame.text.remove_prefix(before.size());
  first.frame.length -= before.size();
  first.frame.offset += before.size();
}

}  // namespace

Pipeline::Pipeline(std::shared_ptr<const RulesVersion> rules, AlertSink& sink, DeadLetterTaker dead_letters,
                   Clock clock, PipelineOptions options)
    : rules_(std::move(rules), options.judging, options.threads),
      sink_(sink),
      dead_letters_(std::move(dead_letters)),
      clock_(std::move(clock)),
      last_batch_(clock_()),
      log_type_(options.judging.log_type),
      log_types_counted_(options.log_types_counted),
      after_batch_(std::move(options.after_batch)),
      ledger_(options.ledger),
      detector_(detector_options(options)),
      tell_([this](const Alert& alert) { tell(alert); }),
      crew_(options.threads, [this](std::vector<Outcome>& outcomes, const BatchInHand& batch,
                                    const BatchCounts* counts) { return deliver(outcomes, batch, counts); }) {
  detector_.on_firing([this](const Signal& signal) { count_firing(tally_, signal); });
  detector_.on_decision([this](const std::vector<Signal>& matches, std::size_t given_up) {
    for (const Signal& signal : matches) count_match(tally_, signal);
    tally_.given_up += given_up;
  });
  adopt(rules_.get()->version());
  if (ledger_ != nullptr) forgotten_ = ledger_->restore(detector_);
}

RunResult Pipeline::run(Input& input) {
  if (!goes_on()) return result_;
  const auto name = std::make_shared<const std::string>(input.name());
  std::shared_ptr<const InputPosition> file;
  if (ledger_ != nullptr) {
    if (auto position = input.position()) file = std::make_shared<const InputPosition>(*std::move(position));
  }
  BatchInHand work;
  input.read({.take =
                  [&](Batch& batch) {
                    if (file != nullptr) leave_out(batch, file->offset);
                    std::swap(work.batch, batch);
                    work.file = work.batch.file != nullptr ? work.batch.file : file;
                    if (work.file == nullptr) read_again_ = false;
                    work.input = work.batch.input != nullptr ? work.batch.input : name;
                    work.rules = rules_.get();
                    work.now = last_batch_ = clock_();
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

RunResult Pipeline::settle() {
  (void)rest();
  return result_;
}

RunResult Pipeline::finish(bool input_ended) {
  if (rest() && (input_ended || ledger_ == nullptr)) {
    detector_.finish(ledger_ == nullptr, tell_);
    if (ledger_ != nullptr) ledger_->judged();
    heed(hand_on(true));
  }
  return result_;
}

// Whoever waits for an alert gets it before the pipeline waits for more input.
bool Pipeline::rest() {
  if (!crew_.drain()) return false;
  if (after_batch_) after_batch_();
  let_time_pass();
  heed(hand_on(true));
  return goes_on();
}

void Pipeline::let_time_pass() {
  const Time now = clock_();
  const bool decided = detector_.pass({now.microseconds - last_batch_.microseconds}, now, tell_);
  if (decided && ledger_ != nullptr) ledger_->judged();
}

// Whoever reads the alerts gets those that there are; with a ledger, once they are written down. What no other run
// could read again is written down also when there is no room for more.
Delivery Pipeline::hand_on(bool waiting) {
  if (ledger_ == nullptr) return sink_.flush();
  Delivery delivery = ledger_->checkpoint(detector_, waiting);
  const bool stopped = delivery.outcome == Delivery::Outcome::stopped;
  return stopped && !read_again_ ? ledger_->checkpoint(detector_, waiting) : delivery;
}

void Pipeline::passed(const BatchInHand& batch) {
  if (ledger_ == nullptr) return;
  if (batch.file == nullptr) return ledger_->judged();
  InputPosition position = *batch.file;
  position.offset = std::max(position.offset, batch.batch.end);
  position.line = batch.batch.end_line;
  position.lines = batch.batch.pieces.empty() ? position.lines : batch.batch.pieces.back().lines;
  ledger_->passed(std::move(position));
}

bool Pipeline::deliver(std::vector<Outcome>& outcomes, const BatchInHand& batch, const BatchCounts* counts) {
  adopt(batch.rules->version());
  for (Outcome& outcome : outcomes) {
    deliver(outcome, batch.now);
    if (!goes_on()) return false;
  }
  if (counts != nullptr) {
    add_counts(tally_, *counts, log_types_counted_);
    observe(counts->last_event, batch);
    passed(batch);
    if (ledger_ != nullptr && goes_on()) heed(hand_on(false));
  }
  if (ledger_ == nullptr && !outcomes.empty()) heed(hand_on(false));
  return goes_on();
}

// Batches come in order, so this is between the last of one version and the first of the next.
void Pipeline::adopt(const std::shared_ptr<const RulesVersion>& rules) {
  if (adopted_ == rules) return;
  detector_.adopt(rules, tell_);
  times_ = rules->event_times();
  adopted_ = rules;
}

// Lets the clock of events go on, by one event of a batch: the last.
void Pipeline::observe(std::string_view event, const BatchInHand& batch) {
  if (event.empty() || !detector_.waits_for_time()) return;
  if (const auto time = times_.time_of_text(event, log_type_)) detector_.observe(*time, batch.now, tell_);
}

void Pipeline::deliver(Outcome& outcome, Time now) {
  if (const auto* letter = std::get_if<DeadLetter>(&outcome)) {
    ++tally_.invalid[letter->reason];
    return heed(dead_letters_(*letter));
  }
  if (auto* candidates = std::get_if<Candidates>(&outcome)) return detector_.take(std::move(*candidates), tell_);
  auto& signal = std::get<Signal>(outcome);
  count_match(tally_, signal);
  detector_.take(std::move(signal), now, tell_);
}

void Pipeline::tell(const Alert& alert) {
  if (!goes_on()) return;
  count_alert(tally_, alert);
  heed(sink_.deliver(alert));
}

// Remembers the first delivery that went wrong. What is in hand when the program is to end, and a destination has no
// room, is left to the next run; but not what that could not read again.
void Pipeline::heed(const Delivery& delivery) {
  if (delivery.outcome == Delivery::Outcome::stopped && !read_again_) return;
  if (delivery.outcome != Delivery::Outcome::taken && goes_on()) result_ = result_of(delivery);
}

}  // namespace picket
