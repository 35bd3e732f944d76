#include "engine/stream/rotated_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "engine/digest/digest.hpp"
#include "engine/stream/byte_reader.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;
// While files are being renamed a folder may be seen without one of them, or with one twice: so it is looked at until
// it looks the same twice.
constexpr int most_looks = 10;

std::string text_head(int descriptor) {
  ByteReader reader(::dup(descriptor), true, -1);
  std::string text(most_head_bytes, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const std::size_t count = reader.read(std::span(text).subspan(size));
    if (count == 0) break;
    size += count;
  }
  (void)::lseek(descriptor, 0, SEEK_SET);
  text.resize(size);
  return text;
}

std::string tail_digest(int descriptor, std::uint64_t size) {
  std::string tail(std::min<std::uint64_t>(size, most_head_bytes), '\0');
  const ssize_t count = ::pread(descriptor, tail.data(), tail.size(), static_cast<off_t>(size - tail.size()));
  tail.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  return digest_of({tail});
}

// app.log.2.gz of app.log.2.
bool is_packed_by_name(std::string_view packed, std::string_view plain) {
  return packed.starts_with(plain) && packed.substr(plain.size()).starts_with('.');
}

std::vector<RotatedFile> look(const fs::path& folder, const std::string& name) {
  std::vector<RotatedFile> files;
  std::error_code failed;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
    const std::string other = entry->path().filename().string();
    std::error_code ignored;
    if (other == name || !other.starts_with(name) || !entry->is_regular_file(ignored)) continue;
    const std::string path = (folder / other).string();
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor >= 0) files.emplace_back(path, descriptor);
  }
  std::stable_sort(files.begin(), files.end());
  return files;
}

}  // namespace

RotatedFile::RotatedFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {
  struct stat status {};
  if (::fstat(descriptor_, &status) == 0) {
    device_ = status.st_dev;
    inode_ = status.st_ino;
    written_ = status.st_mtim.tv_sec * nanoseconds_per_second + status.st_mtim.tv_nsec;
    size_ = static_cast<std::uint64_t>(status.st_size);
    tail_ = tail_digest(descriptor_, size_);
  }
  const std::string head = text_head(descriptor_);
  head_ = {.digest = digest_of({head}), .bytes = head.size()};
}

RotatedFile::RotatedFile(RotatedFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      device_(other.device_),
      inode_(other.inode_),
      written_(other.written_),
      size_(other.size_),
      head_(std::move(other.head_)),
      tail_(std::move(other.tail_)) {}

RotatedFile& RotatedFile::operator=(RotatedFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(device_, other.device_);
  std::swap(inode_, other.inode_);
  std::swap(written_, other.written_);
  std::swap(size_, other.size_);
  std::swap(head_, other.head_);
  std::swap(tail_, other.tail_);
  return *this;
}

RotatedFile::~RotatedFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

// Logs that all begin with the same lines are different logs still.
bool RotatedFile::holds_text_of(const RotatedFile& other) const {
  if (head_.digest != other.head_.digest) return false;
  return *this == other || (size_ == other.size_ && tail_ == other.tail_) || is_packed_by_name(path_, other.path_) ||
         is_packed_by_name(other.path_, path_);
}

bool RotatedFile::holds_text_of(const InputPosition& position) const {
  if (position.head_bytes == 0 || head_.bytes < position.head_bytes) return false;
  if (head_.bytes == position.head_bytes) return head_.digest == position.head;
  std::string head = text_head(descriptor_);
  head.resize(position.head_bytes);
  return digest_of({head}) == position.head;
}

std::vector<RotatedFile> rotated_files(const std::string& path) {
  const fs::path current(path);
  const fs::path folder = current.has_parent_path() ? current.parent_path() : fs::path(".");
  const std::string name = current.filename().string();
  std::vector<RotatedFile> files = look(folder, name);
  for (int looks = 1; looks < most_looks; ++looks) {
    std::vector<RotatedFile> again = look(folder, name);
    const bool same = again == files;
    files = std::move(again);
    if (same) break;
  }
  std::vector<RotatedFile> distinct;
  for (RotatedFile& file : files) {
    const bool known = std::any_of(distinct.begin(), distinct.end(),
                                   [&](const RotatedFile& other) { return other.holds_text_of(file); });
    if (!known && file.head().bytes > 0) distinct.push_back(std::move(file));
  }
  return distinct;
}

std::vector<RotatedFile> rotated_rest(const std::string& path, const InputPosition& position) {
  std::vector<RotatedFile> files = rotated_files(path);
  auto own = std::find_if(files.begin(), files.end(), [&](const RotatedFile& file) { return file.is(position); });
  if (own == files.end()) {  // copied or packed since
    own =
        std::find_if(files.begin(), files.end(), [&](const RotatedFile& file) { return file.holds_text_of(position); });
  }
  files.erase(files.begin(), own);
  return files;
}

}  // namespace picket
