#include "engine/stream/file_identity.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "engine/digest/digest.hpp"

namespace picket {

FileHead head_of(int descriptor, std::uint64_t bytes) {
  std::array<char, most_head_bytes> head{};
  const std::size_t wanted = std::min<std::uint64_t>(bytes, head.size());
  std::size_t size = 0;
  while (size < wanted) {
    const ssize_t count = ::pread(descriptor, head.data() + size, wanted - size, static_cast<off_t>(size));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    size += static_cast<std::size_t>(count);
  }
  return {.digest = digest_of({std::string_view(head.data(), size)}), .bytes = size};
}

std::string remembered_name(const std::string& path) {
  std::error_code failed;
  const std::filesystem::path absolute = std::filesystem::absolute(path, failed);
  return failed ? path : absolute.lexically_normal().string();
}

std::optional<InputPosition> identify(int descriptor, const std::string& path) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  FileHead head = head_of(descriptor);
  InputPosition position;
  position.input = remembered_name(path);
  position.device = status.st_dev;
  position.inode = status.st_ino;
  position.head = std::move(head.digest);
  position.head_bytes = head.bytes;
  return position;
}

bool is_same_file(const InputPosition& position, int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return false;
  if (status.st_dev != position.device || status.st_ino != position.inode) return false;
  const FileHead head = head_of(descriptor, position.head_bytes);
  return head.bytes == position.head_bytes && head.digest == position.head;
}

}  // namespace picket
