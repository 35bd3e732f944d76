// Reloader: loads the rules of a run anew while it goes on.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "engine/stream/live_rules.hpp"
#include "tools/run/rules_loader.hpp"
#include "tools/run/run_log.hpp"
#include "tools/terminal/console.hpp"
#include "tools/terminal/stop_signal.hpp"
#include "tools/watch/file_watcher.hpp"

namespace picket {

struct ReloaderOptions {
  bool watch = false;  // reload whenever a file of the rules changes
  bool quiet = false;  // say nothing of what went well
  LogForm log = LogForm::text;
  Palette paint;                                // of standard error
  std::function<void()> before_change = [] {};  // called before other rules are put in force, by the reloader's thread
  // Called when the hangup signal has come, likewise; what it has to say is said.
  std::function<std::vector<Remark>()> on_hangup = [] { return std::vector<Remark>(); };
};

// On a thread of its own: when the hangup signal comes or, if they are watched, when files change, loads the rules and
// puts them in force; or says on standard error why they cannot be used, and leaves the old ones in force.
class Reloader {
 public:
  // The references must outlive it; the loader is its own while it lives.
  Reloader(ReloaderOptions options, RulesLoader& loader, LiveRules& rules, const AwaitedSignals& hangup);
  Reloader(const Reloader&) = delete;
  Reloader& operator=(const Reloader&) = delete;
  ~Reloader();

  // Empty, or why files cannot be watched.
  [[nodiscard]] const std::string& failure() const { return failure_; }

  // The signed packs that the rules in force come from. From any thread.
  [[nodiscard]] SignedPacks signed_packs() const;

  // Attempts that have put other rules in force, and such that could not. From any thread.
  [[nodiscard]] std::uint64_t reloads() const { return reloads_; }
  [[nodiscard]] std::uint64_t failed_reloads() const { return failed_; }

 private:
  void work();
  void heed_hangup();
  [[nodiscard]] bool changed();
  [[nodiscard]] std::string watch();
  void watch_again();
  void reload(bool asked);
  void refuse(const LoadedRules& loaded);
  void say(LogLevel level, const std::string& message, const std::string& reports = {});

  ReloaderOptions options_;
  RulesLoader& loader_;
  LiveRules& rules_;
  const AwaitedSignals& hangup_;
  Output err_;
  std::string failure_;  // of the constructor
  bool watching_ = true;
  std::set<std::string> blind_spots_;  // that were told of
  std::vector<std::unique_ptr<FileWatcher>> watchers_;
  mutable std::mutex packs_mutex_;
  SignedPacks packs_;
  std::atomic<std::uint64_t> reloads_ = 0;
  std::atomic<std::uint64_t> failed_ = 0;
  int stop_;
  std::thread thread_;
};

}  // namespace picket
