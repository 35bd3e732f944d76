// Annotations for GitHub Actions: workflow commands, as https://docs.github.com/actions describes them.
#include <algorithm>
#include <string_view>

#include "grammar/text/unicode.hpp"
#include "tools/report/findings.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

// What the commands' own syntax would take for an end. A property's value is exact; a message is read by people, so
// that control characters other than line ends are written out.
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

std::string escaped_message(std::string_view text) {
  std::string escaped;
  while (true) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    escaped += escape(escape_controls(text.substr(0, end)), false);
    if (end == text.size()) return escaped;
    escaped += "%0A";
    text.remove_prefix(end + 1);
  }
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

// Lower is more important.
int rank(const Finding& finding) {
  constexpr int severities = 5;
  const int within = finding.severity ? severities - static_cast<int>(*finding.severity) : 0;
  return static_cast<int>(finding.level) * (severities + 1) + within;
}

std::string annotation(const Finding& finding) {
  const LineColumn begin = finding.source->locate(finding.span.begin);
  const LineColumn end = finding.source->locate(finding.span.end);
  std::string text = "::" + std::string(command_of(finding.level)) + " file=" + escape(finding.source->name(), true);
  text += ",line=" + std::to_string(begin.line);
  // A failed test is marked where it begins: its event may fill pages.
  if (finding.code != failing_test.code) {
    text += ",endLine=" + std::to_string(end.line);
    // GitHub refuses columns of an annotation over several lines.
    if (begin.line == end.line) {
      text += ",col=" + std::to_string(begin.column) + ",endColumn=" + std::to_string(end.column);
    }
  }
  const std::string title = finding.subject.empty() ? std::string(finding.code) : finding.subject;
  text += ",title=" + escape(escape_controls(title), true) + "::" + escaped_message(finding.message);
  for (const std::string& detail : finding.details) text += escaped_message("\n" + detail);
  return text + "\n";
}

}  // namespace

std::vector<Finding> by_importance(std::span<const Finding> findings) {
  std::vector<Finding> ordered(findings.begin(), findings.end());
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const Finding& one, const Finding& other) { return rank(one) < rank(other); });
  return ordered;
}

std::string github_report(std::span<const Finding> findings) {
  std::string text;
  for (const Finding& finding : by_importance(findings)) text += annotation(finding);
  return text;
}

// The runner reads `::name::` where it begins a line, blanks aside, and `##[name]` anywhere in it.
std::string without_workflow_commands(std::string_view text) {
  std::string safe;
  bool begins = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (begins && rest.starts_with("::")) {
      safe += "\\x3a";
    } else if (rest.starts_with("##[")) {
      safe += "\\x23";
    } else {
      safe += text[i];
    }
    begins = text[i] == '\n' || (begins && (text[i] == ' ' || text[i] == '\t'));
  }
  return safe;
}

}  // namespace picket
