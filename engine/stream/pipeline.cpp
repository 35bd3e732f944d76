#include "engine/stream/pipeline.hpp"

#include <utility>

#include "engine/stream/framer.hpp"

namespace picket {
namespace {

constexpr std::string_view many_log_types = "…";

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

// Values that stand one after another on one line, as two writers of one file leave them. Empty unless every one of
// them can be read and there are at least two.
std::vector<std::pair<Frame, Value>> read_run_on(const Frame& frame, const JsonLimits& limits) {
  std::string_view rest = frame.text;
  Framer framer(
      [&rest](std::span<char> to) {
        const std::size_t count = rest.copy(to.data(), to.size());
        rest.remove_prefix(count);
        return count;
      },
      {.longest = frame.text.size()});
  std::vector<std::pair<Frame, Value>> values;
  while (std::optional<Frame> part = framer.next()) {
    auto read = read_json(part->text, limits);
    if (!std::holds_alternative<Value>(read) || std::get<Value>(read).object() == nullptr) return {};
    part->text = frame.text.substr(part->offset, part->text.size());
    part->offset += frame.offset;
    part->line = frame.line;
    values.emplace_back(*part, std::get<Value>(std::move(read)));
  }
  if (values.size() < 2) values.clear();
  return values;
}

}  // namespace

std::uint64_t Tally::invalid_count() const {
  std::uint64_t sum = 0;
  for (const auto& [reason, count] : invalid) sum += count;
  return sum;
}

Pipeline::Pipeline(Evaluator& evaluator, AlertSink& sink, DeadLetterTaker dead_letters, Clock clock,
                   PipelineOptions options)
    : evaluator_(evaluator),
      sink_(sink),
      dead_letters_(std::move(dead_letters)),
      clock_(std::move(clock)),
      options_(std::move(options)) {
  tally_.matches.resize(evaluator_.rules().rules().size());
}

RunResult Pipeline::run(Input& input) {
  const std::uint64_t bytes_before = tally_.bytes;
  RunResult result;
  while (const std::optional<Frame> frame = input.next()) {
    const Delivery delivery = take(*frame, input.name());
    tally_.bytes = bytes_before + input.bytes();
    if (delivery.outcome != Delivery::Outcome::taken) return result_of(delivery);
  }
  tally_.bytes = bytes_before + input.bytes();
  if (input.interrupted()) return {.end = RunEnd::interrupted, .reason = {}};
  return {};
}

Delivery Pipeline::take(const Frame& frame, const std::string& input) {
  if (!frame.whole) return bury(frame, input, "too long", "longer than the limit of one event");
  const auto read = read_json(frame.text, options_.json);
  if (const auto* error = std::get_if<JsonError>(&read)) return take_broken(frame, input, *error);
  const auto& event = std::get<Value>(read);
  if (event.object() != nullptr) return judge(event, frame, input);
  return bury(frame, input, "not an object", "a " + std::string(spelling(event.kind())));
}

Delivery Pipeline::take_broken(const Frame& frame, const std::string& input, const JsonError& error) {
  const auto run_on = read_run_on(frame, options_.json);
  for (const auto& [part, event] : run_on) {
    Delivery delivery = judge(event, part, input);
    if (delivery.outcome != Delivery::Outcome::taken) return delivery;
  }
  if (!run_on.empty()) return {};
  return bury(frame, input, error.reason, "at byte " + std::to_string(error.offset));
}

Delivery Pipeline::bury(const Frame& frame, const std::string& input, std::string reason, std::string detail) {
  ++tally_.invalid[reason];
  return dead_letters_({.input = input, .frame = frame, .reason = std::move(reason), .detail = std::move(detail)});
}

Delivery Pipeline::judge(const Value& event, const Frame& frame, const std::string& input) {
  ++tally_.events;
  const Value* named = event.object()->find_exact("p_log_type");
  const std::string* own = named != nullptr ? named->string() : nullptr;
  const std::string& log_type = own != nullptr && !own->empty() ? *own : options_.log_type;
  if (log_type.empty()) {
    ++tally_.without_log_type;
  } else if (evaluator_.rules().rules_for(log_type).empty()) {
    count_unjudged(log_type);
    return {};
  }
  const auto matches = evaluator_.judge(event, log_type, clock_());
  tally_.given_up += evaluator_.given_up();
  for (const Match& match : matches) {
    ++tally_.matches[match.index];
    ++tally_.alerts;
    Place place{.input = input, .offset = frame.offset, .line = frame.line};
    const Alert alert = make_alert(*match.rule->rule, evaluator_.texts(match), event, log_type, std::move(place));
    Delivery delivery = sink_.deliver(alert);
    if (delivery.outcome != Delivery::Outcome::taken) return delivery;
  }
  return {};
}

// Log types come from events, so their number is an attacker's to choose.
void Pipeline::count_unjudged(std::string_view log_type) {
  auto found = tally_.unjudged.find(log_type);
  if (found == tally_.unjudged.end()) {
    const bool room = tally_.unjudged.size() < options_.log_types_counted;
    found = tally_.unjudged.emplace(room ? log_type : many_log_types, 0).first;
  }
  ++found->second;
}

}  // namespace picket
