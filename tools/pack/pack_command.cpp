#include "tools/pack/pack_command.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/archive/archive.hpp"
#include "engine/edit/replace_file.hpp"
#include "engine/pack/pack.hpp"
#include "engine/pack/read_file.hpp"
#include "tools/loading.hpp"
#include "tools/pack/signed_pack.hpp"
#include "tools/report/diagnostics.hpp"
#include "tools/run/figures.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

struct PackCommandOptions {
  enum class Deed : std::uint8_t { none, build, verify, keygen };
  Deed deed = Deed::none;
  LoadOptions load;
  std::string path;  // a folder to build of, or an archive to verify
  std::string output;
  std::string key;
  std::string name;     // empty: the key signs this pack only
  std::string version;  // empty: 1
};

ExitStatus could_not(Console& console, const std::string& why) {
  console.err().line("picket pack: " + why);
  return ExitStatus::could_not;
}

std::string version_fault(const std::string& text) {
  if (parse_pack_version(text)) return {};
  return "`" + escape_controls(text) + "` is no version; it is a whole number from 1 up";
}

std::string name_fault(const std::string& text) {
  if (is_pack_name(text)) return {};
  return "`" + escape_controls(text) + "` is no name of a pack; it is up to 64 letters, digits, `.`, `_` and `-`";
}

// What would be made has one kind, whatever it is called; a name that says another is a mistake.
std::string output_fault(const std::string& path) {
  for (const std::string_view ending : {".zip", ".7z", ".rar", ".tar", ".zst", ".bz2", ".xz", ".lz4"}) {
    if (!path.ends_with(ending)) continue;
    return "`" + escape_controls(path) + "` does not say what is made: a tar packed by gzip, so end it with .tar.gz";
  }
  return {};
}

// Shows errors only.
ExitStatus tell(const Diagnostics& diagnostics, Console& console) {
  constexpr std::size_t columns = 120;
  Output& err = console.err();
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.level != Level::error) continue;
    err.line(human_report(diagnostic, err.palette(), err.width().value_or(columns)));
  }
  return status_of(diagnostics);
}

// The rule files of a folder and the rows of its lookup tables, by the folder's own name: "rules/a.yml". Rows from
// elsewhere cannot be taken along: bad-table.
std::vector<ArchivedFile> files_of(const std::string& folder, const Pack& pack, Diagnostics& diagnostics) {
  const fs::path root = fs::path(folder).lexically_normal();
  std::string name = (root.has_filename() ? root : root.parent_path()).filename().string();
  if (name == "." || name == "..") name.clear();
  std::vector<ArchivedFile> files;
  const auto add = [&](const std::string& file, std::size_t most) {
    const SourcePtr source = read_file(file, most, diagnostics);
    if (source == nullptr) return;
    const fs::path within = fs::path(name) / fs::path(file).lexically_relative(root);
    files.push_back({.path = within.lexically_normal().string(), .text = std::string(source->text())});
  };
  for (const std::string& file : discover({folder}, diagnostics)) add(file, yaml::Limits{}.bytes);
  std::set<std::string> rows;
  for (const LookupTable& table : pack.lookup_tables) {
    if (table.rows == nullptr || !rows.insert(table.rows->name()).second) continue;
    const fs::path within = fs::path(table.rows->name()).lexically_relative(root);
    if (within.empty() || *within.begin() == "..") {
      diagnostics
          .add(Code::bad_table, table.source, table.file->span, "the rows stand outside the folder that is packed")
          .help = "put the file into the folder, and name it from there";
    } else {
      add(table.rows->name(), TableLimits{}.database_bytes);
    }
  }
  return files;
}

ExitStatus build(PackCommandOptions options, Console& console) {
  if (options.key.empty() && !(options.version.empty() && options.name.empty())) {
    return could_not(console, std::string(options.version.empty() ? "--pack-name" : "--pack-version") +
                                  " is a part of the signature: give --key, too, or leave it out");
  }
  std::error_code ignored;
  if (!fs::is_directory(options.path, ignored)) {
    return could_not(console, escape_controls(options.path) + " is no folder");
  }
  SecretKey key;
  if (!options.key.empty()) {
    auto read = read_secret_key(options.key);
    if (const auto* fault = std::get_if<std::string>(&read)) return could_not(console, *fault);
    key = std::get<SecretKey>(read);
  }
  options.load.paths = {options.path};
  options.load.lints = false;
  if (!settle(options.load, "pack", "Give a folder", console)) return ExitStatus::could_not;
  LoadedPack loaded = load_checked(options.load);
  if (const ExitStatus status = tell(loaded.diagnostics, console); status != ExitStatus::fine) {
    console.err().line("picket pack: the rules have errors; no archive was made");
    return status;
  }
  Diagnostics faults;
  const std::vector<ArchivedFile> files = files_of(options.path, *loaded.pack, faults);
  if (faults.has_errors()) return tell(faults, console);
  if (files.empty()) {
    console.err().line("picket pack: there are no rule files in " + escape_controls(options.path) +
                       "; no archive was made");
    return ExitStatus::nothing_selected;
  }
  const std::string bytes = write_archive(files);
  if (bytes.empty()) return could_not(console, "the archive could not be made");
  // The signature last: an archive without one is refused, not taken for another.
  const SignedPack signing{
      .path = options.output, .name = options.name, .version = parse_pack_version(options.version).value_or(1)};
  auto fault = write_file(options.output, bytes);
  if (!fault && !options.key.empty()) {
    fault = write_file(options.output + std::string(signature_ending),
                       sign(bytes, pack_comment(signing.name, signing.version), key));
  }
  if (fault) return could_not(console, "cannot write " + escape_controls(options.output) + ": " + *fault);
  console.out().line(escape_controls(options.output) + ": " + count_text(files.size(), "file") +
                     (options.key.empty() ? ", not signed" : ", " + signed_as(signing)));
  return ExitStatus::fine;
}

ExitStatus verify_archive(const PackCommandOptions& options, Console& console) {
  auto key = read_public_key(options.key);
  if (const auto* fault = std::get_if<std::string>(&key)) return could_not(console, *fault);
  Diagnostics diagnostics;
  const SourcePtr archive = read_file(options.path, ArchiveLimits{}.packed_bytes, diagnostics);
  if (archive == nullptr) return tell(diagnostics, console);
  const auto pack = verify_pack(options.path, archive->text(), std::get<PublicKey>(key), diagnostics);
  if (pack) (void)read_archive(archive->text(), options.path, {}, diagnostics);
  if (diagnostics.has_errors()) {
    (void)tell(diagnostics, console);
    return ExitStatus::found;
  }
  console.out().line(escape_controls(options.path) + ": " + signed_as(*pack));
  return ExitStatus::fine;
}

// Never over another key, and a secret one for its owner alone.
std::string write_new(const std::string& path, const std::string& text, mode_t mode) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0) return escape_controls(path) + ": " + std::strerror(errno);
  const bool whole = ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  return ::close(descriptor) == 0 && whole ? std::string() : escape_controls(path) + " could not be written";
}

ExitStatus make_keys(const PackCommandOptions& options, Console& console) {
  constexpr mode_t owners = 0600;
  constexpr mode_t everybodys = 0644;
  const KeyPair pair = make_key_pair();
  std::string fault = write_new(options.output + ".key", pair.secret_key, owners);
  if (fault.empty()) fault = write_new(options.output + ".pub", pair.public_key, everybodys);
  if (!fault.empty()) return could_not(console, fault);
  const std::string name = escape_controls(options.output);
  console.out().line(name + ".key signs packs: keep it secret. " + name + ".pub is for whoever runs them.");
  return ExitStatus::fine;
}

ExitStatus pack(const PackCommandOptions& options, Console& console) {
  switch (options.deed) {
    case PackCommandOptions::Deed::build:
      return build(options, console);
    case PackCommandOptions::Deed::verify:
      return verify_archive(options, console);
    case PackCommandOptions::Deed::keygen:
      return make_keys(options, console);
    case PackCommandOptions::Deed::none:
      break;
  }
  return could_not(console, "build, verify or keygen? `picket pack --help` tells more");
}

}  // namespace

Action declare_pack(Arguments& app) {
  using Deed = PackCommandOptions::Deed;
  const auto options = std::make_shared<PackCommandOptions>();
  app.footer(
      "Examples:\n"
      "  picket pack keygen -o picket\n"
      "  picket pack build rules -o pack.tar.gz --key picket.key --pack-version 7\n"
      "  picket pack verify pack.tar.gz --public-key picket.pub\n"
      "  picket run --rules pack.tar.gz --public-key picket.pub logs/\n");
  const auto declare = [&](const std::string& name, const std::string& summary, Deed deed) {
    return app.add_subcommand(name, summary, [options, deed] { options->deed = deed; });
  };
  Arguments made = declare("build", "check the rules of a folder and make an archive of them", Deed::build);
  made.add_option("folder", options->path, "the rules").type_name("DIR").required();
  made.add_option("-o,--output", options->output, "the archive, a tar packed by gzip")
      .type_name("FILE")
      .required()
      .check(output_fault);
  made.add_option("--key", options->key, "the secret key to sign with; FILE.minisig is written, too").type_name("KEY");
  made.add_option("--pack-version", options->version,
                  "its number, from 1 up, which may not go back (default: 1); needs --key")
      .type_name("N")
      .check(version_fault);
  made.add_option("--pack-name", options->name,
                  "which pack it is, for a key that signs several: the number counts for the name; needs --key")
      .type_name("NAME")
      .check(name_fault);
  Arguments seen = declare("verify", "say whether an archive is what was signed", Deed::verify);
  seen.add_option("archive", options->path, "the archive").type_name("FILE").required();
  seen.add_option("--public-key", options->key, "the key that counts").type_name("KEY").required();
  Arguments keys = declare("keygen", "make a pair of keys, NAME.key and NAME.pub", Deed::keygen);
  keys.add_option("-o,--output", options->output, "the name of both files").type_name("NAME").required();
  return [options](Console& console) { return pack(*options, console); };
}

}  // namespace picket
