// What is wrong with YAML that is not well formed, in our words and at the place where the author must look: the
// parser's own message and mark tell where it gave up, which is often lines after the mistake.
#pragma once

#include <cstdint>
#include <string>

#include "engine/yaml/builder.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket::yaml {

// The parser gave up at `at` with `reason`, one of yaml-cpp's ErrorMsg texts.
void complain(const SourcePtr& source, std::uint32_t at, const std::string& reason, const Progress& progress,
              Diagnostics& diagnostics);

// There is text at `at` where none belongs.
void complain_of_text(const SourcePtr& source, std::uint32_t at, const Progress& progress, Diagnostics& diagnostics);

// A key is not followed by a colon; or so the parser thinks of the last item behind a bracket that is never closed.
void complain_of_missing_colon(const SourcePtr& source, SourceSpan key, const Progress& progress,
                               Diagnostics& diagnostics);

// A list or mapping stands where a key belongs; or so the parser thinks of a bracket that is never closed.
void complain_of_key(const SourcePtr& source, std::uint32_t begin, bool sequence, Diagnostics& diagnostics);

// The scalar that begins at `begin` does not end.
void complain_of_scalar(const SourcePtr& source, std::uint32_t begin, Diagnostics& diagnostics);

}  // namespace picket::yaml
