#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "engine/archive/archive.hpp"
#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

constexpr std::size_t ratio_counts_from = std::size_t{1024} * 1024;

struct Free {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<archive, Free>;

struct Fault {
  Code code{};
  std::string message;
  std::string help;
};

// The kind of an archive that is not read, by how it begins: who gives one is told so, not that it is no text. Empty if
// it is of no such kind.
std::string_view other_kind(std::string_view bytes) {
  using namespace std::string_view_literals;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kinds = {{{"\xfd\x37zXZ\0"sv, "xz"},
                                                                                   {"7z\xbc\xaf\x27\x1c", "7z"},
                                                                                   {"Rar!\x1a\x07", "rar"},
                                                                                   {"\x04\x22\x4d\x18", "lz4"},
                                                                                   {"LZIP\x01", "lzip"},
                                                                                   {"\x1f\x9d", "compress (.Z)"}}};
  for (const auto& [beginning, name] : kinds) {
    if (bytes.starts_with(beginning)) return name;
  }
  // bzip2 says the size of its blocks between two texts; by the first alone a rule may begin.
  const bool bzip2 = bytes.starts_with("BZh") && bytes.substr(3).find("1AY&SY") == 1;
  return bzip2 ? "bzip2"sv : std::string_view();
}

Fault unreadable(const std::string& why) {
  return {Code::unreadable_archive, "the archive cannot be read: " + why, "tar (plain, gzip or zstd) and zip are read"};
}

std::string why(archive* reader) {
  const char* words = archive_error_string(reader);
  return words == nullptr ? "it is damaged" : words;
}

// The name as it was written: what libarchive makes of it for the locale is no good to us.
std::string name_of(archive_entry* entry) {
  const char* name = archive_entry_pathname_utf8(entry);
  if (name == nullptr) name = archive_entry_pathname(entry);
  return name == nullptr ? std::string() : std::string(name);
}

bool has_control(std::string_view name) {
  return std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

// Brings a name into one form, or says why it is refused.
std::optional<Fault> normalize(std::string& name) {
  if (name.empty() || find_invalid_utf8(name)) {
    return Fault{Code::archive_name, "an entry has a name that is not UTF-8", "names of files are UTF-8"};
  }
  if (has_control(name) || name.find('\\') != std::string::npos) {
    return Fault{Code::archive_name, "`" + name + "` is no name for a file of a pack",
                 "names hold no control characters and no backslashes; folders end with `/`"};
  }
  const Fault outside{Code::archive_outside, "`" + name + "` leads out of the archive",
                      "names are relative and hold no `..`"};
  if (name.starts_with('/')) return outside;
  std::string normal;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    const std::string_view part(name.data() + at, end - at);
    at = end + 1;
    if (part == "..") return outside;
    if (part.empty() || part == ".") continue;
    if (!normal.empty()) normal += '/';
    normal += part;
  }
  name = std::move(normal);
  return std::nullopt;
}

class Unpacking {
 public:
  Unpacking(std::string_view bytes, const ArchiveLimits& limits) : bytes_(bytes), limits_(limits) {}

  std::optional<Fault> read() {
    if (bytes_.size() > limits_.packed_bytes) {
      return too_large("the archive has more than " + std::to_string(limits_.packed_bytes) + " bytes");
    }
    if (const std::string_view kind = other_kind(bytes_); !kind.empty()) {
      return unreadable("it is packed by " + std::string(kind) + ", which is not read");
    }
    const Reader reader(archive_read_new());
    archive_read_support_filter_gzip(reader.get());
    archive_read_support_filter_zstd(reader.get());
    archive_read_support_format_tar(reader.get());
    // By its table at the end only: another list of entries cannot hide between them.
    archive_read_support_format_zip_seekable(reader.get());
    if (archive_read_open_memory(reader.get(), bytes_.data(), bytes_.size()) != ARCHIVE_OK) {
      return unreadable(why(reader.get()));
    }
    for (std::size_t entries = 0;; ++entries) {
      archive_entry* entry = nullptr;
      const int status = archive_read_next_header(reader.get(), &entry);
      if (status == ARCHIVE_EOF) return std::nullopt;
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return unreadable(why(reader.get()));
      constexpr int filters = 2;  // one, and none
      if (archive_filter_count(reader.get()) > filters) return unreadable("it is packed more than once");
      if (entries == limits_.entries) {
        return too_large("the archive has more than " + std::to_string(limits_.entries) + " entries");
      }
      if (auto fault = take(reader.get(), entry)) return fault;
    }
  }

  std::vector<ArchivedFile> take_files() { return std::move(files_); }

 private:
  static Fault too_large(std::string message) {
    return {Code::archive_too_large, std::move(message), "split the pack, or leave out what is no rule"};
  }

  std::optional<Fault> take(archive* reader, archive_entry* entry) {
    std::string name = name_of(entry);
    if (auto fault = normalize(name)) return fault;
    const auto type = archive_entry_filetype(entry);
    const bool links = archive_entry_hardlink(entry) != nullptr || archive_entry_hardlink_utf8(entry) != nullptr;
    if (links || (type != AE_IFREG && type != AE_IFDIR)) {
      return Fault{Code::archive_kind, "`" + name + "` is neither a file nor a folder",
                   "links, devices and the like have no place in a pack"};
    }
    if (archive_entry_is_encrypted(entry) == 1) return unreadable("`" + name + "` is encrypted");
    if (type == AE_IFDIR) return std::nullopt;
    if (!paths_.insert(name).second) {
      return Fault{Code::archive_duplicate, "`" + name + "` is in the archive twice", "only one of them can be meant"};
    }
    files_.push_back({.path = std::move(name), .text = {}});
    return read_text(reader, files_.back().text);
  }

  std::optional<Fault> read_text(archive* reader, std::string& text) {
    std::array<char, 64 * 1024> buffer{};
    while (true) {
      const la_ssize_t got = archive_read_data(reader, buffer.data(), buffer.size());
      if (got < 0) return unreadable(why(reader));
      if (got == 0) return std::nullopt;
      unpacked_ += static_cast<std::size_t>(got);
      if (unpacked_ > limits_.bytes) {
        return too_large("the archive holds more than " + std::to_string(limits_.bytes) + " bytes");
      }
      if (unpacked_ > ratio_counts_from && unpacked_ / limits_.ratio > bytes_.size()) {
        return too_large("the archive holds more than " + std::to_string(limits_.ratio) + " times its own size");
      }
      text.append(buffer.data(), static_cast<std::size_t>(got));
    }
  }

  std::string_view bytes_;
  const ArchiveLimits& limits_;
  std::vector<ArchivedFile> files_;
  std::set<std::string> paths_;
  std::size_t unpacked_ = 0;
};

}  // namespace

bool looks_like_archive(std::string_view head) {
  using namespace std::string_view_literals;
  constexpr std::size_t tar_magic_at = 257;
  for (const std::string_view magic : {"\x1f\x8b"sv, "PK\x03\x04"sv, "PK\x05\x06"sv, "\x28\xb5\x2f\xfd"sv}) {
    if (head.starts_with(magic)) return true;
  }
  if (!other_kind(head).empty()) return true;
  return head.size() > tar_magic_at && head.substr(tar_magic_at).starts_with("ustar");
}

std::vector<ArchivedFile> read_archive(std::string_view bytes, const std::string& name, const ArchiveLimits& limits,
                                       Diagnostics& diagnostics) {
  Unpacking unpacking(bytes, limits);
  if (const auto fault = unpacking.read()) {
    diagnostics.add(fault->code, std::make_shared<const Source>(name, ""), {0, 0}, fault->message).help = fault->help;
    return {};
  }
  std::vector<ArchivedFile> files = unpacking.take_files();
  std::ranges::sort(files, {}, &ArchivedFile::path);
  return files;
}

}  // namespace picket
