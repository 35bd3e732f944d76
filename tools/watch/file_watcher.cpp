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

constexpr std::uint32_t changes =
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_ONLYDIR;

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
  watch_links(path, most_links);
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

// A link that leads elsewhere: the watches are of what was there before.
void FileWatcher::watch_anew() {
  std::set<int> watches;
  for (const auto& [watch, folder] : folders_) watches.insert(watch);
  for (const auto& [watch, name] : links_) watches.insert(watch);
  for (const int watch : watches) ::inotify_rm_watch(descriptor_, watch);
  folders_.clear();
  whole_.clear();
  files_.clear();
  links_.clear();
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
    if (is_yaml(name) && entry.is_symlink(ignored)) watch_links(joined(folder, name), most_links);
    if (entry.is_directory(ignored) && !entry.is_symlink(ignored) && !name.starts_with('.') && name != "__pycache__") {
      watch_folder(joined(folder, name));
    }
  }
}

// Whatever on the way is a link is watched where it stands, and so is the way that it leads; at most so many links.
// What is missing may be a link that is just being replaced.
void FileWatcher::watch_links(const std::string& path, int most) {
  fs::path way;
  for (const fs::path& part : fs::path(path)) {
    const fs::path here = way / part;
    std::error_code fault;
    const fs::file_type type = fs::symlink_status(here, fault).type();
    if (type == fs::file_type::symlink || type == fs::file_type::not_found) {
      const int watch = ::inotify_add_watch(descriptor_, way.empty() ? "." : way.c_str(), changes);
      if (watch >= 0) links_.emplace(watch, part.string());
    }
    if (type == fs::file_type::not_found) return;
    if (type == fs::file_type::symlink && most > 0) {
      const fs::path folder = fs::canonical(way.empty() ? fs::path(".") : way, fault);
      const fs::path target = fs::read_symlink(here, fault);
      if (!fault) watch_links((folder / target).string(), most - 1);
    }
    way = here;
  }
}

// A folder that was made may hold files already; those that are there when it is watched would never be told of.
void FileWatcher::note(const std::string& folder, const std::string& name, bool is_folder,
                       std::set<std::string>& changed) {
  const std::string path = joined(folder, name);
  if (files_.contains(path)) changed.insert(path);
  if (!whole_.contains(folder)) return;
  if (!is_folder) {
    if (is_yaml(name)) changed.insert(path);
    return;
  }
  std::error_code ignored;
  if (name.starts_with('.') || !fs::is_directory(path, ignored)) return;
  watch_folder(path);
  for (const auto& entry : fs::recursive_directory_iterator(path, ignored)) {
    if (is_yaml(entry.path().filename().string())) changed.insert(entry.path().string());
  }
}

void FileWatcher::take(std::set<std::string>& changed) {
  bool links_changed = false;
  alignas(inotify_event) std::array<char, 16 * 1024> buffer{};
  for (ssize_t size = 0; (size = ::read(descriptor_, buffer.data(), buffer.size())) > 0;) {
    for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const std::string name = event.len > 0 ? std::string(buffer.data() + at + sizeof event) : std::string();
      at += sizeof event + event.len;
      if ((event.mask & IN_Q_OVERFLOW) != 0) {
        // More has happened than the system keeps: anything may have changed.
        changed.insert(whole_.begin(), whole_.end());
        changed.insert(files_.begin(), files_.end());
      }
      links_changed |= links_.contains({event.wd, name});
      const auto folder = folders_.find(event.wd);
      if (folder == folders_.end() || name.empty()) continue;
      // A file that is only made is not written yet.
      const bool is_folder = (event.mask & IN_ISDIR) != 0;
      if (!is_folder && (event.mask & IN_CREATE) != 0) continue;
      note(folder->second, name, is_folder, changed);
    }
  }
  if (!links_changed) return;
  watch_anew();
  changed.insert(paths_.begin(), paths_.end());
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
