#include "tools/run/session.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>
#include <utility>

#include "engine/stream/file_identity.hpp"
#include "engine/stream/file_input.hpp"
#include "engine/stream/find_inputs.hpp"
#include "engine/stream/followed_input.hpp"
#include "engine/stream/pipeline.hpp"
#include "tools/run/figures.hpp"
#include "tools/run/monitoring.hpp"
#include "tools/run/outputs.hpp"
#include "tools/run/overwriting.hpp"
#include "tools/run/progress.hpp"
#include "tools/run/reloader.hpp"
#include "tools/run/remembered_run.hpp"
#include "tools/run/summary.hpp"
#include "tools/terminal/display.hpp"
#include "tools/terminal/stop_signal.hpp"

namespace picket {
namespace {

constexpr std::string_view standard_input = "<stdin>";

Time system_time() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

std::uint64_t total_size(const std::vector<FoundInput>& files) {
  bool known = true;
  std::uint64_t sum = 0;
  for (const FoundInput& file : files) {
    known = known && file.path != "-";
    sum += file.size;
  }
  return known ? sum : 0;
}

class Session {
 public:
  Session(const RunOptions& options, std::shared_ptr<const RulesVersion> rules, RulesLoader& loader, Console& console)
      : options_(options),
        console_(console),
        rules_(std::move(rules)),
        loader_(loader),
        found_(options.follow ? FoundInputs{} : find_inputs(options.inputs)),
        progress_(console.err(), total_size(found_.files),
                  !options.no_progress && !options.quiet && options.log_form() == LogForm::text) {
    console.err().give_up_when([this] { return stop_.is_overdue(); });
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { console_.err().give_up_when({}); }

  ExitStatus run();

 private:
  [[nodiscard]] std::string older_pack();
  void note_pack_versions();
  void judge_all();
  void judge_files(Pipeline& pipeline);
  [[nodiscard]] std::vector<Remark> look_again();
  [[nodiscard]] bool wait_for_room();
  void look_up();
  [[nodiscard]] bool start_monitoring();
  [[nodiscard]] Monitoring::Sources seen(Pipeline& pipeline) const;
  void write_summary();
  void follow(Pipeline& pipeline);
  std::unique_ptr<FileInput> open(const FoundInput& file);
  void judge(FileInput& input, Pipeline& pipeline);
  void end_as(const RunResult& result);
  void leave_files();
  void tell_of_web_hook();
  void tell_of_lost();
  void tell_what_has_not_arrived();
  void tell_what_was_refused();
  void say(const Remark& remark);
  void remark(const std::string& text) { say({LogLevel::note, text}); }
  void say_summary();
  void error(const std::string& message) { say({LogLevel::error, message}); }

  const RunOptions& options_;
  Console& console_;
  std::shared_ptr<const RulesVersion> rules_;  // before and after judging; meanwhile others may be in force
  RulesLoader& loader_;
  FoundInputs found_;
  Progress progress_;
  StopSignal stop_;
  AwaitedSignals hangup_{SIGHUP};
  std::shared_ptr<BufferPool> buffers_ = std::make_shared<BufferPool>();
  std::unique_ptr<RunOutputs> outputs_;
  std::unique_ptr<RememberedRun> remembered_;  // null without --state
  std::unique_ptr<Monitoring> monitoring_;     // null without --metrics
  const Reloader* reloader_ = nullptr;         // while events are judged
  Pipeline* judging_ = nullptr;                // likewise
  const Input* current_ = nullptr;             // that is being read …
  const FollowedInput* followed_ = nullptr;    // … if it is logs that are followed
  std::uint64_t lost_ = 0;                     // rotated files that were told of
  std::uint64_t faults_ = 0;                   // files that could not be read on, that were told of
  std::uint64_t read_before_ = 0;              // bytes of inputs that were read before
  RunReport report_;
  bool failed_ = false;        // the exit status must say so
  bool failure_told_ = false;  // why what was to be written down or delivered could not be
};

ExitStatus Session::run() {
  for (const std::string& fault : found_.faults) error(escape_controls(fault));
  for (const std::string& path : leave_out_outputs(options_, found_)) {
    remark(escape_controls(path) + " is no input: it is written to");
  }
  if (const std::string fault = overwritten(options_, found_); !fault.empty()) {
    error(fault);
    return ExitStatus::could_not;
  }
  auto opened = RunOutputs::open(
      options_, console_, [this] { progress_.clear(); }, [this] { return stop_.is_overdue(); });
  if (const auto* fault = std::get_if<std::string>(&opened)) {
    error(*fault);
    return ExitStatus::could_not;
  }
  outputs_ = std::get<std::unique_ptr<RunOutputs>>(std::move(opened));
  if (!options_.state.empty()) {
    auto remembered = RememberedRun::open(options_, *outputs_, stop_.descriptor(), [this] { look_up(); });
    if (const auto* fault = std::get_if<std::string>(&remembered)) {
      error(*fault);
      return ExitStatus::could_not;
    }
    remembered_ = std::get<std::unique_ptr<RememberedRun>>(std::move(remembered));
  }
  if (const std::string older = older_pack(); !older.empty()) {
    error(older);
    return ExitStatus::could_not;
  }
  if (!options_.metrics.empty() && !start_monitoring()) return ExitStatus::could_not;
  const auto begun = std::chrono::steady_clock::now();
  judge_all();
  report_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  if (options_.shows_summary_only()) (void)outputs_->write_summary(run_summary_json(report_, *rules_->rules()));
  const std::optional<std::string> fault = outputs_->finish();  // answers for all of it
  progress_.clear();
  if (fault) error(*fault);
  if (!options_.summary.empty()) write_summary();
  if (!options_.quiet) say_summary();
  return failed_ ? ExitStatus::could_not : ExitStatus::fine;
}

bool Session::start_monitoring() {
  auto started = Monitoring::start(options_.metrics);
  if (const auto* reason = std::get_if<std::string>(&started)) {
    error("--metrics " + escape_controls(options_.metrics) + " " + *reason);
    return false;
  }
  monitoring_ = std::get<std::unique_ptr<Monitoring>>(std::move(started));
  remark("metrics at http://" + monitoring_->address() + "/metrics");
  return true;
}

Monitoring::Sources Session::seen(Pipeline& pipeline) const {
  return {.pipeline = pipeline,
          .rules = pipeline.rules().get()->version(),
          .reloads = reloader_ != nullptr ? reloader_->reloads() : 0,
          .failed_reloads = reloader_ != nullptr ? reloader_->failed_reloads() : 0,
          .packs = reloader_ != nullptr ? reloader_->signed_packs() : loader_.signed_packs(),
          .ledger = remembered_ != nullptr ? &remembered_->ledger() : nullptr,
          .web = remembered_ != nullptr ? remembered_->web() : nullptr,
          .bytes = current_ != nullptr ? current_->bytes() : 0,
          .now = system_time()};
}

// Why a pack may not be used that is older than an earlier run's; else empty.
std::string Session::older_pack() {
  if (remembered_ == nullptr) return {};
  const PackVersions versions = remembered_->pack_versions();
  for (const auto& [identity, pack] : loader_.signed_packs()) {
    const auto before = versions.find(identity);
    if (before == versions.end() || pack.version >= before->second) continue;
    return escape_controls(pack.path) + " is " + signed_as(pack) + ", and version " + std::to_string(before->second) +
           " was in force (picket explain older-pack)";
  }
  for (const auto& [identity, pack] : loader_.signed_packs()) remembered_->keep_pack_version(identity, pack.version);
  loader_.remember(versions);
  return {};
}

// Of rules that are loaded anew: what they have judged is not remembered without the version that judged it.
void Session::note_pack_versions() {
  if (remembered_ == nullptr) return;
  for (const auto& [identity, pack] : loader_.signed_packs()) remembered_->note_pack_version(identity, pack.version);
}

void Session::write_summary() {
  auto created = FileWriter::create(options_.summary);
  const auto* reason = std::get_if<std::string>(&created);
  if (reason != nullptr) return error("cannot write to " + escape_controls(options_.summary) + ": " + *reason);
  auto& writer = std::get<FileWriter>(created);
  writer.give_up_when([this] { return stop_.is_overdue(); });
  Delivery delivery = writer.write(run_summary_json(report_, *rules_->rules()));
  if (delivery.outcome == Delivery::Outcome::taken) delivery = writer.finish();
  if (delivery.outcome == Delivery::Outcome::failed) {
    error("cannot write the summary to " + escape_controls(options_.summary) + ": " + delivery.reason);
  }
}

void Session::judge_all() {
  PipelineOptions options;
  options.judging.log_type = options_.log_type;
  options.detecting = options_.detecting;
  options.threads = options_.threads > 0 ? options_.threads : std::max(1U, std::thread::hardware_concurrency());
  options.after_batch = [this] { look_up(); };
  AlertSink* sink = outputs_.get();
  if (remembered_ != nullptr) sink = options.ledger = &remembered_->ledger();
  const auto take_letter = [&](const DeadLetter& letter) {
    return remembered_ != nullptr && remembered_->keeps_letters() ? remembered_->take(letter) : outputs_->take(letter);
  };
  Pipeline pipeline(rules_, *sink, take_letter, system_time, std::move(options));
  judging_ = &pipeline;
  if (monitoring_ != nullptr) {
    monitoring_->show(seen(pipeline), true);
    monitoring_->set_ready(true);
  }
  report_.forgotten = pipeline.forgotten();
  const Reloader reloader({.watch = options_.watch,
                           .quiet = options_.quiet,
                           .log = options_.log_form(),
                           .paint = options_.log_form() == LogForm::json ? Palette(false) : console_.err().palette(),
                           .before_change = [this] { note_pack_versions(); },
                           .on_hangup = [this] { return look_again(); }},
                          loader_, pipeline.rules(), hangup_);
  reloader_ = &reloader;
  if (!reloader.failure().empty()) error("cannot watch the rules: " + escape_controls(reloader.failure()));
  if (wait_for_room()) {
    judge_files(pipeline);
    if (options_.follow) follow(pipeline);
  } else {
    leave_files();
  }
  const RunResult last = pipeline.finish(report_.end == RunEnd::input_ended);
  end_as(last);
  if (last.end == RunEnd::interrupted) leave_files();
  if (remembered_ != nullptr) end_as(remembered_->close(report_.end == RunEnd::input_ended));
  if (monitoring_ != nullptr) {
    monitoring_->set_ready(false);
    monitoring_->show(seen(pipeline), true);
  }
  tell_of_web_hook();
  tell_what_has_not_arrived();
  tell_what_was_refused();
  report_.tally = pipeline.tally();
  report_.detected = pipeline.detected();
  rules_ = pipeline.rules().get()->version();
  reloader_ = nullptr;
  judging_ = nullptr;
}

// Whether whoever rotates logs has renamed a file that is written to. From any thread.
std::vector<Remark> Session::look_again() {
  std::vector<Remark> remarks = outputs_->look_again();
  if (remembered_ == nullptr) return remarks;
  for (Remark& remark : remembered_->look_again()) remarks.push_back(std::move(remark));
  return remarks;
}

// What an earlier run has left for the web hook has to become less first: judging would make it more.
bool Session::wait_for_room() {
  WebDelivery* web = remembered_ != nullptr ? remembered_->web() : nullptr;
  if (web == nullptr || !web->is_full()) return true;
  remark(count_text(web->left(), "alert") + " of an earlier run not delivered to the " + web->name() +
         ": judging begins when fewer than " + with_commas(web->most_waiting()) + " are left");
  return web->wait_for_room();
}

// Now and then, while events are judged or somebody is waited for.
void Session::look_up() {
  if (judging_ != nullptr) {
    progress_.update(read_before_ + (current_ != nullptr ? current_->raw_bytes() : 0), judging_->tally().alerts);
    if (monitoring_ != nullptr) monitoring_->show(seen(*judging_));
  }
  tell_of_web_hook();
  tell_of_lost();
}

void Session::judge_files(Pipeline& pipeline) {
  for (const FoundInput& file : found_.files) {
    const std::unique_ptr<FileInput> input = open(file);
    if (input == nullptr) continue;
    ++report_.inputs;
    current_ = input.get();
    judge(*input, pipeline);
    current_ = nullptr;
    read_before_ += input->raw_bytes();
    if (report_.end != RunEnd::input_ended) break;
  }
}

// Until it is told to stop, which is how following ends.
void Session::follow(Pipeline& pipeline) {
  FollowOptions options;
  options.limits.longest = options_.max_line;
  options.wake = stop_.descriptor();
  if (remembered_ != nullptr) {
    options.position_of = [this](const std::string& path) { return remembered_->ledger().position_of(path); };
  }
  EventTimes times = rules_->event_times();
  options.time_of = [&](std::string_view line) { return times.time_of_text(line, options_.log_type); };
  for (const std::string& path : options_.inputs) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
      remark(escape_controls(path) + " is not there yet; it is read once it is");
  }
  FollowedInput input(options_.inputs, options);
  report_.followed = true;
  current_ = followed_ = &input;
  report_.inputs = options_.inputs.size();
  end_as(pipeline.run(input));
  tell_of_lost();
  current_ = followed_ = nullptr;
}

void Session::tell_of_lost() {
  if (followed_ == nullptr) return;
  if (followed_->faults() != faults_) {
    const std::uint64_t more = followed_->faults() - std::exchange(faults_, followed_->faults());
    error(count_text(more, "followed file") + " cannot be read on just now: it is tried again");
  }
  if (followed_->lost() == lost_) return;
  const std::uint64_t more = followed_->lost() - std::exchange(lost_, followed_->lost());
  error("the rest of " + count_text(more, "rotated file") + " could not be found: it was not judged");
}

std::unique_ptr<FileInput> Session::open(const FoundInput& file) {
  FileInputOptions options;
  options.limits.longest = options_.max_line;
  options.wake = stop_.descriptor();
  options.named = file.named;
  options.pool = buffers_;
  if (file.path == "-") {
    if (::isatty(STDIN_FILENO) == 1) remark("reading events from the terminal; Ctrl-D ends");
    return FileInput::borrow(std::string(standard_input), STDIN_FILENO, std::move(options));
  }
  if (remembered_ != nullptr) options.resume = remembered_->ledger().position_of(remembered_name(file.path));
  auto opened = FileInput::open(file.path, std::move(options));
  if (const auto* not_opened = std::get_if<NotOpened>(&opened)) {
    if (not_opened->no_events) {
      report_.left_out.push_back(file.path);
    } else if (stop_.is_asked()) {  // nobody writes to a pipe
      leave_files();
    } else {
      error(escape_controls(file.path) + ": " + not_opened->reason);
    }
    return nullptr;
  }
  return std::get<std::unique_ptr<FileInput>>(std::move(opened));
}

void Session::judge(FileInput& input, Pipeline& pipeline) {
  const RunResult result = pipeline.run(input);
  end_as(result);
  // To stop reading a stream is how one ends it; to stop reading files leaves the job undone.
  if (result.end == RunEnd::interrupted && input.name() != standard_input) failed_ = true;
  if (const auto fault = input.fault()) {
    end_as(pipeline.settle());  // so that what is said of the input's events is said before
    error(escape_controls(input.name()) + ": " + *fault);
  }
}

// Notes that the run was stopped before all that was read, or could have been, was judged.
void Session::leave_files() {
  end_as({.end = RunEnd::interrupted, .reason = {}});
  failed_ = failed_ || !found_.files.empty();
}

// Notes how a part of the run has ended. What has been said of an earlier part stays.
void Session::end_as(const RunResult& result) {
  if (report_.end == RunEnd::input_ended) report_.end = result.end;
  if (result.end != RunEnd::output_failed) return;
  failed_ = true;
  if (remembered_ == nullptr || failure_told_ || outputs_->has_failed()) return;  // those say it when they are ended
  failure_told_ = true;
  error(remembered_->words_for(result.reason));
}

void Session::tell_of_web_hook() {
  if (remembered_ == nullptr || remembered_->web() == nullptr) return;
  for (const Remark& remark : remembered_->web()->remarks()) say(remark);
}

// To be told to end is no fault: what is left is sent by the next run. To come to the end of the input and not to
// have delivered is one.
void Session::tell_what_has_not_arrived() {
  if (remembered_ == nullptr || remembered_->web() == nullptr || remembered_->web()->left() == 0) return;
  const std::string text = count_text(remembered_->web()->left(), "alert") + " not delivered to the " +
                           remembered_->web()->destination().name() + ": kept in " + escape_controls(options_.state) +
                           " for the next run";
  if (report_.end == RunEnd::input_ended) return error(text);
  remark(text);
}

void Session::tell_what_was_refused() {
  if (remembered_ == nullptr || remembered_->web() == nullptr) return;
  report_.refused = remembered_->web()->refused();
  if (const auto fate = remembered_->web()->fate_of_refused()) say(*fate);
}

void Session::say(const Remark& remark) {
  if (remark.level == LogLevel::error) failed_ = true;
  if (options_.quiet && remark.level != LogLevel::error) return;
  progress_.clear();
  Output& err = console_.err();
  err.line(log_line(options_.log_form(), remark.level, remark.text, err.palette()));
  err.flush();
}

void Session::say_summary() {
  if (options_.log_form() == LogForm::json) {
    std::string summary = run_summary_json(report_, *rules_->rules());
    summary.pop_back();  // its line end
    console_.err().line(log_line_of_summary(summary));
  } else {
    console_.err().write(run_summary(report_, *rules_->rules(), console_.err().palette()));
  }
}

}  // namespace

ExitStatus run_session(const RunOptions& options, std::shared_ptr<const RulesVersion> rules, RulesLoader& loader,
                       Console& console) {
  return Session(options, std::move(rules), loader, console).run();
}

}  // namespace picket
