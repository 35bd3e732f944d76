#include "engine/pack/read_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace picket {
namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

std::string reason(int error) {
  switch (error) {
    case EACCES:
      return "you have no permission to read it";
    case EISDIR:
      return "it is a directory";
    default:
      return std::strerror(error);  // NOLINT(concurrency-mt-unsafe): glibc's is safe for known numbers
  }
}

}  // namespace

void complain_of_file(Code code, const std::string& path, std::string message, Diagnostics& diagnostics) {
  diagnostics.add(code, std::make_shared<const Source>(path, ""), {0, 0}, std::move(message));
}

SourcePtr read_file(const std::string& path, std::size_t most, Diagnostics& diagnostics) {
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) {
    const int error = errno;
    if (error == ENOENT) {
      complain_of_file(Code::no_such_file, path, "there is no file `" + path + "`", diagnostics);
    } else {
      complain_of_file(Code::unreadable_file, path, "`" + path + "` cannot be read: " + reason(error), diagnostics);
    }
    return nullptr;
  }
  std::setvbuf(file.get(), nullptr, _IONBF, 0);  // it is read in large pieces as it is
  // Nearly every rule fits the first piece, and is then kept in as much memory as it takes.
  std::array<char, std::size_t{32} * 1024> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init): read into
  std::string text;
  while (text.size() <= most) {
    const std::size_t wanted = std::min(std::max(piece.size(), text.size()), most + 1 - text.size());
    const std::size_t before = text.size();
    std::size_t got = 0;
    if (before == 0) {
      got = std::fread(piece.data(), 1, std::min(wanted, piece.size()), file.get());
      text.assign(piece.data(), got);
    } else {
      text.resize(before + wanted);
      got = std::fread(text.data() + before, 1, wanted, file.get());
      text.resize(before + got);
    }
    if (got < wanted) break;
  }
  if (text.capacity() > 2 * text.size()) text.shrink_to_fit();
  if (std::ferror(file.get()) != 0) {
    complain_of_file(Code::unreadable_file, path, "`" + path + "` cannot be read: " + reason(errno), diagnostics);
    return nullptr;
  }
  return std::make_shared<const Source>(path, std::move(text));
}

}  // namespace picket
