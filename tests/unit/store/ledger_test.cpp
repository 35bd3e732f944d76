// When a ledger writes and when it delivers.
#include "engine/store/ledger.hpp"

#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"
#include "tests/unit/state/signals.hpp"

namespace picket::tests {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

class Letterbox : public Destination {
 public:
  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] std::string render(const Alert& alert) const override { return alert.id; }
  [[nodiscard]] Delivery recover(std::vector<Parcel> parcels) override { return deliver(std::move(parcels)); }
  [[nodiscard]] Delivery deliver(std::vector<Parcel> parcels) override {
    for (const Parcel& parcel : parcels) delivered += parcel.body + " ";
    return answer;
  }
  [[nodiscard]] std::vector<std::uint64_t> arrived() override { return {}; }

  std::string delivered;
  Delivery answer;

 private:
  std::string name_ = "box";
};

// A ledger whose clock goes on when the test says so, and by `writing` while it writes, which lasts while `disk` is
// held and takes `working` of the writer's time.
struct Bookkeeping {
  explicit Bookkeeping(const std::string& path) {
    auto opened = StateStore::open(path);
    REQUIRE(std::holds_alternative<std::unique_ptr<StateStore>>(opened));
    store = std::get<std::unique_ptr<StateStore>>(std::move(opened));
    LedgerOptions options;
    options.clock = [this] {
      if (std::this_thread::get_id() != own) {
        const std::lock_guard until_free(disk);
        now += writing.load();
      }
      return Steady::time_point(milliseconds(now.load()));
    };
    options.work = [this] {  // at the begin of each writing, and at its end
      if (std::exchange(works, !works)) worked += working.load();
      return milliseconds(worked);
    };
    ledger = std::make_unique<Ledger>(*store, options);
    ledger->add(box);
  }

  void post(const std::string& id) const {
    Alert alert;
    alert.id = id;
    CHECK(ledger->deliver(alert).outcome == Delivery::Outcome::taken);
  }
  Delivery::Outcome checkpoint(bool waiting = false) { return ledger->checkpoint(detector, waiting).outcome; }
  // Once what is being written stands.
  void deliver() {
    for (int i = 0; i < 5'000 && box.delivered.empty(); ++i) {
      CHECK(checkpoint() == Delivery::Outcome::taken);
      std::this_thread::sleep_for(milliseconds(1));
    }
  }

  std::thread::id own = std::this_thread::get_id();
  std::atomic<int> now = 0;
  std::atomic<int> writing = 0;
  std::atomic<int> working = 0;
  bool works = false;
  int worked = 0;
  std::mutex disk;
  Letterbox box;
  Detector detector{[] {
    DetectorOptions options;
    options.keeps_changes = true;
    return options;
  }()};
  std::unique_ptr<StateStore> store;
  std::unique_ptr<Ledger> ledger;
};

}  // namespace

TEST_CASE("a checkpoint is made when it is time for one, and delivered when it is written") {
  const TemporaryFolder folder;
  Bookkeeping kept(folder.path("state.db"));
  kept.post("a");
  kept.now = 99;
  CHECK(kept.checkpoint() == Delivery::Outcome::taken);
  CHECK(kept.store->outbox().empty());
  kept.now = 100;
  CHECK(kept.checkpoint() == Delivery::Outcome::taken);
  kept.deliver();
  CHECK(kept.box.delivered == "a ");
  CHECK(kept.store->outbox().size() == 1);
}

TEST_CASE("before input is waited for, all is written and delivered") {
  const TemporaryFolder folder;
  Bookkeeping kept(folder.path("state.db"));
  kept.post("a");
  CHECK(kept.checkpoint(true) == Delivery::Outcome::taken);
  CHECK(kept.box.delivered == "a ");
}

TEST_CASE("where writing is much work or takes long, checkpoints are fewer, and never more than a second apart") {
  const TemporaryFolder folder;
  Bookkeeping kept(folder.path("state.db"));
  struct Case {
    int writing = 0;
    int working = 0;
    int pause = 0;
  };
  for (const auto& [writing, working, pause] :
       {Case{10, 10, 100}, {50, 50, 450}, {300, 20, 300}, {10'000, 10'000, 1'000}, {10'000, 1, 1'000}}) {
    kept.writing = writing;
    kept.working = working;
    kept.post("x");
    const int begun = kept.now;
    CHECK(kept.checkpoint(true) == Delivery::Outcome::taken);
    kept.box.delivered.clear();
    kept.post("a");
    kept.now = begun + pause - 1;
    CHECK(kept.checkpoint() == Delivery::Outcome::taken);
    CHECK(kept.store->outbox().back().parcel.body == "x");
    kept.now = begun + pause;
    CHECK(kept.checkpoint() == Delivery::Outcome::taken);
    kept.deliver();
    CHECK(kept.box.delivered == "a ");
  }
}

TEST_CASE("what is being written is waited for after a second, and no sooner") {
  const TemporaryFolder folder;
  Bookkeeping kept(folder.path("state.db"));
  std::unique_lock busy(kept.disk);
  kept.post("a");
  kept.now = 100;
  CHECK(kept.checkpoint() == Delivery::Outcome::taken);
  kept.post("b");
  kept.now = 1'099;
  CHECK(kept.checkpoint() == Delivery::Outcome::taken);
  CHECK(kept.box.delivered.empty());
  kept.now = 1'100;
  busy.unlock();
  CHECK(kept.checkpoint() == Delivery::Outcome::taken);
  CHECK(kept.box.delivered == "a ");
}

TEST_CASE("where a destination has no room, nothing more is written down") {
  const TemporaryFolder folder;
  Bookkeeping kept(folder.path("state.db"));
  kept.box.answer.outcome = Delivery::Outcome::stopped;
  kept.post("a");
  kept.now = 100;
  CHECK(kept.checkpoint() == Delivery::Outcome::taken);
  kept.post("b");
  kept.now = 10'000;
  CHECK(kept.checkpoint() == Delivery::Outcome::stopped);
  CHECK(kept.ledger->close().outcome == Delivery::Outcome::taken);
  kept.ledger.reset();
  REQUIRE(kept.store->outbox().size() == 1);
  CHECK(kept.store->outbox()[0].parcel.body == "a");
}

}  // namespace picket::tests
