// Finding what has become of a log file that was rotated: renamed, copied and truncated, packed.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/stream/file_identity.hpp"

namespace picket {

// A file, open: its name may be another one's by the time it is read.
class RotatedFile {
 public:
  RotatedFile(std::string path, int descriptor);
  RotatedFile(RotatedFile&& other) noexcept;
  RotatedFile& operator=(RotatedFile&& other) noexcept;
  ~RotatedFile();

  [[nodiscard]] const std::string& path() const { return path_; }
  // Of the first 1,024 bytes of its text, which is what it holds unpacked.
  [[nodiscard]] const FileHead& head() const { return head_; }
  // Whether its text begins as the one did that was read to a position.
  [[nodiscard]] bool holds_text_of(const InputPosition& position) const;
  // Whether it is the file itself that was read to a position.
  [[nodiscard]] bool is(const InputPosition& position) const {
    return device_ == position.device && inode_ == position.inode && holds_text_of(position);
  }
  // Whether the two hold one text: one is a copy of the other, or the other packed.
  [[nodiscard]] bool holds_text_of(const RotatedFile& other) const;
  // The descriptor, which is the caller's from now on; at the file's begin.
  [[nodiscard]] int release() { return std::exchange(descriptor_, -1); }

  // In the order in which they were written last.
  friend bool operator<(const RotatedFile& a, const RotatedFile& b) { return a.written_ < b.written_; }
  // Whether it is one file, by whatever name.
  friend bool operator==(const RotatedFile& a, const RotatedFile& b) {
    return a.device_ == b.device_ && a.inode_ == b.inode_;
  }

 private:
  std::string path_;
  int descriptor_;
  std::uint64_t device_ = 0;
  std::uint64_t inode_ = 0;
  std::int64_t written_ = 0;  // nanoseconds
  std::uint64_t size_ = 0;
  FileHead head_;
  std::string tail_;  // a digest of its last bytes, as they are
};

// Files beside `path` whose names begin with its name (`app.log.1`, `app.log-20260131.gz`), those written last at the
// end; not `path` itself, and of several that hold one text (one is just being packed) only the oldest. Rotation has to
// keep the time at which a file was written, as renaming, `cp -p` and gzip do.
[[nodiscard]] std::vector<RotatedFile> rotated_files(const std::string& path);

// What is left to be read of a log that was read to `position`, besides `path` itself: the file that this was, and all
// that were begun after it, in that order. None if that file is not to be found.
[[nodiscard]] std::vector<RotatedFile> rotated_rest(const std::string& path, const InputPosition& position);

}  // namespace picket
