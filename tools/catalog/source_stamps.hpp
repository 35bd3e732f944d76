// Which rule files there are, and whether they have changed.
#pragma once

#include <string>
#include <vector>

#include "engine/catalog/catalog_state.hpp"

namespace picket {

struct Pack;

// The files below the paths as they are now, sorted by path, none of them `single`; false if they cannot be told by
// looking at them (an archive, or a path that is not there).
[[nodiscard]] bool stamp_files(const std::vector<std::string>& paths, std::vector<SourceStamp>& stamps);
// The same for files by name; one that is not there has size and time 0.
[[nodiscard]] std::vector<SourceStamp> stamp_named(const std::vector<std::string>& files);

// Says of each file whether it is `single`: it holds one rule, which nothing in the pack builds on.
void mark_single(const Pack& pack, std::vector<SourceStamp>& stamps);

// Whether rules of the pack depend on files that are not rule files: lookup tables, recorded events.
[[nodiscard]] bool has_other_inputs(const Pack& pack);

// What has become of files between two looks, by path.
struct StampChanges {
  std::vector<std::string> removed;
  std::vector<std::string> changed;
  std::vector<std::string> added;
  [[nodiscard]] bool none() const { return removed.empty() && changed.empty() && added.empty(); }
};
[[nodiscard]] StampChanges changes_between(const std::vector<SourceStamp>& before, const std::vector<SourceStamp>& now);

}  // namespace picket
