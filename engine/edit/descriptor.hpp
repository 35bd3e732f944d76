// A file that is open, as POSIX numbers it.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace picket {

class Descriptor {
 public:
  // Owns the number from here on; negative: it could not be opened.
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }

 private:
  int number_;
};

// Whether all of the text could be written; if not, errno says why.
[[nodiscard]] inline bool write_whole(const Descriptor& file, std::string_view text) {
  if (!file.open()) return false;
  while (!text.empty()) {
    const ssize_t written = ::write(file.number(), text.data(), text.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace picket
