#include "engine/edit/replace_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "engine/edit/descriptor.hpp"

namespace picket {
namespace {

constexpr mode_t permission_bits = 07777;

class SignalsWait {
 public:
  SignalsWait() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  SignalsWait(const SignalsWait&) = delete;
  SignalsWait& operator=(const SignalsWait&) = delete;
  ~SignalsWait() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

// The file aside, removed unless it has been put in place.
class FileAside {
 public:
  // Only this process's user can read it until write() gives it its permissions; a new file has those that the process
  // gives new files from the beginning.
  enum class Purpose : std::uint8_t { replaces, is_new };

  FileAside(const std::filesystem::path& target, Purpose purpose)
      : path_((target.parent_path() / ("." + target.filename().string() + ".XXXXXX")).string()),
        file_(purpose == Purpose::replaces ? ::mkostemp(path_.data(), O_CLOEXEC) : create()) {}
  FileAside(const FileAside&) = delete;
  FileAside& operator=(const FileAside&) = delete;
  ~FileAside() {
    if (file_.open() && !in_place_) ::unlink(path_.c_str());
  }

  // Each is false with errno set if it fails.
  [[nodiscard]] bool write(std::string_view text, std::optional<mode_t> permissions) const {
    if (!write_whole(file_, text)) return false;
    if (permissions && ::fchmod(file_.number(), *permissions) != 0) return false;
    return ::fsync(file_.number()) == 0;
  }
  [[nodiscard]] bool put_in_place(const std::string& target) {
    in_place_ = std::rename(path_.c_str(), target.c_str()) == 0;
    return in_place_;
  }

 private:
  // mkostemp() leaves the umask no say; the number of the process makes the name as single.
  int create() {
    path_.replace(path_.size() - 6, 6, std::to_string(::getpid()));
    return ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  }

  std::string path_;
  Descriptor file_;
  bool in_place_ = false;
};

std::string reason(int error) {
  if (error == EACCES || error == EPERM) return "you have no permission to write there";
  if (error == ENOENT) return "it is no longer there";
  if (error == ELOOP) return "it is a symbolic link; name the file that it points to";
  if (error == ENOSPC || error == EDQUOT) return "the disk is full";
  if (error == EROFS) return "the disk is read-only";
  return std::strerror(error);  // NOLINT(concurrency-mt-unsafe): glibc's is safe for known numbers
}

// Whether the rest of the file is exactly `expected`.
bool holds(const Descriptor& file, std::string_view expected) {
  std::array<char, 64 * 1024> piece{};
  while (true) {
    const ssize_t got = ::read(file.number(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) return expected.empty();
    const std::string_view read(piece.data(), static_cast<std::size_t>(got));
    if (!expected.starts_with(read)) return false;
    expected.remove_prefix(read.size());
  }
}

// The number of the open file of this process that a path stands for, if it is such a path.
std::optional<int> descriptor_named(std::string_view path) {
  if (path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    const std::string_view digits = path.substr(folder.size());
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc() && end == digits.data() + digits.size() && number >= 0) return number;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> replace_file(const std::string& path, std::string_view expected, std::string_view text) {
  // O_NONBLOCK: opening a pipe would wait for somebody to write into it.
  const Descriptor old(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!old.open()) return reason(errno);
  struct stat status {};
  if (::fstat(old.number(), &status) != 0) return reason(errno);
  if (!S_ISREG(status.st_mode)) return "it is no regular file";
  // A rename would put a writable file in the place of one that is not.
  if (::access(path.c_str(), W_OK) != 0) return reason(errno);
  if (!holds(old, expected)) return "it has changed since it was read";

  const std::filesystem::path target(path);
  const SignalsWait wait;
  FileAside aside(target, FileAside::Purpose::replaces);
  if (!aside.write(text, status.st_mode & permission_bits) || !aside.put_in_place(path)) return reason(errno);
  // The folder is not synced: after a crash the name may still stand for the old text, but for one of the two, whole.
  return std::nullopt;
}

std::optional<std::string> write_file(const std::string& path, std::string_view text) {
  if (const auto number = descriptor_named(path)) {
    // It may be a regular file, whose name would then stand for another one than the process has open.
    const Descriptor file(::fcntl(*number, F_DUPFD_CLOEXEC, 0));
    if (!write_whole(file, text)) return reason(errno);
    return std::nullopt;
  }
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (!exists && errno != ENOENT) return reason(errno);
  if (exists && S_ISDIR(status.st_mode)) return "it is a folder";
  if (exists && !S_ISREG(status.st_mode)) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!write_whole(file, text)) return reason(errno);
    return std::nullopt;
  }
  if (exists && ::access(path.c_str(), W_OK) != 0) return reason(errno);
  std::error_code ignored;
  const std::filesystem::path target = std::filesystem::is_symlink(path, ignored)
                                           ? std::filesystem::weakly_canonical(path, ignored)
                                           : std::filesystem::path(path);
  if (!target.parent_path().empty() && !std::filesystem::is_directory(target.parent_path(), ignored)) {
    return "there is no folder `" + target.parent_path().string() + "`";
  }
  const SignalsWait wait;
  FileAside aside(target, exists ? FileAside::Purpose::replaces : FileAside::Purpose::is_new);
  const auto permissions = exists ? std::optional<mode_t>(status.st_mode & permission_bits) : std::nullopt;
  if (!aside.write(text, permissions) || !aside.put_in_place(target.string())) return reason(errno);
  return std::nullopt;
}

}  // namespace picket
