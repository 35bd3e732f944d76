// A file that is written to for long, and that others may rename meanwhile to begin a new one: whoever rotates logs.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <variant>

namespace picket {

// One thread writes to the descriptor; another may look whether the name leads elsewhere.
class NamedFile {
 public:
  using Opened = std::variant<std::unique_ptr<NamedFile>, std::string>;
  enum class Use {
    emptied,   // what is there is dropped; for writing
    appended,  // what is there stays; for reading, too
  };
  // Opens or makes the file; whatever is written goes to its end. The other alternative is why that cannot be done.
  [[nodiscard]] static Opened open(const std::string& path, Use use);
  NamedFile(const NamedFile&) = delete;
  NamedFile& operator=(const NamedFile&) = delete;
  ~NamedFile();

  [[nodiscard]] const std::string& path() const { return path_; }
  // The writer's.
  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] bool is_regular() const { return regular_; }

  // From any thread: if the name leads to another file now, or to none, opens that one, or makes it, for
  // change_over(). Returns whether it did; the other alternative is why it could not, and then all stays as it is.
  [[nodiscard]] std::variant<bool, std::string> look_again();
  // Whether look_again() has found one that was not changed over to yet; from any thread.
  [[nodiscard]] bool has_next();
  // The writer's, between two lines: `descriptor()` is from now on what look_again() has found. Returns whether it has
  // found anything.
  bool change_over();
  // The writer's: errno of closing it, or 0. Some file systems (a full quota, NFS) tell only then.
  [[nodiscard]] int close();

 private:
  NamedFile(std::string path, Use use, int descriptor);

  std::string path_;
  Use use_;
  bool regular_;
  std::mutex mutex_;  // of the two below, where they change
  int descriptor_;
  int next_ = -1;  // that look_again() has found
};

}  // namespace picket
