#include "engine/alert/file_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <utility>

namespace picket {
namespace {

constexpr std::size_t buffer_bytes = 64 * 1024;

Delivery delivery_of(int error) {
  if (error == EPIPE) return {.outcome = Delivery::Outcome::closed, .reason = {}};
  return {.outcome = Delivery::Outcome::failed, .reason = std::strerror(error)};
}

}  // namespace

std::variant<FileWriter, std::string> FileWriter::create(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) return std::string(std::strerror(errno));
  return FileWriter(descriptor, true);
}

FileWriter FileWriter::borrow(int descriptor) { return {descriptor, false}; }

FileWriter::FileWriter(FileWriter&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      owned_(std::exchange(other.owned_, false)),
      buffer_(std::exchange(other.buffer_, {})),
      state_(std::exchange(other.state_, {})),
      gives_up_(std::exchange(other.gives_up_, {})),
      dropped_(std::exchange(other.dropped_, 0)) {}

FileWriter& FileWriter::operator=(FileWriter&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(owned_, other.owned_);
  std::swap(buffer_, other.buffer_);
  std::swap(state_, other.state_);
  std::swap(gives_up_, other.gives_up_);
  std::swap(dropped_, other.dropped_);
  return *this;
}

FileWriter::~FileWriter() {
  if (descriptor_ >= 0) (void)finish();
}

Delivery FileWriter::write(std::string_view text) {
  if (state_.outcome != Delivery::Outcome::taken) {
    dropped_ += text.size();
    return state_;
  }
  buffer_ += text;
  return buffer_.size() < buffer_bytes ? state_ : flush();
}

Delivery FileWriter::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && state_.outcome == Delivery::Outcome::taken) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      state_ = delivery_of(errno);
    } else if (gives_up_ && gives_up_()) {
      state_ = {.outcome = Delivery::Outcome::failed, .reason = "nobody reads it, and the run was told to stop"};
    }
  }
  dropped_ += rest.size();
  buffer_.clear();
  return state_;
}

Delivery FileWriter::finish() {
  (void)flush();
  if (owned_ && ::close(descriptor_) != 0 && state_.outcome == Delivery::Outcome::taken) state_ = delivery_of(errno);
  descriptor_ = -1;
  owned_ = false;
  return state_;
}

}  // namespace picket
