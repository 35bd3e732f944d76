#include "engine/alert/appended_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace picket {

AppendedFile::Opened AppendedFile::open(const std::string& path, WriteAlert write) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor < 0) return std::string(std::strerror(errno));
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return std::string("is no regular file, and with --state it has to be one");
  }
  return std::unique_ptr<AppendedFile>(new AppendedFile(path, descriptor, write));
}

AppendedFile::AppendedFile(const std::string& path, int descriptor, WriteAlert write)
    : name_("file " + path), descriptor_(descriptor), write_(write), end_(size()) {}

AppendedFile::~AppendedFile() { ::close(descriptor_); }

std::string AppendedFile::render(const Alert& alert) const {
  std::string line;
  if (write_ == nullptr) return line;
  write_(line, alert);
  return line += '\n';
}

std::uint64_t AppendedFile::size() const {
  struct stat status {};
  return ::fstat(descriptor_, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

std::uint64_t AppendedFile::reserve(std::size_t bytes) { return std::exchange(end_, end_ + bytes); }

// As many of so many bytes as there are.
std::string AppendedFile::read_at(std::uint64_t offset, std::size_t bytes) const {
  std::string text(bytes, '\0');
  std::size_t got = 0;
  while (got < bytes) {
    const ssize_t count = ::pread(descriptor_, text.data() + got, bytes - got, static_cast<off_t>(offset + got));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    got += static_cast<std::size_t>(count);
  }
  text.resize(got);
  return text;
}

Delivery AppendedFile::recover(std::vector<Parcel> parcels) {
  if (parcels.empty()) return {};
  std::string missing;
  for (const Parcel& parcel : parcels) missing += parcel.body;
  const std::uint64_t begin = parcels.front().at;
  const std::string there = read_at(begin, missing.size());
  if (size() >= begin && missing.starts_with(there)) {
    missing.erase(0, there.size());
  } else if (size() > 0 && read_at(size() - 1, 1) != "\n") {
    missing.insert(missing.begin(), '\n');
  }
  Delivery delivery = append(missing);
  if (delivery.outcome != Delivery::Outcome::taken) return delivery;
  for (const Parcel& parcel : parcels) arrived_.push_back(parcel.number);
  end_ = size();
  return delivery;
}

Delivery AppendedFile::deliver(std::vector<Parcel> parcels) {
  std::string text;
  for (const Parcel& parcel : parcels) text += parcel.body;
  Delivery delivery = append(text);
  if (delivery.outcome != Delivery::Outcome::taken) return delivery;
  for (const Parcel& parcel : parcels) arrived_.push_back(parcel.number);
  end_ = size();  // somebody else may have written to it
  return delivery;
}

Delivery AppendedFile::append(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor_, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      return {.outcome = Delivery::Outcome::failed, .reason = std::strerror(errno)};
    }
  }
  return {};
}

std::vector<std::uint64_t> AppendedFile::arrived() { return std::exchange(arrived_, {}); }

}  // namespace picket
