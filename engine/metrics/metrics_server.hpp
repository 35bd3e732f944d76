// MetricsServer: answers those who ask how the engine is: /metrics, /healthz, /readyz. Owns cpp-httplib, with
// engine/webhook.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <variant>

#include "engine/metrics/run_metrics.hpp"

namespace picket {

// Whether the engine does its work: says so while it lives; ready between begin and end of judging.
struct Readiness {
  std::atomic<bool> ready = false;
};

// Has threads of its own, which only read the board.
class MetricsServer {
 public:
  using Started = std::variant<std::unique_ptr<MetricsServer>, std::string>;

  // Listens at `address`: "HOST:PORT", or ":PORT" for the local machine only; port 0 is a free one. `board` and
  // `readiness` must outlive the server. The other alternative is why that cannot be done.
  [[nodiscard]] static Started start(const std::string& address, const MetricsBoard& board, const Readiness& readiness);
  MetricsServer(const MetricsServer&) = delete;
  MetricsServer& operator=(const MetricsServer&) = delete;
  ~MetricsServer();

  // "127.0.0.1:9464".
  [[nodiscard]] const std::string& address() const { return address_; }

 private:
  class Listener;
  MetricsServer(std::unique_ptr<Listener> listener, std::string address);

  std::unique_ptr<Listener> listener_;
  std::string address_;
};

}  // namespace picket
