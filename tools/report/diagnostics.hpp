// Diagnostics as people and machines read them. The door of tools/report. Each function is pure: text out, nothing
// printed.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "engine/event/value.hpp"
#include "grammar/text/diagnostic.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

// One diagnostic for a person, with its source line, a caret and what to do; several lines, the last one ended. Lines
// of source are windowed to `columns`.
[[nodiscard]] std::string human_report(const Diagnostic& diagnostic, Palette paint, std::size_t columns);

// "2 errors, 1 warning in 14 files", or "14 files: no errors, no warnings".
[[nodiscard]] std::string summary_line(std::span<const Diagnostic> diagnostics, std::size_t files, Palette paint);

// {"diagnostics":[…]}, as tools/README.md documents it, with a line end.
[[nodiscard]] std::string json_report(std::span<const Diagnostic> diagnostics);
// One element of it, reduced to code, level, file, line, column and message.
[[nodiscard]] Value brief_diagnostic(const Diagnostic& diagnostic);

}  // namespace picket
