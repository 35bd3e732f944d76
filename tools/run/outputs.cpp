#include "tools/run/outputs.hpp"

#include <unistd.h>

#include <utility>

#include "engine/alert/alert_format.hpp"
#include "engine/alert/jsonl_sink.hpp"
#include "engine/stream/frame.hpp"
#include "tools/run/human_sink.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t letters_shown = 5;
constexpr std::size_t letter_columns = 60;
constexpr std::size_t letter_bytes = 1000;  // looked at for these columns

// Null: for people.
const AlertFormat* format_of(const RunOptions& options, const Output& out) {
  const bool human = options.format.empty() ? options.output.empty() && out.is_terminal() : options.format == "human";
  return human ? nullptr : &line_format(options.format);
}

// Creates a file, or says why not.
std::optional<std::string> create(const std::string& path, std::optional<FileWriter>& writer) {
  auto created = FileWriter::create(path);
  if (const auto* reason = std::get_if<std::string>(&created)) {
    return "cannot write to " + escape_controls(path) + ": " + *reason;
  }
  writer = std::get<FileWriter>(std::move(created));
  return std::nullopt;
}

std::optional<std::string> finish_file(std::optional<FileWriter>& writer, const std::string& what,
                                       const std::string& path) {
  if (!writer) return std::nullopt;
  const Delivery delivery = writer->finish();
  writer.reset();
  if (delivery.outcome != Delivery::Outcome::failed) return std::nullopt;
  const std::string place = path.empty() ? "standard output" : escape_controls(path);
  return "cannot write the " + what + " to " + place + ": " + delivery.reason;
}

}  // namespace

RunOutputs::Opened RunOutputs::open(const RunOptions& options, Console& console, std::function<void()> before_write) {
  std::unique_ptr<RunOutputs> outputs(new RunOutputs(options, console, std::move(before_write)));
  const bool remembered = !options.state.empty();  // then it is the ledger that writes to files
  if (!remembered || options.output.empty()) {
    if (auto fault = outputs->open_alerts()) return *std::move(fault);
  }
  if (!remembered) {
    if (auto fault = outputs->open_dead_letters()) return *std::move(fault);
  }
  return outputs;
}

RunOutputs::RunOutputs(const RunOptions& options, Console& console, std::function<void()> before_write)
    : options_(options), console_(console), before_write_(std::move(before_write)) {}

std::optional<std::string> RunOutputs::open_alerts() {
  HumanLook look;
  if (options_.output.empty()) {
    alerts_ = FileWriter::borrow(STDOUT_FILENO);
    look.paint = console_.out().palette();
    look.columns = console_.out().width().value_or(look.columns);
  } else if (auto fault = create(options_.output, alerts_)) {
    return fault;
  }
  if (const AlertFormat* format = format_of(options_, console_.out())) {
    sink_ = std::make_unique<JsonlSink>(*alerts_, format->write);
  } else {
    sink_ = std::make_unique<HumanSink>(*alerts_, look);
  }
  return std::nullopt;
}

std::optional<std::string> RunOutputs::open_dead_letters() {
  if (options_.dead_letter.empty()) return std::nullopt;
  return create(options_.dead_letter, dead_letters_);
}

Delivery RunOutputs::deliver(const Alert& alert) {
  before_write_();
  return sink_->deliver(alert);
}

Delivery RunOutputs::flush() {
  if (dead_letters_) {
    Delivery delivery = dead_letters_->flush();
    if (delivery.outcome == Delivery::Outcome::failed) return delivery;
  }
  return sink_ == nullptr ? Delivery{} : sink_->flush();
}

// A closed pipe at the other end of the dead letters is no reason to stop judging.
Delivery RunOutputs::take(const DeadLetter& letter) {
  if (!dead_letters_) {
    show(letter);
    return {};
  }
  line_.clear();
  append_dead_letter_json(line_, letter, FrameLimits{}.shown);
  line_ += '\n';
  Delivery delivery = dead_letters_->write(line_);
  if (delivery.outcome == Delivery::Outcome::closed) delivery.outcome = Delivery::Outcome::taken;
  return delivery;
}

void RunOutputs::show(const DeadLetter& letter) {
  if (options_.quiet || shown_ > letters_shown) return;
  before_write_();
  Output& err = console_.err();
  if (++shown_ > letters_shown) {
    err.line("picket run: more like these; --dead-letter FILE keeps them all");
  } else {
    const std::string text = escape_controls(letter.frame.text.substr(0, letter_bytes));
    std::string line = escape_controls(letter.input) + ":" + std::to_string(letter.frame.line) + ": " +
                       err.palette()(Style::warning, letter.reason);
    if (!letter.detail.empty()) line += ", " + letter.detail;
    if (!text.empty()) line += ": " + err.palette()(Style::dim, shorten(text, letter_columns));
    err.line(line);
  }
  err.flush();
}

std::optional<std::string> RunOutputs::finish() {
  auto fault = finish_file(alerts_, "alerts", options_.output);
  auto other = finish_file(dead_letters_, "dead letters", options_.dead_letter);
  return fault ? fault : other;
}

}  // namespace picket
