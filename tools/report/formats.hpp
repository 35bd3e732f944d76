// The formats in which a command can report. One table for each command drives its options, its help and the writing:
// to add a format, write its function and a row.
#pragma once

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/arguments.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

// What a report is written for.
struct Canvas {
  Palette paint;
  std::size_t columns = 120;  // of a file
  bool details = false;       // --verbose, --details
};

template <typename Report>
struct Format {
  std::string_view name;
  std::string_view purpose;  // for whom it is; no full stop
  std::string (*write)(const Report& report, const Canvas& canvas);
};

struct OutputOptions {
  std::string format = "human";    // on standard output
  std::vector<std::string> files;  // FORMAT=FILE
};

struct FormatRow {
  std::string_view name;
  std::string_view purpose;
};
// Declares --format and --output. Returns what help says of the formats, for the command's footer.
[[nodiscard]] std::string declare_formats(Arguments& app, OutputOptions& options, std::span<const FormatRow> rows);

using ReportWriter = std::function<std::string(std::string_view format, const Canvas& canvas)>;
// False, and a sentence on standard error in the name of `command` ("picket test"), if a file could not be written.
[[nodiscard]] bool write_outputs(const OutputOptions& options, const ReportWriter& writer, bool details,
                                 std::string_view command, Console& console);

template <typename Report>
[[nodiscard]] std::string declare_formats(Arguments& app, OutputOptions& options,
                                          std::span<const Format<Report>> formats) {
  std::vector<FormatRow> rows;
  for (const Format<Report>& format : formats) rows.push_back({format.name, format.purpose});
  return declare_formats(app, options, rows);
}

// Writes the report to standard output and to every file asked for. REQUIRES: the options were declared with the same
// table.
template <typename Report>
[[nodiscard]] bool write_outputs(const OutputOptions& options, std::span<const Format<Report>> formats,
                                 const Report& report, bool details, std::string_view command, Console& console) {
  const ReportWriter writer = [&](std::string_view name, const Canvas& canvas) {
    const auto format = std::find_if(formats.begin(), formats.end(), [&](const auto& row) { return row.name == name; });
    return format->write(report, canvas);
  };
  return write_outputs(options, writer, details, command, console);
}

}  // namespace picket
