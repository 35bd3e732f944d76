// Input from log files that are being written to, all of them at once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/stream/followed_file.hpp"
#include "engine/stream/input.hpp"

namespace picket {

struct FollowOptions {
  FrameLimits limits;
  // A descriptor that becomes readable when reading shall end; -1 for never.
  int wake = -1;
  // How far a log was read before; nothing for one that never was. Null: none was.
  std::function<std::optional<InputPosition>(const std::string& path)> position_of;
};

// Its reading ends only when it is told to. Each of its batches says which file it is of.
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

 private:
  void watch(const std::string& path);
  [[nodiscard]] bool wait();

  std::string name_ = "<followed>";
  int wake_;
  int notifications_;  // inotify's, or -1
  bool interrupted_ = false;
  std::vector<std::unique_ptr<FollowedFile>> files_;
};

}  // namespace picket
