#include "engine/alert/named_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace picket {
namespace {

constexpr mode_t permissions = 0666;  // less the process's mask

std::string reason_of(int error) {
  if (error == EINTR) return "nobody reads it, and the wait for a reader was interrupted";
  return std::strerror(error);
}

bool is_regular_file(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

bool leads_to(const std::string& path, int descriptor) {
  struct stat named {};
  struct stat open {};
  return ::stat(path.c_str(), &named) == 0 && ::fstat(descriptor, &open) == 0 && named.st_dev == open.st_dev &&
         named.st_ino == open.st_ino;
}

int access_for(NamedFile::Use use) { return use == NamedFile::Use::emptied ? O_WRONLY : O_RDWR; }

}  // namespace

// A wait for the reader of a pipe that is interrupted is not begun again: it may be a stop that interrupts it.
NamedFile::Opened NamedFile::open(const std::string& path, Use use) {
  const int emptying = use == Use::emptied ? O_TRUNC : 0;
  const int descriptor = ::open(path.c_str(), access_for(use) | O_CREAT | O_APPEND | O_CLOEXEC | emptying, permissions);
  if (descriptor < 0) return reason_of(errno);
  return std::unique_ptr<NamedFile>(new NamedFile(path, use, descriptor));
}

NamedFile::NamedFile(std::string path, Use use, int descriptor)
    : path_(std::move(path)), use_(use), regular_(is_regular_file(descriptor)), descriptor_(descriptor) {}

NamedFile::~NamedFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (next_ >= 0) ::close(next_);
}

// What the name leads to now may hold lines already, of another's or of an earlier look: it is never emptied.
std::variant<bool, std::string> NamedFile::look_again() {
  const std::lock_guard lock(mutex_);
  if (!regular_ || descriptor_ < 0 || leads_to(path_, next_ >= 0 ? next_ : descriptor_)) return false;
  const int found = ::open(path_.c_str(), access_for(use_) | O_CREAT | O_APPEND | O_NONBLOCK | O_CLOEXEC, permissions);
  if (found < 0) return reason_of(errno);
  if (!is_regular_file(found)) {
    ::close(found);
    return std::string("is no regular file any more");
  }
  const int passed_over = std::exchange(next_, found);
  if (passed_over >= 0) ::close(passed_over);
  return true;
}

bool NamedFile::has_next() {
  const std::lock_guard lock(mutex_);
  return next_ >= 0;
}

bool NamedFile::change_over() {
  const std::lock_guard lock(mutex_);
  if (next_ < 0) return false;
  ::close(std::exchange(descriptor_, std::exchange(next_, -1)));
  return true;
}

int NamedFile::close() {
  const std::lock_guard lock(mutex_);
  return ::close(std::exchange(descriptor_, -1)) == 0 ? 0 : errno;
}

}  // namespace picket
