// The Test Anything Protocol (https://testanything.org), version 13: a plan, a line for each point, and below one that
// failed a YAML block.
#include "engine/event/value.hpp"
#include "tools/report/findings.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

// A `#` begins a directive (`# SKIP`), unless a backslash stands before it.
std::string escape(std::string_view text) {
  std::string escaped;
  for (const char c : escape_controls(text)) {
    if (c == '#' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace

std::string tap_report(std::span<const TapPoint> points) {
  std::string text = "TAP version 13\n1.." + std::to_string(points.size()) + "\n";
  std::size_t number = 0;
  for (const TapPoint& point : points) {
    const bool fine = point.passed || !point.skipped.empty();
    text += (fine ? "ok " : "not ok ") + std::to_string(++number) + " - " + escape(point.name);
    if (!point.skipped.empty()) text += " # SKIP " + escape(point.skipped);
    text += "\n";
    if (fine || point.details.empty()) continue;
    text += "  ---\n";
    // A JSON text is a YAML scalar, whatever it holds.
    for (const auto& [key, value] : point.details) text += "  " + key + ": " + to_json(escape_controls(value)) + "\n";
    text += "  ...\n";
  }
  return text;
}

}  // namespace picket
