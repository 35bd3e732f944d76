// A receiver of web hooks that fails as they do: it answers 500 or 429, takes a request without an answer, or is not
// there for a while. It remembers what it was sent. One thread opens and closes it; any may ask.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/front_door/web_server.hpp"

namespace picket::tests {

class UnsteadyReceiver {
 public:
  explicit UnsteadyReceiver(unsigned seed) : random_(seed) {
    open();
    port_ = server_->port();
  }

  [[nodiscard]] std::string address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }

  void open() {
    const auto reply = [this](const WebRequest& request, std::size_t) { return reply_to(request); };
    for (int tries = 0; server_ == nullptr; ++tries) {
      try {
        server_ = std::make_unique<WebServer>(reply, port_);
      } catch (const std::runtime_error&) {
        // Somebody else's connection may have the port for a moment.
        if (tries == 100) throw;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
      }
    }
  }
  void close() { server_.reset(); }
  [[nodiscard]] bool is_open() const { return server_ != nullptr; }

  // From now on it only fails by not being there.
  void calm_down() { calm_ = true; }

  // The ids of what was answered with 200, in the order in which they first were.
  [[nodiscard]] std::vector<std::string> accepted() const {
    const std::lock_guard lock(mutex_);
    return accepted_;
  }
  [[nodiscard]] std::size_t accepted_count() const {
    const std::lock_guard lock(mutex_);
    return accepted_.size();
  }
  // The body that came with each id, be it answered with 200 or not.
  [[nodiscard]] std::map<std::string, std::string> bodies() const {
    const std::lock_guard lock(mutex_);
    return bodies_;
  }
  // The ids that came with another body later.
  [[nodiscard]] std::vector<std::string> contradicted() const {
    const std::lock_guard lock(mutex_);
    return contradicted_;
  }
  // How often something was answered with 200 that had been before.
  [[nodiscard]] std::size_t doubled() const {
    const std::lock_guard lock(mutex_);
    return doubled_;
  }

 private:
  WebReply reply_to(const WebRequest& request) {
    // After a failure a run that is soon to be killed waits for what is left of its life: more of them, and little else
    // would happen.
    constexpr unsigned requests_per_failure = 400;
    const std::lock_guard lock(mutex_);
    const auto [known, is_new] = bodies_.emplace(request.id(), request.body);
    if (!is_new && known->second != request.body) contradicted_.push_back(request.id());
    switch (calm_ ? 3 : random_() % (3 * requests_per_failure)) {
      case 0:
        return {.head = "500 Internal Server Error"};
      case 1:
        return {.head = "429 Too Many Requests\r\nRetry-After: 0"};
      case 2:
        return {.drop = true};
      default:
        break;
    }
    if (accepted_once_.insert(request.id()).second) {
      accepted_.push_back(request.id());
    } else {
      ++doubled_;
    }
    return {};
  }

  std::atomic<bool> calm_ = false;
  mutable std::mutex mutex_;
  std::mt19937 random_;
  std::map<std::string, std::string> bodies_;
  std::set<std::string> accepted_once_;
  std::vector<std::string> accepted_;
  std::vector<std::string> contradicted_;
  std::size_t doubled_ = 0;
  int port_ = 0;
  std::unique_ptr<WebServer> server_;  // last: its thread uses all of the above
};

}  // namespace picket::tests
