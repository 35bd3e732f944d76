// What a run with --state has beside its outputs: the state file, and the files that are written to by way of it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "engine/alert/appended_file.hpp"
#include "engine/alert/destination.hpp"
#include "engine/store/ledger.hpp"
#include "engine/store/state_store.hpp"
#include "engine/stream/pipeline.hpp"
#include "tools/pack/signed_pack.hpp"
#include "tools/run/run_options.hpp"
#include "tools/run/web_delivery.hpp"

namespace picket {

class RememberedRun {
 public:
  using Opened = std::variant<std::unique_ptr<RememberedRun>, std::string>;
  // Opens what the options name and delivers what an earlier run has left; the other alternative is why that cannot be
  // done. `viewer`, who is shown the alerts if they go to no file, must outlive the run. `stop` is readable when the
  // program is to end; `while_waiting` is called now and then while somebody else is waited for.
  [[nodiscard]] static Opened open(const RunOptions& options, AlertSink& viewer, int stop,
                                   std::function<void()> while_waiting);

  [[nodiscard]] Ledger& ledger() { return *ledger_; }
  // Whether dead letters are kept; then they are taken here.
  [[nodiscard]] bool keeps_letters() const { return keeps_letters_; }
  [[nodiscard]] Delivery take(const DeadLetter& letter);
  // Of every pack that was ever in force, by its identity.
  [[nodiscard]] PackVersions pack_versions();
  void keep_pack_version(const std::string& identity, std::uint64_t version);
  // The same with the next transaction, from any thread.
  void note_pack_version(const std::string& identity, std::uint64_t version);
  // The web hook; null if there is none.
  [[nodiscard]] WebDelivery* web() { return web_.get(); }
  // As RunOutputs::look_again(), for the files that are written to from here.
  [[nodiscard]] std::vector<Remark> look_again();
  // After the last checkpoint. If `wait`, what is under way is waited for, within bounds.
  [[nodiscard]] RunResult close(bool wait);
  // Why the run had to end, and how to go on, in a sentence; `reason` names the file that something failed on.
  [[nodiscard]] std::string words_for(const std::string& reason) const;

 private:
  RememberedRun() = default;
  [[nodiscard]] std::string open_all(const RunOptions& options, AlertSink& viewer, int stop,
                                     std::function<void()> while_waiting);
  [[nodiscard]] std::string open_file(const std::string& path, WriteAlert write);

  std::string state_file_;
  std::unique_ptr<StateStore> store_;
  std::unique_ptr<Ledger> ledger_;
  std::vector<std::unique_ptr<Destination>> destinations_;
  std::vector<AppendedFile*> files_;  // those of the destinations that are files
  std::unique_ptr<WebDelivery> web_;
  bool keeps_letters_ = false;
};

}  // namespace picket
