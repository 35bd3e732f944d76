// Internal to engine/sigma: documents that are correlations.
#pragma once

#include "engine/sigma/sigma.hpp"

namespace picket::sigma {

// As read_sigma(). REQUIRES: is_correlation(document).
[[nodiscard]] Analysis read_correlation(const SourcePtr& source, const yaml::Node& document,
                                        const SigmaOptions& options, Diagnostics& diagnostics);

}  // namespace picket::sigma
