// One line for each finding, as compilers write it: what editors, grep and people in a hurry read.
#include "tools/report/findings.hpp"
#include "tools/terminal/display.hpp"

namespace picket {

std::string shown_path(std::string_view path) {
  // A name may begin with what another program reads as a command ("::error::x.yml"); "./" in front means the same
  // file and nothing else.
  const bool odd = path.empty() || std::string_view(":#@ \t").find(path.front()) != std::string_view::npos;
  return (odd ? "./" : "") + escape_controls(path);
}

std::string concise_report(std::span<const Finding> findings) {
  std::string text;
  for (const Finding& finding : findings) {
    const LineColumn place = finding.source->locate(finding.span.begin);
    text += shown_path(finding.source->name()) + ":" + std::to_string(place.line);
    if (finding.code == failing_test.code) {
      text += ": FAIL ";
    } else {
      text += ":" + std::to_string(place.column) + ": " + std::string(spelling(finding.level)) + "[" +
              std::string(finding.code) + "] ";
    }
    if (!finding.subject.empty()) text += escape_controls(finding.subject) + ": ";
    text += escape_controls(finding.message) + "\n";
  }
  return text;
}

}  // namespace picket
