#include "engine/pack/archived.hpp"

#include <filesystem>
#include <fstream>
#include <memory>
#include <system_error>
#include <utility>

#include "engine/archive/archive.hpp"
#include "engine/pack/lookup_tables.hpp"
#include "engine/pack/read_file.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

bool is_archive(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return false;
  std::string head(archive_head_bytes, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(file.gcount()));
  return looks_like_archive(head);
}

// As a folder with these files would be walked.
bool is_walked_to(std::string_view path) {
  while (true) {
    const std::size_t end = path.find('/');
    if (end == std::string_view::npos) return is_rule_file(path) || (is_table_file(path) && !path.starts_with('.'));
    if (!is_rule_folder(path.substr(0, end))) return false;
    path.remove_prefix(end + 1);
  }
}

void complain_of_unsigned(const std::string& path, Diagnostics& diagnostics) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    return complain_of_file(Code::no_such_file, path, "there is no file or directory `" + path + "`", diagnostics);
  }
  complain_of_file(Code::unsigned_pack, path, "`" + path + "` is no archive, and so nobody has signed it", diagnostics);
}

}  // namespace

ArchivedSources open_archives(const std::vector<std::string>& paths, const PackOptions& options,
                              Diagnostics& diagnostics) {
  ArchivedSources opened;
  for (const std::string& path : paths) {
    if (!is_archive(path)) {
      if (options.admit) {
        complain_of_unsigned(path, diagnostics);
      } else {
        opened.other_paths.push_back(path);
      }
      continue;
    }
    opened.any = true;
    const SourcePtr packed = read_file(path, options.archive.packed_bytes, diagnostics);
    if (packed == nullptr || (options.admit && !options.admit(path, packed->text(), diagnostics))) continue;
    for (ArchivedFile& file : read_archive(packed->text(), path, options.archive, diagnostics)) {
      if (!is_walked_to(file.path)) continue;
      std::string name = fs::path(path + "/" + file.path).lexically_normal().string();
      auto source = std::make_shared<const Source>(name, std::move(file.text));
      opened.sources.emplace(std::move(name), std::move(source));
    }
  }
  return opened;
}

}  // namespace picket
