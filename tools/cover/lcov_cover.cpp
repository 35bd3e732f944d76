// The coverage as lcov reads it. A comparison is a line that ran so often, with two branches: true and false.
#include <map>

#include "tools/cover/cover_report.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

// A path as it must stand in a record of one line.
std::string path_of(const Source& source) { return escape_controls(source.name()); }

std::string branch(std::size_t line, std::size_t block, int number, bool evaluated, std::size_t taken) {
  return "BRDA:" + std::to_string(line) + "," + std::to_string(block) + "," + std::to_string(number) + "," +
         (evaluated ? std::to_string(taken) : "-") + "\n";
}

std::string record(const TextCoverage& text) {
  std::string branches;
  std::map<std::size_t, std::size_t> lines;  // with the most evaluations of a comparison on them
  std::size_t found = 0;
  std::size_t hit = 0;
  for (std::size_t block = 0; block < text.parts.size(); ++block) {
    const PartCoverage& part = text.parts[block];
    if (part.kind != PartKind::comparison) continue;
    const std::size_t line = text.source().locate(part.site->span.begin).line;
    std::size_t& times = lines[line];
    times = std::max(times, part.times());
    branches += branch(line, block, 0, part.times() > 0, part.times_true);
    branches += branch(line, block, 1, part.times() > 0, part.times_false);
    found += 2;
    hit += (part.times_true > 0 ? 1U : 0U) + (part.times_false > 0 ? 1U : 0U);
  }
  std::string out = "TN:\nSF:" + path_of(text.source()) + "\n" + branches;
  out += "BRF:" + std::to_string(found) + "\nBRH:" + std::to_string(hit) + "\n";
  std::size_t lines_hit = 0;
  for (const auto& [line, times] : lines) {
    out += "DA:" + std::to_string(line) + "," + std::to_string(times) + "\n";
    if (times > 0) ++lines_hit;
  }
  return out + "LF:" + std::to_string(lines.size()) + "\nLH:" + std::to_string(lines_hit) + "\nend_of_record\n";
}

}  // namespace

std::string lcov_cover(const CoverReport& report) {
  std::string out;
  for (const TextCoverage& rule : report.coverage.rules) out += record(rule);
  for (const TextCoverage& library : report.coverage.libraries) out += record(library);
  return out;
}

}  // namespace picket
