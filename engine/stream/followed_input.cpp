#include "engine/stream/followed_input.hpp"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>

#include "engine/stream/file_identity.hpp"

namespace picket {
namespace {

// Some file systems (those of networks) tell nobody of changes: then they are looked for so often.
constexpr int look_milliseconds = 250;
// Batches of one file before it is the next one's turn.
constexpr int batches_in_turn = 16;

}  // namespace

FollowedInput::FollowedInput(const std::vector<std::string>& paths, const FollowOptions& options)
    : wake_(options.wake), notifications_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  const auto pool = std::make_shared<BufferPool>();
  for (const std::string& path : paths) {
    std::optional<InputPosition> resume;
    if (options.position_of) resume = options.position_of(remembered_name(path));
    files_.push_back(std::make_unique<FollowedFile>(path, options.limits, std::move(resume), pool));
    watch(path);
  }
}

FollowedInput::~FollowedInput() {
  if (notifications_ >= 0) ::close(notifications_);
}

// The folder, because a file may come and go.
void FollowedInput::watch(const std::string& path) {
  if (notifications_ < 0) return;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  (void)::inotify_add_watch(notifications_, folder.empty() ? "." : folder.c_str(),
                            IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE);
}

void FollowedInput::read(const BatchTaker& to) {
  for (;;) {
    bool some = false;
    for (const std::unique_ptr<FollowedFile>& file : files_) {
      Batch batch;
      for (int i = 0; i < batches_in_turn && file->read(batch); ++i) {
        some = true;
        if (!to.take(batch)) return;
      }
    }
    if (some) {
      pollfd stop{.fd = wake_, .events = POLLIN, .revents = 0};
      interrupted_ = ::poll(&stop, 1, 0) > 0;
    } else {
      if (!to.rest()) return;
      interrupted_ = !wait();
    }
    if (interrupted_) return;
  }
}

// Until something may have happened; false if reading shall end.
bool FollowedInput::wait() {
  std::array<pollfd, 2> events = {
      {{.fd = wake_, .events = POLLIN, .revents = 0}, {.fd = notifications_, .events = POLLIN, .revents = 0}}};
  if (::poll(events.data(), events.size(), look_milliseconds) < 0) return true;
  if (events[0].revents != 0) return false;
  std::array<char, 4096> told{};
  while (events[1].revents != 0 && ::read(notifications_, told.data(), told.size()) > 0) {
  }
  return true;
}

std::uint64_t FollowedInput::bytes() const {
  std::uint64_t sum = 0;
  for (const std::unique_ptr<FollowedFile>& file : files_) sum += file->bytes();
  return sum;
}

std::uint64_t FollowedInput::lost() const {
  std::uint64_t sum = 0;
  for (const std::unique_ptr<FollowedFile>& file : files_) sum += file->lost();
  return sum;
}

}  // namespace picket
