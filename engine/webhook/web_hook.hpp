// WebHook: a destination that sends each parcel to a receiver, one after the other, until it has arrived.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "engine/alert/alert_format.hpp"
#include "engine/alert/destination.hpp"
#include "engine/webhook/receiver.hpp"

namespace picket {

// A parcel that the receiver does not want.
struct RefusedParcel {
  const Parcel& parcel;
  const Answer& answer;
};

struct WebHookOptions {
  WriteAlert write = nullptr;  // how alerts are written
  std::size_t queue = 1'000;   // parcels that wait; when so many do, deliver() waits
  RetryBounds retries;
  std::function<Time()> now;       // for dates in `Retry-After`
  std::function<double()> chance;  // in [0, 1)
  // Waits; returns early when a stop is asked for.
  std::function<void(Milliseconds, std::stop_token)> wait;
  // Whether the program is to end: then nobody waits any more.
  std::function<bool()> stopping;
  // Called now and then while deliver() waits, by the thread that does; it may ask the hook what is wrong.
  std::function<void()> while_waiting;
  // Keeps a parcel that the receiver has refused for good; false if that cannot be done, and then it is tried again.
  // Called by the hook's thread.
  std::function<bool(const RefusedParcel&)> refused;
};

// The real ones of `now`, `chance` and `wait`; nobody stops, and what is refused is dropped.
[[nodiscard]] WebHookOptions usual_web_hook_options(WriteAlert write);

// Answers of 2xx are arrivals. No answer, 408, 429 and 5xx are tried again without end, after retry_delay(); whatever
// else is final: the parcel goes to `refused`, and counts as arrived. Sends on a thread of its own, so that a receiver
// that is slow delays nothing before the queue is full.
class WebHook : public Destination {
 public:
  WebHook(std::string name, std::unique_ptr<Receiver> receiver, WebHookOptions options);
  ~WebHook() override;

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] std::string render(const Alert& alert) const override;
  // The queue takes them all, for they are there already.
  [[nodiscard]] Delivery recover(std::vector<Parcel> parcels) override;
  // Waits while the queue is full. What has found no place when the program is to end is not sent in this run, and the
  // outcome is `stopped`.
  [[nodiscard]] Delivery deliver(std::vector<Parcel> parcels) override;
  [[nodiscard]] std::vector<std::uint64_t> arrived() override;
  [[nodiscard]] std::size_t under_way() const override;

  // Whether the queue is full, as recover() may have made it. Whoever then judges on makes it longer still.
  [[nodiscard]] bool is_full() const;
  // Waits until it is not. False if the program is to end meanwhile.
  [[nodiscard]] bool wait_for_room();

  // Waits until all has arrived, so long at most.
  void settle(Milliseconds patience);
  // Sends nothing further; ends what goes on.
  void stop();

  // What has first gone wrong since it was last asked, in words; nothing if nothing has.
  [[nodiscard]] std::optional<std::string> trouble();

 private:
  bool wait_for_room(std::unique_lock<std::mutex>& lock);
  void send_all(const std::stop_token& stop);
  void send(const Parcel& parcel, const std::stop_token& stop);
  [[nodiscard]] bool is_settled(const Parcel& parcel, const Answer& answer) const;

  std::string name_;
  std::unique_ptr<Receiver> receiver_;
  WebHookOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Parcel> waiting_;  // the first is the one in hand
  std::vector<std::uint64_t> arrived_;
  std::size_t left_out_ = 0;  // found no place
  std::optional<std::string> trouble_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace picket
