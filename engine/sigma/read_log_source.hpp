// The `logsource` of a rule or a filter. Internal to engine/sigma.
#pragma once

#include <optional>

#include "engine/sigma/log_source_map.hpp"
#include "engine/sigma/sigma_document.hpp"

namespace picket::sigma {

// Nothing, with an error, if it is missing, says nothing, or may have been meant otherwise: what is overlooked of a log
// source makes a rule judge more events than it should, and a filter silence more rules.
[[nodiscard]] std::optional<LogSourceName> read_log_source(SigmaDocument& document);

}  // namespace picket::sigma
