#include "engine/stream/descriptor_reader.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace picket {
namespace {

constexpr int pipe_bytes = 1024 * 1024;  // Linux's 64 KiB make a pipe three times as slow as this

constexpr std::size_t wake_at = 0;
constexpr std::size_t stop_at = 1;
constexpr std::size_t bytes_at = 2;
using Events = std::array<pollfd, 3>;

// Asks for what has happened; waits for it for ever if `timeout` is -1.
Events poll_events(int wake, int stop, int descriptor, int timeout) {
  Events events = {{{.fd = wake, .events = POLLIN, .revents = 0},
                    {.fd = stop, .events = POLLIN, .revents = 0},
                    {.fd = descriptor, .events = POLLIN, .revents = 0}}};
  while (::poll(events.data(), events.size(), timeout) < 0 && errno == EINTR) {
  }
  return events;
}

}  // namespace

DescriptorReader::DescriptorReader(int descriptor, bool owned, int wake)
    : descriptor_(descriptor), owned_(owned), wake_(wake) {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) return;
  regular_ = S_ISREG(status.st_mode);
  if (regular_) (void)::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);       // a wish
  if (S_ISFIFO(status.st_mode)) (void)::fcntl(descriptor_, F_SETPIPE_SZ, pipe_bytes);  // another
}

DescriptorReader::~DescriptorReader() {
  if (owned_) ::close(descriptor_);
  if (stop_ >= 0) ::close(stop_);
}

std::size_t DescriptorReader::read(std::span<char> to) {
  while (!ended_ && wait()) {
    const ssize_t count = ::read(descriptor_, to.data(), to.size());
    if (count > 0) {
      bytes_.fetch_add(static_cast<std::uint64_t>(count), std::memory_order_relaxed);
      return static_cast<std::size_t>(count);
    }
    if (count == 0) {
      ended_ = true;
    } else if (errno != EINTR && errno != EAGAIN) {
      fault_ = std::string("cannot be read: ") + std::strerror(errno);
      ended_ = true;
    }
  }
  return 0;
}

// Waits for bytes or for the call to end; false if it is the latter. A regular file is always ready, and an endless
// wait on it could not be woken.
bool DescriptorReader::wait() {
  const Events events = poll_events(wake_, stop_, regular_ ? -1 : descriptor_, regular_ ? 0 : -1);
  interrupted_ = (events[wake_at].revents & POLLIN) != 0;
  ended_ = interrupted_ || events[stop_at].revents != 0;
  return !ended_;
}

bool DescriptorReader::ready() const {
  if (ended_ || regular_) return true;
  const Events events = poll_events(wake_, -1, descriptor_, 0);
  return events[wake_at].revents != 0 || events[bytes_at].revents != 0;
}

bool DescriptorReader::make_stoppable() {
  if (stop_ < 0) stop_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return stop_ >= 0;
}

void DescriptorReader::stop() const {
  const std::uint64_t once = 1;
  (void)!::write(stop_, &once, sizeof once);
}

}  // namespace picket
