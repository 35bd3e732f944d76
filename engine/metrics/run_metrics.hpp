// RunMetrics: what a running engine tells of itself, as of one moment.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/state/detector.hpp"
#include "engine/stream/tally.hpp"

namespace picket {

// A signed pack that rules in force came from.
struct PackInForce {
  std::string archive;  // its path
  std::string name;     // empty: none was signed
  std::uint64_t version = 0;
};

struct RunMetrics {
  Tally tally;
  DetectorCounts detected;
  std::string rules_version;
  std::size_t rules = 0;
  std::vector<PackInForce> packs;
  std::uint64_t reloads = 0;         // that changed the rules
  std::uint64_t failed_reloads = 0;  // that left them as they were: the new ones had errors
  std::optional<Time> latest_event;  // the latest time that an event has said
  Time now;
  std::map<std::string, std::size_t> under_way;  // parcels, by destination
  std::map<std::string, std::size_t> refused;    // alerts, by web hook
};

// Where the thread that judges leaves its figures for those who ask. Safe between threads.
class MetricsBoard {
 public:
  void put(RunMetrics metrics) {
    const std::lock_guard lock(mutex_);
    metrics_ = std::move(metrics);
  }
  [[nodiscard]] RunMetrics get() const {
    const std::lock_guard lock(mutex_);
    return metrics_;
  }

 private:
  mutable std::mutex mutex_;
  RunMetrics metrics_;
};

}  // namespace picket
