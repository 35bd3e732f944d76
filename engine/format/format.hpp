// Formatting analysis files: rules, libraries, data models, manifests. The door of engine/format.
//
// A file is never written anew from what it means: each pass (white space, indentation, texts, order of keys) replaces
// spans of the text that the pass before has made, so that comments, quotes and whatever else no pass knows stay as
// they are. What is too odd to touch safely is left alone: anchors on texts, keys over several lines, tabs.
#pragma once

#include <cstdint>
#include <string>

#include "grammar/text/diagnostic.hpp"
#include "grammar/text/source.hpp"

namespace picket {

enum class FormatOutcome : std::uint8_t {
  unchanged,
  changed,
  not_analysis,  // no `AnalysisType`: not ours
  broken,        // YAML or a text is not well formed, or the new text would not mean the same; said in the diagnostics
};

struct Formatted {
  FormatOutcome outcome = FormatOutcome::unchanged;
  std::string text;  // the new text if it has changed
};

// Formats a file. The result is loaded again and compared with the original: equal texts as trees, everything else by
// value, and every comment still there; if not, the outcome is broken, with the diagnostic `format-changed-meaning`.
[[nodiscard]] Formatted format_analysis(const SourcePtr& source, Diagnostics& diagnostics);

}  // namespace picket
