#include "tools/watch/file_watcher.hpp"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace picket {
namespace {

namespace fs = std::filesystem;

constexpr int most_links = 40;  // one after the other, as Linux follows them

// Of a folder in which only names count; whatever else is asked of it is still told.
constexpr std::uint32_t renamings = IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ONLYDIR | IN_MASK_ADD;
constexpr std::uint32_t changes = IN_CLOSE_WRITE | renamings;

bool is_yaml(const std::string& name) {
  return !name.starts_with('.') && (name.ends_with(".yml") || name.ends_with(".yaml"));
}

std::string joined(const std::string& folder, const std::string& name) {
  return folder.empty() || folder == "." ? name : (fs::path(folder) / name).string();
}

}  // namespace

FileWatcher::FileWatcher(const std::vector<std::string>& paths, std::chrono::milliseconds quiet)
    : quiet_(quiet), descriptor_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  if (descriptor_ < 0) {
    failure_ = std::strerror(errno);
    return;
  }
  for (const std::string& path : paths) paths_.push_back(fs::path(path).lexically_normal().string());
  watch_all();
}

void FileWatcher::watch_all() {
  for (const std::string& path : paths_) watch_path(path);
}

void FileWatcher::watch_path(const std::string& path) {
  watch_way(path, most_links);
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return watch_folder(path);
  files_.insert(path);
  const std::string folder = fs::path(path).parent_path().string();
  const int watch = ::inotify_add_watch(descriptor_, folder.empty() ? "." : folder.c_str(), changes);
  if (watch < 0) failure_ = path + ": " + std::strerror(errno);
  folders_.emplace(watch, folder);
}

void FileWatcher::add_file(const std::string& file) {
  std::string path = fs::path(file).lexically_normal().string();
  if (files_.contains(path)) return;
  watch_path(path);
  paths_.push_back(std::move(path));
}

// A name that means something else now: the watches are of what was there before.
void FileWatcher::watch_anew() {
  std::set<int> watches;
  for (const auto& [watch, folder] : folders_) watches.insert(watch);
  for (const auto& [watch, name] : names_) watches.insert(watch);
  for (const int watch : watches) ::inotify_rm_watch(descriptor_, watch);
  folders_.clear();
  whole_.clear();
  files_.clear();
  names_.clear();
  blind_spots_.clear();
  failure_.clear();
  watch_all();
}

FileWatcher::~FileWatcher() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void FileWatcher::watch_folder(const std::string& folder) {
  const int watch = ::inotify_add_watch(descriptor_, folder.c_str(), changes);
  if (watch < 0) {
    failure_ = folder + ": " + std::strerror(errno);
    return;
  }
  folders_[watch] = folder;
  whole_.insert(folder);
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (is_yaml(name) && entry.is_symlink(ignored)) watch_way(joined(folder, name), most_links);
    if (entry.is_directory(ignored) && !entry.is_symlink(ignored) && !name.starts_with('.') && name != "__pycache__") {
      watch_folder(joined(folder, name));
    }
  }
}

// Each name on the way is watched where it stands, and so is the way that a link leads; at most so many links. What is
// missing may be just being replaced. A file is left out, whose folder is watched as a whole.
void FileWatcher::watch_way(const std::string& path, int most) {
  fs::path way;
  for (const fs::path& part : fs::path(path)) {
    const fs::path here = way / part;
    std::error_code fault;
    fs::file_type type = fs::symlink_status(here, fault).type();
    if (type == fs::file_type::symlink || type == fs::file_type::directory || type == fs::file_type::not_found) {
      watch_name(way.empty() ? "." : way.string(), part.string());
      type = fs::symlink_status(here, fault).type();  // what was changed before the watch is not told
    }
    if (type == fs::file_type::not_found) return;
    if (type == fs::file_type::symlink && most > 0) {
      const fs::path folder = fs::canonical(way.empty() ? fs::path(".") : way, fault);
      const fs::path target = fs::read_symlink(here, fault);
      if (!fault) watch_way((folder / target).string(), most - 1);
    }
    way = here;
  }
}

void FileWatcher::watch_name(const std::string& folder, const std::string& name) {
  if (name.empty() || name == "/" || name == "." || name == "..") return;  // nobody can rename these
  const int watch = ::inotify_add_watch(descriptor_, folder.c_str(), renamings);
  if (watch >= 0) {
    names_.emplace(watch, name);
  } else {
    blind_spots_.insert(folder + ": " + std::strerror(errno));
  }
}

// A folder within a watched one, which was made, moved or removed. Returns whether watches are of what was there
// before.
bool FileWatcher::note_folder(const std::string& path, bool gone, std::set<std::string>& changed) {
  if (gone) {
    if (!whole_.contains(path)) return false;
    changed.insert(path);
    return true;
  }
  std::error_code ignored;
  if (fs::path(path).filename().string().starts_with('.') || !fs::is_directory(path, ignored)) return false;
  // It may hold files already; those that are there when it is watched would never be told of.
  watch_folder(path);
  for (const auto& entry : fs::recursive_directory_iterator(path, ignored)) {
    if (is_yaml(entry.path().filename().string())) changed.insert(entry.path().string());
  }
  return false;
}

void FileWatcher::take(std::set<std::string>& changed) {
  bool outdated = false;  // watches are of what was there before
  alignas(inotify_event) std::array<char, 16 * 1024> buffer{};
  for (ssize_t size = 0; (size = ::read(descriptor_, buffer.data(), buffer.size())) > 0;) {
    for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const std::string name = event.len > 0 ? std::string(buffer.data() + at + sizeof event) : std::string();
      at += sizeof event + event.len;
      const auto told = [mask = event.mask](std::uint32_t kinds) { return (mask & kinds) != 0; };
      // More has happened than the system keeps: anything may have changed.
      const bool lost = told(IN_Q_OVERFLOW);
      if (lost || names_.contains({event.wd, name})) {
        outdated = true;
        changed.insert(paths_.begin(), paths_.end());
      }
      const auto folder = folders_.find(event.wd);
      if (folder == folders_.end() || name.empty()) continue;
      const std::string path = joined(folder->second, name);
      const bool whole = whole_.contains(folder->second);
      if (told(IN_ISDIR)) {
        if (whole && note_folder(path, told(IN_MOVED_FROM | IN_DELETE), changed)) outdated = true;
      } else if (!told(IN_CREATE)) {  // a file that is only made is not written yet
        if (files_.contains(path) || (whole && is_yaml(name))) changed.insert(path);
      }
    }
  }
  if (outdated) watch_anew();
}

std::set<std::string> FileWatcher::wait(int stop) {
  std::array<pollfd, 2> events = {
      {{.fd = descriptor_, .events = POLLIN, .revents = 0}, {.fd = stop, .events = POLLIN, .revents = 0}}};
  while (true) {
    const int ready = ::poll(events.data(), events.size(), -1);
    if (ready < 0 && errno != EINTR) return {};
    if (ready > 0 && events[1].revents != 0) return {};
    if (std::set<std::string> changed = take_changes(stop); !changed.empty()) return changed;
  }
}

std::set<std::string> FileWatcher::take_changes(int stop) {
  std::set<std::string> changed;
  std::array<pollfd, 2> events = {
      {{.fd = descriptor_, .events = POLLIN, .revents = 0}, {.fd = stop, .events = POLLIN, .revents = 0}}};
  take(changed);
  while (!changed.empty()) {
    const int ready = ::poll(events.data(), events.size(), static_cast<int>(quiet_.count()));
    if (ready < 0 && errno != EINTR) return {};
    if (ready > 0 && events[1].revents != 0) return {};
    if (ready == 0) break;
    take(changed);
  }
  return changed;
}

}  // namespace picket
