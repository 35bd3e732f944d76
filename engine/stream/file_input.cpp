#include "engine/stream/file_input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "engine/stream/byte_format.hpp"
#include "engine/stream/file_identity.hpp"

namespace picket {
namespace {

constexpr std::size_t looked_at = std::size_t{64} * 1024;

}  // namespace

FileInput::FileInput(std::string name, int descriptor, bool owned, FileInputOptions options)
    : name_(std::move(name)),
      reader_(descriptor, owned, options.wake),
      cutter_({.read = [this](std::span<char> to) { return read_bytes(to); },
               .ready = [this] { return !ahead_.empty() || reader_.ready(); },
               .interrupted = [this] { return reader_.interrupted(); }},
              options.limits, std::move(options.pool)) {}

FileInput::Opened FileInput::open(const std::string& path, FileInputOptions options) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return NotOpened{.reason = std::strerror(errno)};
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
    ::close(descriptor);
    return NotOpened{.reason = std::strerror(EISDIR)};
  }
  const bool named = options.named;
  const std::optional<InputPosition> from = options.resume;
  std::unique_ptr<FileInput> input(new FileInput(path, descriptor, true, std::move(options)));
  input->resume(descriptor, from);
  if (!named && !input->looks_like_events()) {
    return NotOpened{.reason = input->fault().value_or("holds no JSON objects or arrays"), .no_events = true};
  }
  return input;
}

std::unique_ptr<FileInput> FileInput::borrow(std::string name, int descriptor, FileInputOptions options) {
  return std::unique_ptr<FileInput>(new FileInput(std::move(name), descriptor, false, std::move(options)));
}

// What is packed, and documents over many lines, are read from their begin: what was judged before is known by its
// place, and passed over.
void FileInput::resume(int descriptor, const std::optional<InputPosition>& from) {
  position_ = identify(descriptor, name_);
  if (!position_ || !from || !is_same_file(*from, descriptor)) return;
  struct stat status {};
  const bool shorter = ::fstat(descriptor, &status) == 0 && static_cast<std::uint64_t>(status.st_size) < from->offset;
  std::array<char, 4096> head{};
  const ssize_t count = ::pread(descriptor, head.data(), head.size(), 0);
  const std::string_view begin(head.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
  const bool plain = recognise_whole(begin).format == ByteFormat::plain;
  if (plain && shorter) return;  // written anew
  position_->offset = from->offset;
  if (!plain || !from->lines || ::lseek(descriptor, static_cast<off_t>(from->offset), SEEK_SET) < 0) return;
  cutter_.begin_at({.offset = from->offset, .line = from->line, .lines = true});
}

// Whether a line begins with a bracket; an empty file looks like any.
bool FileInput::looks_like_events() {
  ahead_.resize(looked_at);
  std::size_t size = 0;
  while (size < looked_at) {
    const std::size_t count = reader_.read(std::span(ahead_).subspan(size));
    if (count == 0) break;
    size += count;
  }
  ahead_.resize(size);
  std::string_view text = ahead_;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.empty()) return !reader_.fault() || reader_.interrupted();
  for (;;) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return false;
    if (text[first] == '{' || text[first] == '[') return true;
    const std::size_t line_end = text.find('\n', first);
    if (line_end == std::string_view::npos) return false;
    text.remove_prefix(line_end);
  }
}

std::size_t FileInput::read_bytes(std::span<char> to) {
  if (ahead_.empty()) return reader_.read(to);
  const std::size_t count = ahead_.copy(to.data(), to.size());
  ahead_.erase(0, count);
  return count;
}

}  // namespace picket
