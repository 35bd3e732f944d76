// FollowedFile: a log file of JSON lines that is being written to, across its rotations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "engine/stream/batch.hpp"
#include "engine/stream/byte_reader.hpp"
#include "engine/stream/frame.hpp"
#include "engine/stream/rotated_files.hpp"

namespace picket {

// Each line is an event (or an array of events, or a `Records` document). A line counts once it is ended, or its file
// is. Rotation by renaming and by copying and truncating is noticed; what was written to the old file until then is
// read first. One thread's.
class FollowedFile {
 public:
  // `resume`: how far the log was read before. Without one it is read from its begin.
  FollowedFile(std::string path, FrameLimits limits, std::optional<InputPosition> resume,
               std::shared_ptr<BufferPool> pool);
  FollowedFile(const FollowedFile&) = delete;
  FollowedFile& operator=(const FollowedFile&) = delete;
  ~FollowedFile();

  [[nodiscard]] const std::string& path() const { return *path_; }

  // Fills the batch with lines that there are. False if there are none just now.
  [[nodiscard]] bool read(Batch& batch);

  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  // Rotated files whose rest could not be found: they were gone, or could not be read.
  [[nodiscard]] std::uint64_t lost() const { return lost_; }
  // How often the file that is written to became unreadable, though it is there. It is tried again each time.
  [[nodiscard]] std::uint64_t faults() const { return faults_; }

 private:
  [[nodiscard]] bool open();
  void open_rotated();
  void open_current();
  void close();
  void adopt(int descriptor);
  [[nodiscard]] bool was_replaced();
  [[nodiscard]] bool skipped_files();
  [[nodiscard]] bool take_chunk();
  void end_file();
  void cut(std::string text, bool ended);
  void drop_long_line(std::string& text, bool ended);
  void hand_over_long_line();
  void hand_over(const std::string& lines);
  void push(Batch batch);

  std::shared_ptr<const std::string> path_;
  FrameLimits limits_;
  std::shared_ptr<BufferPool> pool_;
  std::shared_ptr<const InputPosition> file_;  // which file the text is of; null before there is one
  InputPosition position_;                     // how far its lines were handed over
  std::optional<InputPosition> previous_;      // the file before the current one, until that is known to be the next
  bool resumes_ = false;                       // position_ is an earlier run's, and the file not found yet
  std::deque<RotatedFile> rotated_;            // to be read before the current one
  int descriptor_ = -1;                        // of the current file, if it is open
  std::unique_ptr<ByteReader> reader_;         // of what is read now
  bool current_ = false;                       // it is the current file
  std::string carry_;                          // bytes of a line that is not ended yet
  std::uint64_t too_long_ = 0;                 // bytes of it, if it is longer than allowed: carry_ is its beginning
  std::deque<Batch> ready_;
  std::uint64_t bytes_ = 0;
  std::uint64_t lost_ = 0;
  std::uint64_t faults_ = 0;
  bool unreadable_ = false;  // the last attempt to read failed, which is counted
};

}  // namespace picket
