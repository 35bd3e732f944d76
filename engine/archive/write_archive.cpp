#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/archive/archive.hpp"

namespace picket {
namespace {

struct FreeWriter {
  void operator()(archive* writer) const { archive_write_free(writer); }
};
struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

la_ssize_t append(archive* /*writer*/, void* to, const void* bytes, std::size_t size) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

bool write(archive* writer, const ArchivedFile& file) {
  constexpr int readable = 0644;
  const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), file.path.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), readable);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.text.size()));
  archive_entry_set_mtime(entry.get(), 0, 0);
  archive_entry_set_uid(entry.get(), 0);
  archive_entry_set_gid(entry.get(), 0);
  return archive_write_header(writer, entry.get()) >= ARCHIVE_WARN &&
         archive_write_data(writer, file.text.data(), file.text.size()) == static_cast<la_ssize_t>(file.text.size());
}

}  // namespace

std::string write_archive(std::vector<ArchivedFile> files) {
  std::ranges::sort(files, {}, &ArchivedFile::path);
  std::string bytes;
  const std::unique_ptr<archive, FreeWriter> writer(archive_write_new());
  // The time of packing has no place in gzip's head: the same pack is the same bytes.
  // GNU's tar holds names as the bytes they are, of any length; pax would have them go through the locale's characters.
  bool sound = archive_write_set_format_gnutar(writer.get()) == ARCHIVE_OK &&
               archive_write_add_filter_gzip(writer.get()) == ARCHIVE_OK &&
               archive_write_set_filter_option(writer.get(), "gzip", "timestamp", nullptr) == ARCHIVE_OK &&
               archive_write_open(writer.get(), &bytes, nullptr, append, nullptr) == ARCHIVE_OK;
  for (const ArchivedFile& file : files) sound = sound && write(writer.get(), file);
  sound = archive_write_close(writer.get()) == ARCHIVE_OK && sound;
  return sound ? bytes : std::string();
}

}  // namespace picket
