// What a run shows of itself while it runs: metrics and health, over HTTP.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <variant>

#include "engine/metrics/metrics_server.hpp"
#include "engine/metrics/run_metrics.hpp"
#include "engine/stream/pipeline.hpp"
#include "tools/pack/signed_pack.hpp"
#include "tools/run/web_delivery.hpp"

namespace picket {

class Monitoring {
 public:
  using Started = std::variant<std::unique_ptr<Monitoring>, std::string>;
  // Listens at an address; the other alternative is why that cannot be done, in words that follow the address.
  [[nodiscard]] static Started start(const std::string& address);

  // "127.0.0.1:9464".
  [[nodiscard]] const std::string& address() const { return server_->address(); }
  // Whether events are being judged.
  void set_ready(bool ready) { readiness_.ready = ready; }

  struct Sources {
    const Pipeline& pipeline;
    std::shared_ptr<const RulesVersion> rules;
    std::uint64_t reloads = 0;
    std::uint64_t failed_reloads = 0;
    SignedPacks packs;
    const Ledger* ledger = nullptr;    // may be null
    const WebDelivery* web = nullptr;  // likewise
    std::uint64_t bytes = 0;           // of the input that is being read
    Time now;
  };
  // Shows the figures as they are now; does nothing if the last time was just before, unless it is `last`.
  void show(const Sources& sources, bool last = false);

 private:
  MetricsBoard board_;
  Readiness readiness_;
  std::unique_ptr<MetricsServer> server_;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace picket
