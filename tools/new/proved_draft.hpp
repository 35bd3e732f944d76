// A drafted rule that has been tried: it loads, has no warnings, is formatted, and passes its tests.
#pragma once

#include <string>

#include "engine/draft/draft_rule.hpp"
#include "engine/event/value.hpp"

namespace picket {

struct ProvedDraft {
  std::string text;
  std::string fault;  // why there is none, or empty
};

// `output` is where the file will stand, which decides what data models it can use; empty if that is not known.
[[nodiscard]] ProvedDraft prove_draft(const Value& event, DraftOptions options, const std::string& output);

// The event of a test in a rule for the log type in the folder of `output`; a placeholder if there is none.
[[nodiscard]] Value example_event(const std::string& output, const std::string& log_type);

}  // namespace picket
