// Metrics in the text format that Prometheus reads (exposition format 0.0.4).
#pragma once

#include <string>

#include "engine/metrics/run_metrics.hpp"

namespace picket {

// All of them, each with its HELP and TYPE; tools/run/README.md lists them.
[[nodiscard]] std::string exposition(const RunMetrics& metrics);

}  // namespace picket
