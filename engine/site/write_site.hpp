// Writing a site into a folder, only as far as it has changed.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/site/site.hpp"

namespace picket::site {

// Takes files from any number of threads. What lies there with the same bytes already is left alone. Files that an
// earlier run has written there and this one has not are removed in the end; nothing else is, for a folder may hold
// what somebody else has put there: what is ours is listed there, in `site.files`. A folder with an `index.html` and no
// such list is somebody else's site, and left alone.
class FolderWriter {
 public:
  explicit FolderWriter(std::filesystem::path folder);

  void take(const SiteFile& file);
  // The file stays as an earlier run has written it; of a page those as well that continue its list.
  void keep(const std::string& path);
  void keep_page(const std::string& path);
  // Everything stays.
  void keep_all() { taken_ = before_; }
  // Whether an earlier run has written files there, and all of them are there still.
  [[nodiscard]] bool complete() const { return complete_; }
  // A fingerprint of which files an earlier run has written.
  [[nodiscard]] std::string digest_of_list() const;

  // Removes what is no longer, and writes the list. Call once, when all is taken.
  void finish();

  [[nodiscard]] std::size_t files() const { return taken_.size(); }
  [[nodiscard]] std::size_t written() const { return written_; }
  [[nodiscard]] std::size_t removed() const { return removed_; }
  // What could not be written, with the reason; empty if nothing.
  [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }

 private:
  void write(const std::filesystem::path& path, const SiteFile& file);
  void write_list();

  std::filesystem::path folder_;
  std::vector<std::string> before_;  // sorted
  bool complete_ = false;
  std::mutex mutex_;                // guards what follows
  std::vector<std::string> taken_;  // in the end sorted
  std::size_t written_ = 0;
  std::size_t removed_ = 0;
  std::vector<std::string> faults_;
};

}  // namespace picket::site
