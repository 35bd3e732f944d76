#include "engine/stream/byte_reader.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace picket {
namespace {

using namespace std::string_view_literals;

constexpr int pipe_bytes = 1024 * 1024;  // Linux's 64 KiB make a pipe three times as slow as this

struct Signature {
  std::string_view bytes;
  std::string_view fault;  // empty: it can be read
};

// What a stream may begin with that is no JSON text.
constexpr std::array<Signature, 8> signatures = {{
    {"\x1f\x8b"sv, ""sv},
    {"PK\x03\x04"sv, "is a zip archive; unpack it first"sv},
    {"\x28\xb5\x2f\xfd"sv, "is packed by zstd; unpack it first"sv},
    {"BZh"sv, "is packed by bzip2; unpack it first"sv},
    {"\xfd"
     "7zXZ\0"sv,
     "is packed by xz; unpack it first"sv},
    {"\xff\xfe"sv, "is UTF-16, not UTF-8; convert it first"sv},
    {"\xfe\xff"sv, "is UTF-16, not UTF-8; convert it first"sv},
    {"PAR1"sv, "is a Parquet file, not JSON"sv},
}};

// Whether more bytes could make of `head` what it is not yet.
bool undecided(std::string_view head) {
  return std::any_of(signatures.begin(), signatures.end(), [head](const Signature& signature) {
    return head.size() < signature.bytes.size() && signature.bytes.starts_with(head);
  });
}

}  // namespace

ByteReader::ByteReader(int descriptor, bool owned, ReadOptions options)
    : descriptor_(descriptor), owned_(owned), options_(std::move(options)) {
  struct stat status {};
  regular_ = ::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode);
  if (S_ISFIFO(status.st_mode)) (void)::fcntl(descriptor_, F_SETPIPE_SZ, pipe_bytes);  // a wish
}

ByteReader::~ByteReader() {
  if (owned_) ::close(descriptor_);
}

std::optional<std::string> ByteReader::fault() const {
  if (fault_ || gunzip_ == nullptr) return fault_;
  if (interrupted_) return std::nullopt;  // of course the data is cut off then
  return gunzip_->fault();
}

std::size_t ByteReader::read(std::span<char> to) {
  if (!recognised_) recognise();
  return gunzip_ != nullptr ? gunzip_->read(to) : read_raw(to);
}

void ByteReader::recognise() {
  std::array<char, 4096> buffer{};
  std::string head;
  while (undecided(head)) {
    const std::size_t count = read_raw(buffer);
    if (count == 0) break;
    head.append(buffer.data(), count);
  }
  recognised_ = true;
  head_ = std::move(head);
  for (const Signature& signature : signatures) {
    if (!std::string_view(head_).starts_with(signature.bytes)) continue;
    if (signature.fault.empty()) {
      gunzip_ = std::make_unique<Gunzip>([this](std::span<char> packed) { return read_raw(packed); });
    } else {
      fault_ = signature.fault;
      ended_ = true;
      head_.clear();
    }
  }
}

std::size_t ByteReader::read_raw(std::span<char> to) {
  if (!head_.empty()) {
    const std::size_t count = head_.copy(to.data(), to.size());
    head_.erase(0, count);
    return count;
  }
  while (!ended_) {
    if (options_.before_read) options_.before_read();
    if (!wait()) break;
    const ssize_t count = ::read(descriptor_, to.data(), to.size());
    if (count > 0) {
      raw_bytes_ += static_cast<std::uint64_t>(count);
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

// Waits for bytes or for the call to stop; false if it is the latter.
bool ByteReader::wait() {
  std::array<pollfd, 2> events = {
      {{.fd = options_.wake, .events = POLLIN, .revents = 0}, {.fd = descriptor_, .events = POLLIN, .revents = 0}}};
  // A regular file is always ready, and an endless wait on it could not be woken.
  const int timeout = regular_ ? 0 : -1;
  while (::poll(events.data(), regular_ ? 1 : 2, timeout) < 0 && errno == EINTR) {
  }
  interrupted_ = options_.wake >= 0 && (events[0].revents & POLLIN) != 0;
  if (interrupted_) ended_ = true;
  return !interrupted_;
}

}  // namespace picket
