#include "tools/run/monitoring.hpp"

#include <utility>

namespace picket {
namespace {

constexpr std::chrono::milliseconds between_shows{200};

}  // namespace

Monitoring::Started Monitoring::start(const std::string& address) {
  auto monitoring = std::make_unique<Monitoring>();
  auto started = MetricsServer::start(address, monitoring->board_, monitoring->readiness_);
  if (auto* reason = std::get_if<std::string>(&started)) return std::move(*reason);
  monitoring->server_ = std::get<std::unique_ptr<MetricsServer>>(std::move(started));
  return monitoring;
}

void Monitoring::show(const Sources& sources, bool last) {
  const auto now = std::chrono::steady_clock::now();
  if (!last && now < next_) return;
  next_ = now + between_shows;
  RunMetrics metrics;
  metrics.tally = sources.pipeline.tally();
  metrics.tally.bytes += sources.bytes;
  metrics.detected = sources.pipeline.detected();
  metrics.latest_event = sources.pipeline.latest_event();
  metrics.rules_version = sources.rules->name();
  metrics.rules = sources.rules->rules()->rules().size() + sources.rules->pack()->correlations.size();
  for (const auto& [identity, pack] : sources.packs) metrics.packs.push_back({pack.path, pack.name, pack.version});
  metrics.reloads = sources.reloads;
  metrics.failed_reloads = sources.failed_reloads;
  metrics.now = sources.now;
  if (sources.ledger != nullptr) metrics.under_way = sources.ledger->under_way();
  if (sources.web != nullptr) metrics.refused[sources.web->name()] = sources.web->refused();
  board_.put(std::move(metrics));
}

}  // namespace picket
