// The web hook against a receiver that answers as the test says, on a clock that does not run.
#include "engine/webhook/web_hook.hpp"

#include <atomic>
#include <future>

#include "tests/catch.hpp"

using namespace picket;

namespace {

// Answers what it is told to, then 200 for ever; or nothing before it is let go.
class ScriptedReceiver : public Receiver {
 public:
  struct Log {
    std::mutex mutex;
    std::vector<std::string> ids;  // of what was sent, in order
    std::atomic<bool> given_up = false;
    std::promise<void> reached;  // something has been sent, if `held`
    std::promise<void> let_go;
  };
  ScriptedReceiver(std::shared_ptr<Log> log, std::vector<Answer> answers, bool held = false)
      : log_(std::move(log)), answers_(std::move(answers)), held_(held) {}

  [[nodiscard]] Answer send(const Parcel& parcel) override {
    const std::lock_guard lock(log_->mutex);
    log_->ids.push_back(parcel.id);
    if (held_) {
      held_ = false;
      log_->reached.set_value();
      log_->let_go.get_future().wait();
    }
    if (next_ < answers_.size()) return answers_[next_++];
    return {.status = 200, .reason = "OK", .retry_after = {}};
  }
  void give_up() override { log_->given_up = true; }

 private:
  std::shared_ptr<Log> log_;
  std::vector<Answer> answers_;
  bool held_;
  std::size_t next_ = 0;
};

std::vector<Parcel> parcels(std::uint64_t first, std::uint64_t last) {
  std::vector<Parcel> all;
  for (std::uint64_t n = first; n <= last; ++n) {
    all.push_back({.number = n, .id = "a/" + std::to_string(n), .body = "{}", .at = 0});
  }
  return all;
}

struct Hooked {
  std::shared_ptr<ScriptedReceiver::Log> log = std::make_shared<ScriptedReceiver::Log>();
  std::vector<Milliseconds> waits;
  std::vector<std::string> refused;
  std::atomic<bool> stopping = false;
  std::atomic<int> waited = 0;

  std::unique_ptr<WebHook> hook(std::vector<Answer> answers, std::size_t queue = 1'000, bool held = false) {
    WebHookOptions options;
    options.queue = queue;
    options.now = [] { return Time{0}; };
    options.chance = [] { return 0.5; };
    options.wait = [this](Milliseconds time, const std::stop_token&) { waits.push_back(time); };
    options.while_waiting = [this] { ++waited; };
    options.stopping = [this] { return stopping.load(); };
    options.refused = [this](const RefusedParcel& one) {
      refused.push_back(one.parcel.id + " " + std::to_string(one.answer.status));
      return true;
    };
    return std::make_unique<WebHook>("hook", std::make_unique<ScriptedReceiver>(log, std::move(answers), held),
                                     options);
  }
};

constexpr Milliseconds ages{60'000};  // no test waits so long, unless it fails

Answer answer(int status, std::string retry_after = {}) {
  return {.status = status, .reason = {}, .retry_after = std::move(retry_after)};
}

}  // namespace

TEST_CASE("parcels arrive in their order, those of an earlier run first") {
  Hooked hooked;
  const auto hook = hooked.hook({});
  CHECK(hook->recover(parcels(1, 3)).outcome == Delivery::Outcome::taken);
  CHECK(hook->deliver(parcels(4, 5)).outcome == Delivery::Outcome::taken);
  hook->settle(ages);
  CHECK(hook->under_way() == 0);
  CHECK(hook->arrived() == std::vector<std::uint64_t>{1, 2, 3, 4, 5});
  CHECK(hook->arrived().empty());
  CHECK(hooked.log->ids == std::vector<std::string>{"a/1", "a/2", "a/3", "a/4", "a/5"});
  CHECK(hooked.waits.empty());
  CHECK_FALSE(hook->trouble());
}

TEST_CASE("what may pass is tried again, later each time, and as late as the receiver asks") {
  Hooked hooked;
  const auto hook = hooked.hook({{.status = 0, .reason = "no answer", .retry_after = {}},
                                 answer(500),
                                 answer(503),
                                 answer(408),
                                 answer(429, "7"),
                                 answer(204),
                                 answer(502, "Thu, 01 Jan 1970 00:00:30 GMT")});
  (void)hook->deliver(parcels(1, 2));
  hook->settle(ages);
  CHECK(hook->arrived() == std::vector<std::uint64_t>{1, 2});
  CHECK(hooked.log->ids == std::vector<std::string>{"a/1", "a/1", "a/1", "a/1", "a/1", "a/1", "a/2", "a/2"});
  CHECK(hooked.waits == std::vector<Milliseconds>{Milliseconds(250), Milliseconds(500), Milliseconds(1'000),
                                                  Milliseconds(2'000), Milliseconds(11'000), Milliseconds(30'250)});
  CHECK(hooked.refused.empty());
  CHECK(hook->trouble() == "no answer");
}

TEST_CASE("other answers are final: the parcel is refused, and the next one is sent") {
  Hooked hooked;
  const auto hook = hooked.hook({answer(400), answer(301), answer(404), answer(600)});
  (void)hook->deliver(parcels(1, 5));
  hook->settle(ages);
  CHECK(hook->arrived() == std::vector<std::uint64_t>{1, 2, 3, 4, 5});
  CHECK(hooked.refused == std::vector<std::string>{"a/1 400", "a/2 301", "a/3 404", "a/4 600"});
  CHECK(hooked.waits.empty());
}

TEST_CASE("a full queue makes whoever delivers wait; a stop ends that, and what is left is said") {
  Hooked hooked;
  const auto hook = hooked.hook({}, 2, true);
  (void)hook->deliver(parcels(1, 2));
  hooked.log->reached.get_future().wait();
  auto delivered = std::async(std::launch::async, [&] { return hook->deliver(parcels(3, 5)); });
  CHECK(delivered.wait_for(Milliseconds(150)) == std::future_status::timeout);
  CHECK(hooked.waited > 0);
  hooked.stopping = true;
  CHECK(delivered.get().outcome == Delivery::Outcome::stopped);
  CHECK(hook->under_way() == 5);
  CHECK(hook->arrived().empty());
  hooked.log->let_go.set_value();
  hook->settle(ages);
  (void)hook->deliver(parcels(6, 6));  // would come before 3 to 5, which are not there
  hook->stop();
  CHECK(hook->arrived() == std::vector<std::uint64_t>{1, 2});
  CHECK(hook->under_way() == 4);
}

TEST_CASE("a queue that an earlier run has left too long is waited for before anything is judged") {
  Hooked hooked;
  const auto hook = hooked.hook({}, 2, true);
  CHECK_FALSE(hook->is_full());
  CHECK(hook->recover(parcels(1, 5)).outcome == Delivery::Outcome::taken);
  CHECK(hook->is_full());
  hooked.log->reached.get_future().wait();
  auto room = std::async(std::launch::async, [&] { return hook->wait_for_room(); });
  CHECK(room.wait_for(Milliseconds(150)) == std::future_status::timeout);
  SECTION("until it is shorter") {
    hooked.log->let_go.set_value();
    CHECK(room.get());
    CHECK_FALSE(hook->is_full());
  }
  SECTION("or the program is to end") {
    hooked.stopping = true;
    CHECK_FALSE(room.get());
    CHECK(hook->under_way() == 5);
    hooked.log->let_go.set_value();
  }
}

TEST_CASE("a queue with room again goes on") {
  Hooked hooked;
  const auto hook = hooked.hook({}, 2, true);
  (void)hook->deliver(parcels(1, 2));
  hooked.log->reached.get_future().wait();
  auto delivered = std::async(std::launch::async, [&] { return hook->deliver(parcels(3, 9)); });
  hooked.log->let_go.set_value();
  CHECK(delivered.get().outcome == Delivery::Outcome::taken);
  hook->settle(ages);
  CHECK(hook->arrived().size() == 9);
  CHECK(hooked.log->ids.back() == "a/9");
}

TEST_CASE("a stop ends the tries; what has not arrived is under way still") {
  Hooked hooked;
  const auto hook = hooked.hook(std::vector<Answer>(1'000'000, answer(503)));
  (void)hook->deliver(parcels(1, 2));
  hook->stop();
  CHECK(hooked.log->given_up);
  CHECK(hook->under_way() == 2);
  CHECK(hook->arrived().empty());
}
