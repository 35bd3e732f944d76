#include "engine/alert/appended_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

namespace picket {
namespace {

namespace fs = std::filesystem;

std::uint64_t size_of(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

// As many of so many bytes as there are.
std::string read_at(int descriptor, std::uint64_t offset, std::size_t bytes) {
  std::string text(bytes, '\0');
  std::size_t got = 0;
  while (got < bytes) {
    const ssize_t count = ::pread(descriptor, text.data() + got, bytes - got, static_cast<off_t>(offset + got));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    got += static_cast<std::size_t>(count);
  }
  text.resize(got);
  return text;
}

// How much of a text stands where it was to stand: all that the file has there is a beginning of it; else 0.
std::size_t standing(int descriptor, std::uint64_t offset, const std::string& text) {
  const std::string there = read_at(descriptor, offset, text.size());
  return text.starts_with(there) ? there.size() : 0;
}

// A file that was renamed.
struct Renamed {
  int descriptor = -1;  // open for appending; -1: there is none
  std::size_t standing = 0;
};

// The file in the folder, under a name that begins with its own (`alerts.jsonl.1`), in which the most of a text stands
// at this offset.
Renamed find_renamed(const std::string& path, std::uint64_t offset, const std::string& text) {
  const fs::path named(path);
  const std::string own = named.filename().string();
  const fs::path folder = named.has_parent_path() ? named.parent_path() : fs::path(".");
  Renamed best;
  std::error_code fault;
  for (fs::directory_iterator entry(folder, fault); !fault && entry != fs::directory_iterator();
       entry.increment(fault)) {
    const std::string name = entry->path().filename().string();
    std::error_code unknown;
    if (name == own || !name.starts_with(own) || !entry->is_regular_file(unknown)) continue;
    const int descriptor = ::open(entry->path().c_str(), O_RDWR | O_APPEND | O_CLOEXEC);
    if (descriptor < 0) continue;
    const std::size_t there = standing(descriptor, offset, text);
    const int worse = there > best.standing ? std::exchange(best.descriptor, descriptor) : descriptor;
    best.standing = std::max(best.standing, there);
    if (worse >= 0) ::close(worse);
  }
  return best;
}

}  // namespace

AppendedFile::Opened AppendedFile::open(const std::string& path, WriteAlert write) {
  auto opened = NamedFile::open(path, NamedFile::Use::appended);
  if (auto* reason = std::get_if<std::string>(&opened)) return std::move(*reason);
  auto& file = std::get<std::unique_ptr<NamedFile>>(opened);
  if (!file->is_regular()) return std::string("is no regular file, and with --state it has to be one");
  return std::unique_ptr<AppendedFile>(new AppendedFile(std::move(file), write));
}

AppendedFile::AppendedFile(std::unique_ptr<NamedFile> file, WriteAlert write)
    : name_("file " + file->path()), file_(std::move(file)), write_(write), end_(size_of(file_->descriptor())) {}

std::string AppendedFile::render(const Alert& alert) const {
  std::string line;
  if (write_ == nullptr) return line;
  write_(line, alert);
  return line += '\n';
}

// What was reserved is to stand in the file that it was reserved in; only then comes the next one's turn.
std::uint64_t AppendedFile::reserve(std::size_t bytes) {
  if (reserved_ == 0 && file_->change_over()) end_ = size_of(file_->descriptor());
  reserved_ += bytes;
  return std::exchange(end_, end_ + bytes);
}

Delivery AppendedFile::recover(std::vector<Parcel> parcels) {
  if (parcels.empty()) return {};
  std::string missing;
  for (const Parcel& parcel : parcels) missing += parcel.body;
  Delivery delivery = complete(parcels.front().at, std::move(missing));
  if (delivery.outcome != Delivery::Outcome::taken) return delivery;
  for (const Parcel& parcel : parcels) arrived_.push_back(parcel.number);
  end_ = size_of(file_->descriptor());
  return delivery;
}

// Writes what is missing of a text that was to stand at this offset.
Delivery AppendedFile::complete(std::uint64_t begin, std::string missing) {
  const int descriptor = file_->descriptor();
  const std::size_t there = standing(descriptor, begin, missing);
  if (there == 0) {
    if (const Renamed renamed = find_renamed(file_->path(), begin, missing); renamed.descriptor >= 0) {
      Delivery delivery = append(renamed.descriptor, std::string_view(missing).substr(renamed.standing));
      ::close(renamed.descriptor);
      return delivery;
    }
  }
  const std::uint64_t size = size_of(descriptor);
  const bool is_place = size == begin || there > 0;
  if (!is_place && size > 0 && read_at(descriptor, size - 1, 1) != "\n") missing.insert(missing.begin(), '\n');
  return append(descriptor, std::string_view(missing).substr(there));
}

Delivery AppendedFile::deliver(std::vector<Parcel> parcels) {
  std::string text;
  for (const Parcel& parcel : parcels) text += parcel.body;
  reserved_ -= std::min<std::uint64_t>(reserved_, text.size());
  Delivery delivery = append(file_->descriptor(), text);
  if (delivery.outcome != Delivery::Outcome::taken) return delivery;
  for (const Parcel& parcel : parcels) arrived_.push_back(parcel.number);
  end_ = size_of(file_->descriptor());  // somebody else may have written to it
  return delivery;
}

Delivery AppendedFile::append(int descriptor, std::string_view text) const {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      return {.outcome = Delivery::Outcome::failed,
              .reason = "cannot write to " + file_->path() + ": " + std::strerror(errno)};
    }
  }
  return {};
}

std::vector<std::uint64_t> AppendedFile::arrived() { return std::exchange(arrived_, {}); }

}  // namespace picket
