// What is learnt of events before rules are compiled: which values are rare. It changes how fast they judge, never what
// they find.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/plan/sample.hpp"

namespace picket {

// Events among the first lines of the first few inputs that are regular files of JSON lines; others are not touched.
// `log_type` is that of events that carry none.
[[nodiscard]] EventSample sample_of_inputs(const std::vector<std::string>& inputs, const std::string& log_type);

// Why a file is of no use as a sample, in a few words.
struct NoSample {
  std::string reason;
};
// Events among the first 64 MiB of a file of JSON lines that somebody chose for it.
[[nodiscard]] std::variant<EventSample, NoSample> sample_of_file(const std::string& path, const std::string& log_type);

}  // namespace picket
