#include "tools/catalog/state_file.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "engine/digest/digest.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

// By the XDG Base Directory Specification: a path there is absolute or does not count.
fs::path cache_folder() {
  for (const auto& [variable, below] : {std::pair{"XDG_CACHE_HOME", ""}, {"HOME", ".cache"}}) {
    const char* value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): nobody sets variables
    if (value != nullptr && fs::path(value).is_absolute()) return fs::path(value) / below / "picket";
  }
  return {};
}

}  // namespace

StateFile::StateFile(const std::string& site_folder) {
  std::error_code error;
  // Absolute first: a relative path of which nothing is there yet stays one.
  const fs::path folder = fs::weakly_canonical(fs::absolute(site_folder, error), error);
  const fs::path cache = cache_folder();
  if (error || cache.empty()) return;
  path_ = (cache / ("catalog-" + digest_of({folder.string()}))).string();
}

std::optional<CatalogState> StateFile::read() const {
  if (path_.empty()) return std::nullopt;
  std::error_code error;
  const auto size = fs::file_size(path_, error);
  if (error) return std::nullopt;
  std::string bytes(size, '\0');
  std::ifstream in(path_, std::ios::binary);
  if (!in.read(bytes.data(), static_cast<std::streamsize>(size))) return std::nullopt;
  return unpacked_state(bytes);
}

void StateFile::write(const CatalogState& state) const {
  if (path_.empty()) return;
  std::error_code error;
  fs::create_directories(fs::path(path_).parent_path(), error);
  // Aside first: a run that is stopped leaves the old file, not half of one.
  const std::string aside = path_ + ".new";
  {
    std::ofstream out(aside, std::ios::binary | std::ios::trunc);
    const std::string bytes = packed(state);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out.flush()) return;
  }
  fs::rename(aside, path_, error);
}

void StateFile::remove() const {
  std::error_code ignored;
  if (!path_.empty()) fs::remove(path_, ignored);
}

}  // namespace picket
