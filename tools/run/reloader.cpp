#include "tools/run/reloader.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <utility>

#include "tools/report/diagnostics.hpp"
#include "tools/run/figures.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t log_columns = 120;
constexpr std::size_t most_shown = 3;  // diagnostics of one attempt
// Whoever updates rules writes many files; between two of them they may not fit together.
constexpr std::chrono::milliseconds quiet{50};
constexpr int free_old_milliseconds = 100;
constexpr int watch_again_milliseconds = 1000;  // a folder that is not there

// "; a.tar.gz is signed as version 7", for each.
std::string words_for(const SignedPacks& packs) {
  std::string words;
  for (const auto& [identity, pack] : packs) words += "; " + escape_controls(pack.path) + " is " + signed_as(pack);
  return words;
}

}  // namespace

Reloader::Reloader(ReloaderOptions options, RulesLoader& loader, LiveRules& rules, const AwaitedSignals& hangup)
    : options_(std::move(options)),
      loader_(loader),
      rules_(rules),
      hangup_(hangup),
      err_(STDERR_FILENO),
      packs_(loader.signed_packs()),
      stop_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  loader_.use_one_thread();
  failure_ = watch();
  thread_ = std::thread([this] { work(); });
}

Reloader::~Reloader() {
  (void)::eventfd_write(stop_, 1);
  if (thread_.joinable()) thread_.join();
  ::close(stop_);
}

// Files beside the rules have a watcher of their own: one knows a folder by one name only.
std::string Reloader::watch() {
  if (!options_.watch) return {};
  watchers_.clear();
  watchers_.push_back(std::make_unique<FileWatcher>(loader_.paths(), quiet));
  watchers_.push_back(std::make_unique<FileWatcher>(loader_.files_beside(), quiet));
  std::string failure;
  for (const auto& watcher : watchers_) {
    if (failure.empty()) failure = watcher->failure();
    for (const std::string& spot : watcher->blind_spots()) {
      if (!blind_spots_.insert(spot).second || options_.quiet) continue;
      say(LogLevel::note, "cannot watch " + escape_controls(spot) + "; after renaming something there send SIGHUP");
    }
  }
  watching_ = failure.empty();
  return failure;
}

void Reloader::watch_again() {
  const bool before = watching_;
  const std::string failure = watch();
  if (!before || watching_) return;
  say(LogLevel::error, "cannot watch the rules: " + escape_controls(failure) + "; it is tried again every second");
}

void Reloader::work() {
  bool old = false;  // some rules that are no longer in force are still used
  while (true) {
    std::vector<pollfd> events = {{.fd = stop_, .events = POLLIN, .revents = 0},
                                  {.fd = hangup_.descriptor(), .events = POLLIN, .revents = 0}};
    for (const auto& watcher : watchers_)
      events.push_back({.fd = watcher->descriptor(), .events = POLLIN, .revents = 0});
    const int most = old ? free_old_milliseconds : watching_ ? -1 : watch_again_milliseconds;
    (void)::poll(events.data(), events.size(), most);
    if (events.front().revents != 0) return;
    const bool asked = hangup_.take() != 0;
    if (asked) heed_hangup();
    const bool back = !watching_ && watch().empty();
    if (changed() || asked || back) reload(asked);
    old = !rules_.free_old();
  }
}

void Reloader::heed_hangup() {
  for (const Remark& remark : options_.on_hangup()) {
    if (!options_.quiet || remark.level == LogLevel::error) say(remark.level, remark.text);
  }
}

bool Reloader::changed() {
  bool any = false;
  for (const auto& watcher : watchers_) any |= !watcher->take_changes(stop_).empty();
  return any;
}

void Reloader::reload(bool asked) {
  // Watched anew before it is read: folders may have come and gone, and what changes from now on is told.
  const std::vector<std::string> beside = loader_.files_beside();
  watch_again();
  LoadedRules loaded = loader_.load();
  if (loader_.files_beside() != beside) watch_again();
  switch (loaded.outcome) {
    case LoadedRules::Outcome::loaded: {
      const std::size_t count = loaded.version->rules()->rules().size();
      const std::string name = loaded.version->name();
      options_.before_change();
      rules_.publish(std::move(loaded.version));
      {
        const std::lock_guard lock(packs_mutex_);
        packs_ = loader_.signed_packs();
      }
      ++reloads_;
      if (!options_.quiet) {
        say(LogLevel::note, "rules loaded anew: " + count_text(count, "rule") + ", version " + name +
                                words_for(loader_.signed_packs()));
      }
      return;
    }
    case LoadedRules::Outcome::unchanged:
      if (asked && !options_.quiet) say(LogLevel::note, "rules loaded anew: nothing has changed");
      return;
    case LoadedRules::Outcome::faulty:
    case LoadedRules::Outcome::none:
      ++failed_;
      refuse(loaded);
      return;
  }
}

SignedPacks Reloader::signed_packs() const {
  const std::lock_guard lock(packs_mutex_);
  return packs_;
}

void Reloader::refuse(const LoadedRules& loaded) {
  std::string reports;
  std::size_t errors = 0;
  for (const Diagnostic& diagnostic : loaded.diagnostics.all()) {
    if (diagnostic.level != Level::error || ++errors > most_shown) continue;
    reports += human_report(diagnostic, options_.paint, err_.width().value_or(log_columns)) + "\n";
  }
  std::string message = "the rules were not loaded anew: ";
  message += errors == 0 ? "no rule is left to judge by" : count_text(errors, "error");
  if (errors > most_shown) message += ", of which the first " + std::to_string(most_shown) + " are shown";
  say(LogLevel::error, message + "; those before stay in force", reports);
}

// In one piece, and over a bar of progress, which is drawn anew. Reports of errors stand before the sentence for
// people, and within it in JSON.
void Reloader::say(LogLevel level, const std::string& message, const std::string& reports) {
  if (err_.is_terminal() && options_.log == LogForm::text) err_.write("\r\x1b[K");
  if (options_.log == LogForm::json) {
    err_.line(log_line(options_.log, level, reports.empty() ? message : message + "\n" + reports, options_.paint));
  } else {
    err_.line(reports + log_line(options_.log, level, message, options_.paint));
  }
  err_.flush();
}

}  // namespace picket
