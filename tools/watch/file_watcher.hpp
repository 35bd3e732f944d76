// Waiting for rule files to change, by inotify.
#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace picket {

class FileWatcher {
 public:
  // Watches the files and folders, and the folders within them (hidden ones left out); and the names by which they are
  // reached, for `current -> release-42` may lead elsewhere tomorrow, and another folder may be renamed to `rules`.
  // `failure()` and `blind_spots()` tell what of that could not be done. A save, or whatever else belongs together, is
  // over when nothing has happened for `quiet`.
  explicit FileWatcher(const std::vector<std::string>& paths,
                       std::chrono::milliseconds quiet = std::chrono::milliseconds(5));
  FileWatcher(const FileWatcher&) = delete;
  FileWatcher& operator=(const FileWatcher&) = delete;
  ~FileWatcher();

  // Watches one more file, whatever it is named.
  void add_file(const std::string& file);

  // Empty, or why nothing can be watched, in words that follow "cannot watch: ".
  [[nodiscard]] const std::string& failure() const { return failure_; }

  // Folders on the way in which no renaming would be noticed, each with the reason: "/srv: Permission denied".
  [[nodiscard]] const std::set<std::string>& blind_spots() const { return blind_spots_; }

  // Waits for YAML files, or a file that was named itself, to be written, moved, made or removed, and then until
  // it is quiet, because editors save in several steps. Returns their names as discover() gives them, or, if a name on
  // the way to them means something else now, all paths that are watched; nothing if `stop` became readable.
  [[nodiscard]] std::set<std::string> wait(int stop);
  // The same for who waits himself until `descriptor()` is readable: nothing if what has happened does not count.
  [[nodiscard]] std::set<std::string> take_changes(int stop);
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  void watch_all();
  void watch_path(const std::string& path);
  void watch_anew();
  void watch_folder(const std::string& folder);
  void watch_way(const std::string& path, int most);
  void watch_name(const std::string& folder, const std::string& name);
  void take(std::set<std::string>& changed);
  [[nodiscard]] bool note_folder(const std::string& path, bool gone, std::set<std::string>& changed);

  std::vector<std::string> paths_;  // as discover() names what it finds
  std::chrono::milliseconds quiet_;
  int descriptor_ = -1;
  std::string failure_;
  std::map<int, std::string> folders_;  // by watch; whole ones
  std::set<std::string> whole_;         // of them those in which every YAML file counts
  std::set<std::string> files_;         // named themselves
  // On the way to what is watched, the names of folders, of links, and of what is missing: with the watch of the folder
  // they are in.
  std::set<std::pair<int, std::string>> names_;
  std::set<std::string> blind_spots_;
};

}  // namespace picket
