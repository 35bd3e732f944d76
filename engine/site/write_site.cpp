#include "engine/site/write_site.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>

#include "engine/digest/digest.hpp"
#include "engine/edit/descriptor.hpp"

namespace picket::site {
namespace {

namespace fs = std::filesystem;

constexpr const char* list_name = "site.files";
constexpr const char* front_page = "index.html";

// Paths that a list may name: ours, below the folder.
bool is_ours(std::string_view path) {
  return !path.empty() && path.front() != '/' && path.find("..") == std::string_view::npos &&
         path.find('\\') == std::string_view::npos && path.find(':') == std::string_view::npos;
}

constexpr std::array folders = {"",      "rules",     "fields", "indicators", "log-types", "techniques",
                                "packs", "libraries", "yaml",   "json",       "assets"};

bool has_bytes(const fs::path& path, const std::string& content) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (!file.open() || ::fstat(file.number(), &status) != 0) return false;
  if (static_cast<std::size_t>(status.st_size) != content.size()) return false;
  std::array<char, std::size_t{64} * 1024> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init): read into
  for (std::string_view rest = content; !rest.empty();) {
    const ssize_t got = ::read(file.number(), piece.data(), std::min(piece.size(), rest.size()));
    if (got <= 0 || !rest.starts_with(std::string_view(piece.data(), static_cast<std::size_t>(got)))) return false;
    rest.remove_prefix(static_cast<std::size_t>(got));
  }
  return true;
}

}  // namespace

FolderWriter::FolderWriter(fs::path folder) : folder_(std::move(folder)) {
  std::ifstream list(folder_ / list_name);
  for (std::string line; std::getline(list, line);) {
    if (is_ours(line)) before_.push_back(std::move(line));
  }
  std::ranges::sort(before_);
  std::size_t present = 0;
  std::error_code error;
  const bool listed = fs::exists(folder_ / list_name, error);
  if (!listed && fs::exists(folder_ / front_page, error)) {
    faults_.push_back((folder_ / front_page).string() + ": it is there already, and no catalog has written it");
    return;
  }
  for (const std::string_view sub : folders) {
    fs::create_directories(folder_ / sub, error);
    if (error) {
      faults_.push_back((folder_ / sub).string() + ": " + error.message());
      return;
    }
    const std::string prefix = sub.empty() ? "" : std::string(sub) + "/";
    fs::directory_iterator at(folder_ / sub, error);
    for (; !error && at != fs::directory_iterator(); at.increment(error)) {
      const std::string_view path = at->path().native();
      const std::string name = prefix + std::string(path.substr(path.rfind('/') + 1));
      present += std::ranges::binary_search(before_, name) ? 1 : 0;
    }
  }
  complete_ = !before_.empty() && present == before_.size();
  // So that the folder is known for ours, should this run be cut short.
  if (!listed) std::ofstream(folder_ / list_name);
}

void FolderWriter::write(const fs::path& path, const SiteFile& file) {
  constexpr mode_t readable = 0644;
  const Descriptor out(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, readable));
  const bool whole = write_whole(out, file.content);
  const int fault = errno;
  const std::scoped_lock lock(mutex_);
  if (whole) {
    ++written_;
  } else {
    faults_.push_back(path.string() + ": " + std::strerror(fault));  // NOLINT(concurrency-mt-unsafe): glibc's is safe
  }
}

void FolderWriter::take(const SiteFile& file) {
  const fs::path path = folder_ / file.path;
  if (!has_bytes(path, file.content)) write(path, file);
  keep(file.path);
}

void FolderWriter::keep(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  taken_.push_back(path);
}

void FolderWriter::keep_page(const std::string& path) {
  const std::string more = path.substr(0, path.rfind('.')) + "~";
  const std::scoped_lock lock(mutex_);
  taken_.push_back(path);
  for (auto next = std::ranges::lower_bound(before_, more); next != before_.end() && next->starts_with(more); ++next) {
    taken_.push_back(*next);
  }
}

std::string FolderWriter::digest_of_list() const {
  std::string list;
  for (const std::string& path : before_) list += path + "\n";
  return digest_of({list});
}

void FolderWriter::finish() {
  std::ranges::sort(taken_);
  taken_.erase(std::unique(taken_.begin(), taken_.end()), taken_.end());
  std::vector<std::string> gone;
  std::ranges::set_difference(before_, taken_, std::back_inserter(gone));
  for (const std::string& path : gone) {
    std::error_code error;
    if (fs::remove(folder_ / path, error)) ++removed_;
  }
  if (before_ != taken_) {
    before_ = taken_;
    write_list();
  }
}

void FolderWriter::write_list() {
  SiteFile list{list_name, {}};
  for (const std::string& path : taken_) list.content += path + "\n";
  const std::size_t written = written_;
  write(folder_ / list_name, list);
  written_ = written;
}

}  // namespace picket::site
