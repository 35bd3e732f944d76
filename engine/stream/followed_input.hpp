// Input from log files that are being written to, all of them at once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/stream/followed_file.hpp"
#include "engine/stream/input.hpp"

namespace picket {

struct FollowOptions {
  FrameLimits limits;
  // A descriptor that becomes readable when reading shall end; -1 for never.
  int wake = -1;
  // How far a log was read before; nothing for one that never was. Null: none was.
  std::function<std::optional<InputPosition>(const std::string& path)> position_of;
  // When the event on a line happened; nothing if it does not say. Null: nobody knows.
  std::function<std::optional<Time>(std::string_view line)> time_of;
};

// Its reading ends only when it is told to. Each of its batches says which file it is of. Of several files that have
// something to read, the one comes next whose events are behind those of the others: so what has piled up in them is
// read nearly in the order in which it happened.
class FollowedInput : public Input {
 public:
  FollowedInput(const std::vector<std::string>& paths, const FollowOptions& options);
  ~FollowedInput() override;

  [[nodiscard]] const std::string& name() const override { return name_; }
  void read(const BatchTaker& to) override;
  [[nodiscard]] std::uint64_t bytes() const override;
  [[nodiscard]] std::uint64_t raw_bytes() const override { return bytes(); }
  [[nodiscard]] std::optional<std::string> fault() const override { return std::nullopt; }
  [[nodiscard]] bool interrupted() const override { return interrupted_; }
  // Rotated files whose rest could not be found.
  [[nodiscard]] std::uint64_t lost() const;
  // The same of FollowedFile::faults().
  [[nodiscard]] std::uint64_t faults() const;

 private:
  struct Log {
    std::unique_ptr<FollowedFile> file;
    std::optional<Time> reached;  // when the last event read of it happened, or those beside which it was read
    std::uint64_t batches = 0;
  };

  void watch(const std::string& path) const;
  [[nodiscard]] bool next(Batch& batch);
  [[nodiscard]] bool wait();

  std::string name_ = "<followed>";
  int wake_;
  int notifications_;  // inotify's, or -1
  bool interrupted_ = false;
  std::function<std::optional<Time>(std::string_view line)> time_of_;
  std::vector<Log> logs_;
  std::vector<Log*> turns_;  // whose turn it is, until one has something
};

}  // namespace picket
