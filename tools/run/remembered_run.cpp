#include "tools/run/remembered_run.hpp"

#include <string_view>
#include <utility>

#include "engine/alert/alert_format.hpp"
#include "engine/alert/alert_table.hpp"
#include "engine/alert/appended_file.hpp"
#include "engine/stream/dead_letter.hpp"
#include "engine/stream/frame.hpp"
#include "tools/run/outputs.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::string_view version_note = "pack version of ";

}  // namespace

RememberedRun::Opened RememberedRun::open(const RunOptions& options, AlertSink& viewer, int stop,
                                          std::function<void()> while_waiting) {
  std::unique_ptr<RememberedRun> run(new RememberedRun);
  std::string fault = run->open_all(options, viewer, stop, std::move(while_waiting));
  if (!fault.empty()) return fault;
  return run;
}

// Opens a file for appending, or says why that cannot be done.
std::string RememberedRun::open_file(const std::string& path, WriteAlert write) {
  auto opened = AppendedFile::open(path, write);
  if (const auto* reason = std::get_if<std::string>(&opened)) {
    return "cannot write to " + escape_controls(path) + ": " + *reason;
  }
  auto& file = std::get<std::unique_ptr<AppendedFile>>(opened);
  files_.push_back(file.get());
  destinations_.push_back(std::move(file));
  return {};
}

std::string RememberedRun::open_all(const RunOptions& options, AlertSink& viewer, int stop,
                                    std::function<void()> while_waiting) {
  state_file_ = escape_controls(options.state);
  auto opened = StateStore::open(options.state);
  if (const auto* reason = std::get_if<std::string>(&opened)) {
    return "the state file " + state_file_ + " " + escape_controls(*reason);
  }
  store_ = std::get<std::unique_ptr<StateStore>>(std::move(opened));
  ledger_ = std::make_unique<Ledger>(*store_);
  if (options.output.empty()) {
    ledger_->add_viewer(&viewer);
  } else {
    if (std::string fault = open_file(options.output, line_format(options.format).write); !fault.empty()) return fault;
    ledger_->add(*destinations_.back());
  }
  if (!options.alerts.empty()) {
    auto table = AlertTable::open(options.alerts);
    if (const auto* reason = std::get_if<std::string>(&table)) {
      return "the database of alerts " + escape_controls(options.alerts) + " " + escape_controls(*reason);
    }
    destinations_.push_back(std::get<std::unique_ptr<AlertTable>>(std::move(table)));
    ledger_->add(*destinations_.back());
  }
  if (!options.dead_letter.empty()) {
    if (std::string fault = open_file(options.dead_letter, nullptr); !fault.empty()) return fault;
    ledger_->add_letters(destinations_.back().get());
    keeps_letters_ = true;
  }
  if (!options.webhook.address.empty()) {
    auto web = WebDelivery::open(options.webhook, options.format, stop, std::move(while_waiting));
    if (auto* fault = std::get_if<std::string>(&web)) return std::move(*fault);
    web_ = std::get<std::unique_ptr<WebDelivery>>(std::move(web));
    ledger_->add(web_->destination());
  }
  const Delivery recovered = ledger_->recover();
  return recovered.outcome == Delivery::Outcome::failed ? words_for(recovered.reason) : std::string();
}

Delivery RememberedRun::take(const DeadLetter& letter) {
  std::string line;
  append_dead_letter_json(line, letter, FrameLimits{}.shown);
  return ledger_->deliver_letter(line += '\n');
}

PackVersions RememberedRun::pack_versions() {
  PackVersions versions;
  for (const auto& [name, body] : store_->notes()) {
    if (!name.starts_with(version_note)) continue;
    versions[name.substr(version_note.size())] = parse_pack_version(body).value_or(0);
  }
  return versions;
}

void RememberedRun::keep_pack_version(const std::string& identity, std::uint64_t version) {
  StoreChanges changes;
  changes.notes.emplace(std::string(version_note) + identity, std::to_string(version));
  store_->write(changes);
}

void RememberedRun::note_pack_version(const std::string& identity, std::uint64_t version) {
  ledger_->keep_note(std::string(version_note) + identity, std::to_string(version));
}

std::vector<Remark> RememberedRun::look_again() {
  std::vector<Remark> remarks;
  for (AppendedFile* file : files_) remark_on_look(file->path(), file->look_again(), remarks);
  if (web_ != nullptr) web_->look_again(remarks);
  return remarks;
}

RunResult RememberedRun::close(bool wait) {
  if (web_ != nullptr) web_->end(wait);
  Delivery delivery = ledger_->close();
  if (delivery.outcome == Delivery::Outcome::taken) return {};
  return {.end = RunEnd::output_failed, .reason = std::move(delivery.reason)};
}

std::string RememberedRun::words_for(const std::string& reason) const {
  return escape_controls(reason) + "; once that is mended, a run with the state file " + state_file_ +
         " goes on from there";
}

}  // namespace picket
