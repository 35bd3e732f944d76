// Events that a command is given one by one, to look at: not the streams that `picket run` judges.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "engine/event/value.hpp"

namespace picket {

struct NamedEvent {
  std::string name;  // "trail.json[3]", "events.jsonl:7", "standard input"; fit for a terminal
  Value event;       // an object
};

// The first `most` events of a file, or of standard input for `-`: a JSON object, those of an array or of CloudTrail's
// `Records`, else of JSON lines, empty ones passed over. At most 16 MiB are read. Else why there is none, in words
// that follow "picket COMMAND: ".
[[nodiscard]] std::variant<std::vector<NamedEvent>, std::string> read_events(
    const std::string& path, std::size_t most = std::numeric_limits<std::size_t>::max());

}  // namespace picket
