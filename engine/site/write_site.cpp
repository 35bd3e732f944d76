#include "engine/site/write_site.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

namespace picket::site {
namespace {

namespace fs = std::filesystem;

constexpr const char* list_name = "site.files";

// Paths that a list may name: ours, below the folder.
bool is_ours(std::string_view path) {
  return !path.empty() && path.front() != '/' && path.find("..") == std::string_view::npos &&
         path.find('\\') == std::string_view::npos && path.find(':') == std::string_view::npos;
}

bool has_bytes(const fs::path& path, const std::string& content) {
  std::error_code error;
  if (fs::file_size(path, error) != content.size() || error) return false;
  std::ifstream in(path, std::ios::binary);
  std::string bytes(content.size(), '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return in && bytes == content;
}

}  // namespace

FolderWriter::FolderWriter(fs::path folder) : folder_(std::move(folder)) {
  std::ifstream list(folder_ / list_name);
  for (std::string line; std::getline(list, line);) {
    if (is_ours(line)) before_.insert(std::move(line));
  }
  std::error_code error;
  for (const char* sub :
       {"", "rules", "fields", "indicators", "log-types", "techniques", "packs", "libraries", "assets"}) {
    fs::create_directories(folder_ / sub, error);
    if (error) {
      faults_.push_back((folder_ / sub).string() + ": " + error.message());
      return;
    }
  }
}

void FolderWriter::write(const fs::path& path, const SiteFile& file) {
  errno = 0;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(file.content.data(), static_cast<std::streamsize>(file.content.size()));
  out.close();
  const std::scoped_lock lock(mutex_);
  if (out) {
    ++written_;
  } else {
    faults_.push_back(path.string() + ": " + std::strerror(errno));
  }
}

void FolderWriter::take(const SiteFile& file) {
  const fs::path path = folder_ / file.path;
  if (!has_bytes(path, file.content)) write(path, file);
  keep(file.path);
}

void FolderWriter::keep(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  taken_.insert(path);
}

bool FolderWriter::has(const std::string& path) const {
  std::error_code error;
  return before_.contains(path) && fs::is_regular_file(folder_ / path, error);
}

void FolderWriter::finish() {
  for (const std::string& path : before_) {
    if (taken_.contains(path)) continue;
    std::error_code error;
    if (fs::remove(folder_ / path, error)) ++removed_;
  }
  if (before_ == taken_) return;
  SiteFile list{list_name, {}};
  for (const std::string& path : taken_) list.content += path + "\n";
  const std::size_t written = written_;
  write(folder_ / list_name, list);
  written_ = written;
}

}  // namespace picket::site
