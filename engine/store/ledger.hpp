// Ledger: where a run with a state file writes what it has come to, before anybody is told of it.
//
// A checkpoint writes in one transaction what the detector knows, how far the inputs have been read, and what is to be
// delivered for it; then it is delivered. Whenever the program ends, the next run finds all three as of one moment:
// nothing is lost, and nothing is counted twice. While the disk has a transaction in hand, judging goes on, as far as
// LedgerOptions say.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/alert/destination.hpp"
#include "engine/alert/sink.hpp"
#include "engine/parallel/background_thread.hpp"
#include "engine/state/detector.hpp"
#include "engine/store/state_store.hpp"

namespace picket {

// The processor time that the thread which asks has used.
[[nodiscard]] std::chrono::nanoseconds thread_work();

struct LedgerOptions {
  // A checkpoint is made when so much time has passed since the last one, or so many parcels wait, or input is waited
  // for. Where writing takes long the time is longer, so that it takes no more than a tenth of a processor and half of
  // what the disk can do: nine times what the last one took of its thread's work, and at least as long as it took, up
  // to `longest`; after which what is still being written is waited for.
  std::chrono::milliseconds interval{100};
  std::chrono::milliseconds longest{1'000};
  std::size_t parcels = 1'000;
  std::function<std::chrono::steady_clock::time_point()> clock = std::chrono::steady_clock::now;  // from any thread
  std::function<std::chrono::nanoseconds()> work = thread_work;
};

// One thread's, but for notes; it has another one write.
class Ledger : public AlertSink {
 public:
  // `store` must outlive the ledger, and is written to by nobody else from the first checkpoint on.
  explicit Ledger(StateStore& store, LedgerOptions options = {});

  // Alerts go there; it must outlive the ledger. Before recover().
  void add(Destination& destination) { destinations_.push_back(&destination); }
  // Where texts go that are no alerts, or null; likewise.
  void add_letters(Destination* letters) { letters_ = letters; }
  // Who is shown alerts when they have been written down, and is not told twice or again; likewise.
  void add_viewer(AlertSink* viewer) { viewer_ = viewer; }

  // Delivers what an earlier run left. What it left for destinations that are no longer there stays.
  [[nodiscard]] Delivery recover();
  // Gives a detector what an earlier run's knew, and has it keep its changes from now on. Returns how many pieces of it
  // mean nothing any more: rules are gone or count otherwise; they are let go.
  [[nodiscard]] std::size_t restore(Detector& detector);
  // How far an input of this name was read; nothing if it never was.
  [[nodiscard]] std::optional<InputPosition> position_of(const std::string& input) const;

  // For the next checkpoint.
  [[nodiscard]] Delivery deliver(const Alert& alert) override;
  [[nodiscard]] Delivery flush() override { return {}; }
  [[nodiscard]] Delivery deliver_letter(std::string text);
  void passed(InputPosition position);
  // The detector knows more than at the last checkpoint, though no input has been passed that could be read again.
  void judged() { judged_ = true; }

  // A note for the next transaction, from any thread: whatever is judged after this call is not written down before it.
  void keep_note(std::string name, std::string body);

  // Delivers what has been written down, and begins a checkpoint if it is time for one. If input is going to be waited
  // for, one is made and delivered before this returns. Where a destination does not take what it gets, nothing more is
  // begun: what has been judged since is the next run's, or the next call's.
  [[nodiscard]] Delivery checkpoint(Detector& detector, bool waiting);
  // Parcels that are written down and have not arrived, by destination.
  [[nodiscard]] std::map<std::string, std::size_t> under_way() const;
  // Notes what has arrived: after the last checkpoint. From then on the store is the ledger's, which puts its log away
  // beside whatever else is done; its destructor waits for that.
  [[nodiscard]] Delivery close();

 private:
  using Steady = std::chrono::steady_clock;
  struct Posted {
    Destination* destination = nullptr;
    Parcel parcel;
  };

  void post(Destination& destination, std::string id, std::string body);
  [[nodiscard]] bool is_written() const;
  [[nodiscard]] bool begin(Detector& detector, Steady::time_point now);
  [[nodiscard]] Delivery complete();
  [[nodiscard]] Delivery note_arrived();
  void collect_notes(StoreChanges& changes);
  [[nodiscard]] Delivery state_of_store() const;
  [[nodiscard]] Delivery hand_out();
  void collect_arrived(std::vector<std::uint64_t>& numbers);

  StateStore& store_;
  LedgerOptions options_;
  std::vector<Destination*> destinations_;
  Destination* letters_ = nullptr;
  AlertSink* viewer_ = nullptr;
  std::map<std::string, InputPosition, std::less<>> positions_;
  std::uint64_t last_number_;
  Steady::time_point last_checkpoint_;
  Steady::duration interval_;

  // Since the last checkpoint.
  bool judged_ = false;
  std::vector<Posted> posted_;
  std::vector<std::uint64_t> arrived_;
  std::vector<Alert> viewed_;
  std::map<std::string, InputPosition, std::less<>> passed_;
  std::vector<SavedState> let_go_;
  std::mutex notes_mutex_;
  std::map<std::string, std::string> notes_;

  // Of the checkpoint that is being written.
  StoreChanges changes_;
  std::vector<Alert> to_view_;
  // Until when the next one has time after that has begun. Not valid while nothing is written.
  std::future<Steady::duration> written_;
  // Last: it uses the above.
  BackgroundThread<Steady::duration> writer_;
};

}  // namespace picket
