#include "engine/webhook/web_hook.hpp"

#include <chrono>
#include <random>
#include <utility>

namespace picket {
namespace {

// How often those who wait ask whether the program is to end.
constexpr Milliseconds attention{50};

bool is_arrival(int status) { return status >= 200 && status < 300; }

bool is_worth_another_try(int status) {
  constexpr int request_timeout = 408;
  constexpr int too_many_requests = 429;
  return status == 0 || status == request_timeout || status == too_many_requests || (status >= 500 && status < 600);
}

std::string words_for(const Answer& answer) {
  if (answer.status == 0) return answer.reason;
  return "it answers " + std::to_string(answer.status) + (answer.reason.empty() ? "" : " " + answer.reason);
}

void wait_for(Milliseconds time, std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, std::move(stop), time, [] { return false; });
}

}  // namespace

WebHookOptions usual_web_hook_options(WriteAlert write) {
  WebHookOptions options;
  options.write = write;
  options.now = [] {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Time{std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
  };
  options.chance = [random = std::mt19937_64(std::random_device()())]() mutable {
    return std::uniform_real_distribution<>(0, 1)(random);
  };
  options.wait = wait_for;
  options.stopping = [] { return false; };
  options.while_waiting = [] {};
  options.refused = [](const RefusedParcel&) { return true; };
  return options;
}

WebHook::WebHook(std::string name, std::unique_ptr<Receiver> receiver, WebHookOptions options)
    : name_(std::move(name)),
      receiver_(std::move(receiver)),
      options_(std::move(options)),
      thread_([this](const std::stop_token& stop) { send_all(stop); }) {}

WebHook::~WebHook() { stop(); }

std::string WebHook::render(const Alert& alert) const {
  std::string body;
  options_.write(body, alert);
  return body;
}

Delivery WebHook::recover(std::vector<Parcel> parcels) {
  const std::lock_guard lock(mutex_);
  for (Parcel& parcel : parcels) waiting_.push_back(std::move(parcel));
  changed_.notify_all();
  return {};
}

Delivery WebHook::deliver(std::vector<Parcel> parcels) {
  std::unique_lock lock(mutex_);
  for (Parcel& parcel : parcels) {
    // One that is left out is followed by none: they arrive in their order.
    if (left_out_ > 0 || !wait_for_room(lock)) {
      ++left_out_;
    } else {
      waiting_.push_back(std::move(parcel));
      changed_.notify_all();
    }
  }
  if (left_out_ > 0) return {.outcome = Delivery::Outcome::stopped, .reason = {}};
  return {};
}

bool WebHook::is_full() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size() >= options_.queue;
}

bool WebHook::wait_for_room() {
  std::unique_lock lock(mutex_);
  return wait_for_room(lock);
}

bool WebHook::wait_for_room(std::unique_lock<std::mutex>& lock) {
  while (waiting_.size() >= options_.queue) {
    if (options_.stopping()) return false;
    changed_.wait_for(lock, attention);
    lock.unlock();
    options_.while_waiting();
    lock.lock();
  }
  return true;
}

std::vector<std::uint64_t> WebHook::arrived() {
  const std::lock_guard lock(mutex_);
  return std::exchange(arrived_, {});
}

std::size_t WebHook::under_way() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size() + left_out_;
}

void WebHook::settle(Milliseconds patience) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, patience, [this] { return waiting_.empty(); });
}

void WebHook::stop() {
  thread_.request_stop();
  receiver_->give_up();
  if (thread_.joinable()) thread_.join();
}

std::optional<std::string> WebHook::trouble() {
  const std::lock_guard lock(mutex_);
  return std::exchange(trouble_, std::nullopt);
}

void WebHook::send_all(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const Parcel* next = nullptr;
    {
      std::unique_lock lock(mutex_);
      if (!changed_.wait(lock, stop, [this] { return !waiting_.empty(); })) return;
      next = &waiting_.front();  // stays where it is: others only append
    }
    send(*next, stop);
  }
}

// Until it is settled, or a stop is asked for.
void WebHook::send(const Parcel& parcel, const std::stop_token& stop) {
  for (std::uint64_t failures = 1; !stop.stop_requested(); ++failures) {
    const Answer answer = receiver_->send(parcel);
    if (is_settled(parcel, answer)) {
      const std::lock_guard lock(mutex_);
      arrived_.push_back(parcel.number);
      waiting_.pop_front();
      changed_.notify_all();
      return;
    }
    if (failures == 1 && !stop.stop_requested()) {
      const std::lock_guard lock(mutex_);
      if (!trouble_) trouble_ = words_for(answer);
    }
    const auto hint = parse_retry_after(answer.retry_after, options_.now());
    options_.wait(retry_delay(failures, hint, options_.chance(), options_.retries), stop);
  }
}

bool WebHook::is_settled(const Parcel& parcel, const Answer& answer) const {
  if (is_arrival(answer.status)) return true;
  return !is_worth_another_try(answer.status) && options_.refused({parcel, answer});
}

}  // namespace picket
