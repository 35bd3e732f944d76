// A log file that is written to and rotated, as programs and logrotate do it.
#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "tests/temporary_folder.hpp"
#include "tests/unit/stream/packing.hpp"

namespace picket::tests {

enum class Rotation : std::uint8_t { none, rename, rename_and_pack, copy_and_truncate };

class RotatingLog {
 public:
  RotatingLog(std::string path, Rotation rotation) : path_(std::move(path)), rotation_(rotation) {}

  // Appends in two steps, so that whoever reads may see a part of a line.
  void write(const std::string& text, std::size_t first) {
    append(text.substr(0, first));
    append(text.substr(first));
  }

  void rotate() {
    namespace fs = std::filesystem;
    if (rotation_ == Rotation::none || !fs::exists(path_)) return;
    if (rotation_ == Rotation::copy_and_truncate) {
      const std::string copy = name_of(++files_);
      fs::copy_file(path_, copy);
      keep_time(path_, copy);
      fs::resize_file(path_, 0);
      return;
    }
    for (int number = files_; number > 0; --number) {
      for (const char* ending : {"", ".gz"}) {
        const std::string old = name_of(number) + ending;
        if (fs::exists(old)) fs::rename(old, name_of(number + 1) + ending);
      }
    }
    fs::rename(path_, name_of(1));
    ++files_;
    if (rotation_ == Rotation::rename_and_pack && files_ > 1) pack(name_of(2));
  }

 private:
  [[nodiscard]] std::string name_of(int number) const { return path_ + "." + std::to_string(number); }

  void append(const std::string& text) {
    std::ofstream file(path_, std::ios::binary | std::ios::app);
    file << text << std::flush;
  }

  // As gzip does: aside, then the time, then the old one goes.
  static void pack(const std::string& file) {
    if (!std::filesystem::exists(file)) return;
    std::ofstream(file + ".gz", std::ios::binary) << gzipped(read_file(file));
    keep_time(file, file + ".gz");
    std::filesystem::remove(file);
  }

  static void keep_time(const std::string& from, const std::string& to) {
    std::filesystem::last_write_time(to, std::filesystem::last_write_time(from));
  }

  std::string path_;
  Rotation rotation_;
  int files_ = 0;
};

}  // namespace picket::tests
