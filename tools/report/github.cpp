// Annotations for GitHub Actions: workflow commands, as https://docs.github.com/actions describes them.
#include <string_view>

#include "tools/report/diagnostics.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

std::string escape(std::string_view text, bool property) {
  std::string escaped;
  for (const char c : valid_utf8(text)) {
    if (c == '%') {
      escaped += "%25";
    } else if (c == '\r') {
      escaped += "%0D";
    } else if (c == '\n') {
      escaped += "%0A";
    } else if (property && c == ':') {
      escaped += "%3A";
    } else if (property && c == ',') {
      escaped += "%2C";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string_view command_of(Level level) {
  switch (level) {
    case Level::error:
      return "error";
    case Level::warning:
      return "warning";
    case Level::note:
      return "notice";
  }
  return "notice";
}

}  // namespace

std::string github_report(std::span<const Diagnostic> diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    const LineColumn begin = diagnostic.source->locate(diagnostic.span.begin);
    const LineColumn end = diagnostic.source->locate(diagnostic.span.end);
    std::string message = diagnostic.message;
    if (!diagnostic.help.empty()) message += "\nhelp: " + diagnostic.help;
    text += "::" + std::string(command_of(diagnostic.level)) + " file=" + escape(diagnostic.source->name(), true);
    text += ",line=" + std::to_string(begin.line) + ",endLine=" + std::to_string(end.line);
    // GitHub refuses columns of an annotation over several lines.
    if (begin.line == end.line) {
      text += ",col=" + std::to_string(begin.column) + ",endColumn=" + std::to_string(end.column);
    }
    text += ",title=" + escape(row_of(diagnostic.code).word, true) + "::" + escape(message, false) + "\n";
  }
  return text;
}

}  // namespace picket
