#include "tools/run/outputs.hpp"

#include <unistd.h>

#include <cstring>
#include <utility>

#include "engine/alert/alert_format.hpp"
#include "engine/alert/jsonl_sink.hpp"
#include "engine/stream/frame.hpp"
#include "tools/run/figures.hpp"
#include "tools/run/human_sink.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t letters_shown = 5;
constexpr std::size_t letter_columns = 60;
constexpr std::size_t letter_bytes = 1000;  // looked at for these columns

class NoSink : public AlertSink {
 public:
  [[nodiscard]] Delivery deliver(const Alert& /*alert*/) override { return {}; }
  [[nodiscard]] Delivery flush() override { return {}; }
};

// Null: for people.
const AlertFormat* format_of(const RunOptions& options, const Output& out) {
  const bool human = options.format.empty() ? options.output.empty() && out.is_terminal() : options.format == "human";
  return human ? nullptr : &line_format(options.format);
}

}  // namespace

RunOutputs::Opened RunOutputs::open(const RunOptions& options, Console& console, std::function<void()> before_write,
                                    std::function<bool()> gives_up) {
  std::unique_ptr<RunOutputs> outputs(new RunOutputs(options, console, std::move(before_write), std::move(gives_up)));
  const bool remembered = !options.state.empty();  // then it is the ledger that writes to files
  if (!remembered || options.output.empty()) {
    if (auto fault = outputs->open_alerts()) return *std::move(fault);
  }
  if (!remembered && !options.dead_letter.empty()) {
    if (auto fault = outputs->open(options.dead_letter, outputs->dead_letters_)) return *std::move(fault);
  }
  return outputs;
}

RunOutputs::RunOutputs(const RunOptions& options, Console& console, std::function<void()> before_write,
                       std::function<bool()> gives_up)
    : options_(options), console_(console), before_write_(std::move(before_write)), gives_up_(std::move(gives_up)) {}

std::optional<std::string> RunOutputs::open_alerts() {
  HumanLook look;
  if (options_.output.empty()) {
    alerts_.writer = FileWriter::borrow(STDOUT_FILENO);
    alerts_.writer->give_up_when(gives_up_);
    look.paint = console_.out().palette();
    look.columns = console_.out().width().value_or(look.columns);
  } else if (auto fault = open(options_.output, alerts_)) {
    return fault;
  }
  if (options_.shows_summary_only()) {
    sink_ = std::make_unique<NoSink>();
  } else if (const AlertFormat* format = format_of(options_, console_.out())) {
    sink_ = std::make_unique<JsonlSink>(*alerts_.writer, format->write);
  } else {
    sink_ = std::make_unique<HumanSink>(*alerts_.writer, look);
  }
  return std::nullopt;
}

// Creates a file, or says why not.
std::optional<std::string> RunOutputs::open(const std::string& path, Written& written) const {
  auto opened = NamedFile::open(path, NamedFile::Use::emptied);
  if (const auto* reason = std::get_if<std::string>(&opened)) {
    return "cannot write to " + escape_controls(path) + ": " + *reason;
  }
  written.file = std::get<std::unique_ptr<NamedFile>>(std::move(opened));
  written.writer = FileWriter::borrow(written.file->descriptor());
  written.writer->give_up_when(gives_up_);
  return std::nullopt;
}

std::vector<Remark> RunOutputs::look_again() {
  std::vector<Remark> remarks;
  for (const Written* written : {&alerts_, &dead_letters_}) {
    if (written->file != nullptr) remark_on_look(written->file->path(), written->file->look_again(), remarks);
  }
  return remarks;
}

// Between two lines: what was taken before goes to the file that it was taken for.
void RunOutputs::change_over(Written& written) const {
  if (written.file == nullptr || !written.file->has_next()) return;
  if (written.writer->flush().outcome != Delivery::Outcome::taken) return;
  (void)written.file->change_over();
  *written.writer = FileWriter::borrow(written.file->descriptor());
  written.writer->give_up_when(gives_up_);
}

// A failure in a sentence that names the file.
Delivery RunOutputs::told(const Written& written, Delivery delivery) {
  if (delivery.outcome != Delivery::Outcome::failed) return delivery;
  failed_ = true;
  const std::string place = written.file == nullptr ? "standard output" : escape_controls(written.file->path());
  delivery.reason = "cannot write the " + written.what + " to " + place + ": " + delivery.reason;
  return delivery;
}

Delivery RunOutputs::deliver(const Alert& alert) {
  before_write_();
  change_over(alerts_);
  return told(alerts_, sink_->deliver(alert));
}

Delivery RunOutputs::write_summary(const std::string& summary) { return told(alerts_, alerts_.writer->write(summary)); }

Delivery RunOutputs::flush() {
  if (dead_letters_.writer) {
    Delivery delivery = told(dead_letters_, dead_letters_.writer->flush());
    if (delivery.outcome == Delivery::Outcome::failed) return delivery;
  }
  return sink_ == nullptr ? Delivery{} : told(alerts_, sink_->flush());
}

// A closed pipe at the other end of the dead letters is no reason to stop judging.
Delivery RunOutputs::take(const DeadLetter& letter) {
  if (!dead_letters_.writer) {
    show(letter);
    return {};
  }
  change_over(dead_letters_);
  line_.clear();
  append_dead_letter_json(line_, letter, FrameLimits{}.shown);
  line_ += '\n';
  Delivery delivery = told(dead_letters_, dead_letters_.writer->write(line_));
  if (delivery.outcome == Delivery::Outcome::closed) delivery.outcome = Delivery::Outcome::taken;
  return delivery;
}

void RunOutputs::show(const DeadLetter& letter) {
  if (options_.quiet || shown_ > letters_shown) return;
  before_write_();
  Output& err = console_.err();
  const bool json = options_.log_form() == LogForm::json;
  if (++shown_ > letters_shown) {
    err.line(log_line(options_.log_form(), LogLevel::note, "more like these; --dead-letter FILE keeps them all",
                      err.palette()));
  } else if (json) {
    err.line(log_line(LogForm::json, LogLevel::warning, shown_line(letter, Palette(false)), Palette(false)));
  } else {
    err.line(shown_line(letter, err.palette()));
  }
  err.flush();
}

// "app.jsonl:17: unexpected text, at byte 1: {broken".
std::string RunOutputs::shown_line(const DeadLetter& letter, Palette paint) {
  const std::string text = escape_controls(letter.frame.text.substr(0, letter_bytes));
  std::string line = escape_controls(letter.input) + ":" + std::to_string(letter.frame.line) + ": " +
                     paint(Style::warning, letter.reason);
  if (!letter.detail.empty()) line += ", " + letter.detail;
  if (!text.empty()) line += ": " + paint(Style::dim, shorten(text, letter_columns));
  return line;
}

std::optional<std::string> RunOutputs::finish() {
  auto fault = finish(alerts_);
  auto other = finish(dead_letters_);
  return fault ? fault : other;
}

std::optional<std::string> RunOutputs::finish(Written& written) {
  if (!written.writer) return std::nullopt;
  Delivery delivery = written.writer->finish();
  const std::size_t dropped = written.writer->dropped();
  written.writer.reset();
  const int error = written.file == nullptr ? 0 : written.file->close();
  if (delivery.outcome == Delivery::Outcome::taken && error != 0) {
    delivery = {.outcome = Delivery::Outcome::failed, .reason = std::strerror(error)};
  }
  if (delivery.outcome != Delivery::Outcome::failed) return std::nullopt;
  const std::string text = told(written, std::move(delivery)).reason;
  return dropped == 0 ? text : text + "; " + count_text(dropped, "byte") + " of them not written";
}

void remark_on_look(const std::string& path, const std::variant<bool, std::string>& found,
                    std::vector<Remark>& remarks) {
  const std::string name = escape_controls(path);
  if (const auto* reason = std::get_if<std::string>(&found)) {
    remarks.push_back({LogLevel::error, "cannot write to a new " + name + ": " + *reason +
                                            "; the file that was renamed is written to as before"});
  } else if (std::get<bool>(found)) {
    remarks.push_back({LogLevel::note, name + " was renamed: a new one is written to"});
  }
}

}  // namespace picket
