// Input from a file, a pipe or standard input.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "engine/stream/batch_cutter.hpp"
#include "engine/stream/byte_reader.hpp"
#include "engine/stream/input.hpp"

namespace picket {

// Why a file is not opened.
struct NotOpened {
  std::string reason;      // in words that follow the file's name and a colon
  bool no_events = false;  // it was read in vain: it does not look like JSON, and nobody had named it
};

struct FileInputOptions {
  FrameLimits limits;
  // A descriptor that becomes readable when reading shall end; -1 for none.
  int wake = -1;
  // A file that was found, not named, is left alone if no line within its first 64 KiB begins as an event may.
  bool named = true;
  // How far the file of this name was read before. If it is another one by now, it is read from its begin.
  std::optional<InputPosition> resume;
  // Where the memory comes from that the file is read into; inputs read one after another may share it.
  std::shared_ptr<BufferPool> pool = std::make_shared<BufferPool>();
};

class FileInput : public Input {
 public:
  using Opened = std::variant<std::unique_ptr<FileInput>, NotOpened>;

  [[nodiscard]] static Opened open(const std::string& path, FileInputOptions options);
  // Reads an open descriptor, which stays the caller's.
  [[nodiscard]] static std::unique_ptr<FileInput> borrow(std::string name, int descriptor, FileInputOptions options);

  [[nodiscard]] const std::string& name() const override { return name_; }
  void read(const BatchTaker& to) override { cutter_.run(to); }
  [[nodiscard]] std::optional<InputPosition> position() const override { return position_; }
  [[nodiscard]] std::uint64_t bytes() const override { return cutter_.consumed(); }
  [[nodiscard]] std::uint64_t raw_bytes() const override { return reader_.raw_bytes(); }
  [[nodiscard]] std::optional<std::string> fault() const override { return reader_.fault(); }
  [[nodiscard]] bool interrupted() const override { return reader_.interrupted(); }

 private:
  FileInput(std::string name, int descriptor, bool owned, FileInputOptions options);
  void resume(int descriptor, const std::optional<InputPosition>& from);
  [[nodiscard]] bool looks_like_events();
  [[nodiscard]] std::size_t read_bytes(std::span<char> to);

  std::string name_;
  std::optional<InputPosition> position_;
  ByteReader reader_;
  std::string ahead_;  // unpacked already, to look at it
  BatchCutter cutter_;
};

}  // namespace picket
