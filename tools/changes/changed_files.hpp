// What has changed since a revision, by git.
#pragma once

#include <set>
#include <string>
#include <variant>
#include <vector>

namespace picket {

class ChangedFiles {
 public:
  // Files that differ between the revision and the working tree, and those that git does not track and is not told to
  // ignore, in the repositories that hold `paths`. The other alternative is why they cannot be known, a sentence
  // without its full stop.
  [[nodiscard]] static std::variant<ChangedFiles, std::string> since(const std::string& revision,
                                                                     const std::vector<std::string>& paths);

  // Whether the file is one of them, by whatever way the path leads there.
  [[nodiscard]] bool contains(const std::string& path) const;

 private:
  std::set<std::string> files_;  // absolute, without links
};

}  // namespace picket
