#include "engine/pack/read_file.hpp"

#include <algorithm>
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
  constexpr std::size_t chunk = 64 * 1024;
  std::string text;
  while (text.size() <= most) {
    const std::size_t before = text.size();
    const std::size_t wanted = std::min(std::max(chunk, before), most + 1 - before);
    text.resize(before + wanted);
    const std::size_t got = std::fread(text.data() + before, 1, wanted, file.get());
    text.resize(before + got);
    if (got < wanted) break;
  }
  if (std::ferror(file.get()) != 0) {
    complain_of_file(Code::unreadable_file, path, "`" + path + "` cannot be read: " + reason(errno), diagnostics);
    return nullptr;
  }
  return std::make_shared<const Source>(path, std::move(text));
}

}  // namespace picket
