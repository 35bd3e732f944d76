#include "engine/stream/followed_input.hpp"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "engine/stream/file_identity.hpp"

namespace picket {
namespace {

// Some file systems (those of networks) tell nobody of changes: then they are looked for so often.
constexpr int look_milliseconds = 250;

std::string_view last_line(const Piece& piece) {
  std::string_view text = piece.frame.text;
  if (!piece.lines) return text;
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text.substr(text.rfind('\n') + 1);  // none: npos + 1 is 0
}

}  // namespace

FollowedInput::FollowedInput(const std::vector<std::string>& paths, const FollowOptions& options)
    : wake_(options.wake), notifications_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)), time_of_(options.time_of) {
  const auto pool = std::make_shared<BufferPool>();
  for (const std::string& path : paths) {
    std::optional<InputPosition> resume;
    if (options.position_of) resume = options.position_of(remembered_name(path));
    logs_.push_back({.file = std::make_unique<FollowedFile>(path, options.limits, std::move(resume), pool),
                     .reached = {},
                     .batches = 0});
    watch(path);
  }
}

FollowedInput::~FollowedInput() {
  if (notifications_ >= 0) ::close(notifications_);
}

// The folder, because a file may come and go.
void FollowedInput::watch(const std::string& path) const {
  if (notifications_ < 0) return;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  (void)::inotify_add_watch(notifications_, folder.empty() ? "." : folder.c_str(),
                            IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE);
}

void FollowedInput::read(const BatchTaker& to) {
  for (;;) {
    Batch batch;
    if (next(batch)) {
      if (!to.take(batch)) return;
      pollfd stop{.fd = wake_, .events = POLLIN, .revents = 0};
      interrupted_ = ::poll(&stop, 1, 0) > 0;
    } else {
      if (!to.rest()) return;
      interrupted_ = !wait();
    }
    if (interrupted_) return;
  }
}

// One whose events do not say when they happened keeps step with the others.
bool FollowedInput::next(Batch& batch) {
  turns_.clear();
  std::optional<Time> furthest;
  for (Log& log : logs_) {
    turns_.push_back(&log);
    furthest = std::max(furthest, log.reached);
  }
  std::ranges::stable_sort(turns_, {}, [](const Log* log) { return std::pair(log->reached, log->batches); });
  for (Log* log : turns_) {
    if (!log->file->read(batch)) continue;
    ++log->batches;
    if (logs_.size() == 1 || time_of_ == nullptr) return true;
    const std::optional<Time> time = batch.pieces.empty() ? std::nullopt : time_of_(last_line(batch.pieces.back()));
    log->reached = time ? std::max(log->reached, time) : furthest;
    return true;
  }
  return false;
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
  for (const Log& log : logs_) sum += log.file->bytes();
  return sum;
}

std::uint64_t FollowedInput::lost() const {
  std::uint64_t sum = 0;
  for (const Log& log : logs_) sum += log.file->lost();
  return sum;
}

std::uint64_t FollowedInput::faults() const {
  std::uint64_t sum = 0;
  for (const Log& log : logs_) sum += log.file->faults();
  return sum;
}

}  // namespace picket
