#include "tools/attack/import_attack.hpp"

#include <algorithm>
#include <memory>
#include <variant>

#include "engine/alert/file_writer.hpp"
#include "engine/attack/stix.hpp"
#include "engine/pack/read_file.hpp"
#include "tools/report/counted.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t most_bundle_bytes = 512U * 1024 * 1024;  // v18's enterprise-attack.json has 50 MB
constexpr std::size_t faults_shown = 5;

// MITRE's licence asks that every copy carries its designation and the licence.
constexpr std::string_view notice =
    "# (C) The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE\n"
    "# Corporation, which grants a non-exclusive, royalty-free license to use ATT&CK for research, development, and\n"
    "# commercial purposes. Any copy you make for such purposes is authorized provided that you reproduce MITRE's\n"
    "# copyright designation and this license in any such copy.\n";

ExitStatus fail(Console& console, const std::string& message) {
  console.err().line("picket attack import: " + escape_controls(message));
  return ExitStatus::could_not;
}

ExitStatus write(const ImportOptions& options, const std::string& text, Console& console) {
  if (options.output.empty()) {
    console.out().write(text);
    return ExitStatus::fine;
  }
  auto created = FileWriter::create(options.output);
  if (const auto* reason = std::get_if<std::string>(&created)) return fail(console, options.output + ": " + *reason);
  auto& writer = std::get<FileWriter>(created);
  static_cast<void>(writer.write(text));  // finish() answers for all of it
  const Delivery written = writer.finish();
  if (written.outcome == Delivery::Outcome::failed) return fail(console, options.output + ": " + written.reason);
  return ExitStatus::fine;
}

}  // namespace

ExitStatus import_attack(const ImportOptions& options, Console& console) {
  Diagnostics diagnostics;
  const SourcePtr source = read_file(options.file, most_bundle_bytes, diagnostics);
  if (source == nullptr) return fail(console, diagnostics.all().front().message);
  if (source->text().size() > most_bundle_bytes) return fail(console, options.file + ": the file is too large");
  const auto read = read_stix(source->text());
  if (const auto* error = std::get_if<StixError>(&read)) return fail(console, options.file + ": " + error->reason);
  auto data = std::get<AttackData>(read);
  if (options.version.find_first_not_of("0123456789.") != std::string::npos) {
    return fail(console, "--attack-version: `" + options.version + "` is no version of ATT&CK, as `18.1` is");
  }
  const bool is_unknown = data.version == unknown_attack_version;
  if (!options.version.empty()) {
    if (!is_unknown && data.version != options.version) {
      return fail(console, options.file + ": the bundle says that it is ATT&CK v" + data.version);
    }
    data.version = options.version;
  }
  std::ranges::sort(data.techniques, {}, &Technique::id);
  const std::string text = print(data);
  const auto table = AttackTable::parse(std::make_shared<const Source>(options.file, text), diagnostics);
  if (table == nullptr) {
    const std::size_t shown = std::min(diagnostics.size(), faults_shown);
    for (std::size_t i = 0; i < shown; ++i) {
      static_cast<void>(fail(console, options.file + ": " + diagnostics.all()[i].message));
    }
    return ExitStatus::could_not;
  }
  const ExitStatus status = write(options, std::string(notice) + text, console);
  if (status != ExitStatus::fine) return status;
  const auto active = std::ranges::count(table->techniques(), AttackStatus::active, &Technique::status);
  console.err().line(escape_controls(table->title()) + ", " + escape_controls(table->domain()) + ": " +
                     counted(table->tactics().size(), "tactic") + ", " +
                     counted(static_cast<std::size_t>(active), "technique") + " in use");
  if (is_unknown && options.version.empty()) {
    console.err().line(
        "picket attack import: the bundle does not say which version of ATT&CK it is: without one (--attack-version) "
        "Navigator opens layers by the newest that it knows");
  }
  return ExitStatus::fine;
}

}  // namespace picket
