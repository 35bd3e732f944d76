// Packs that are archives: tar (plain, gzip or zstd) and zip, read into memory. Owns libarchive.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/text/diagnostic.hpp"

namespace picket {

struct ArchiveLimits {
  std::size_t packed_bytes = std::size_t{64} * 1024 * 1024;  // of the archive itself
  std::size_t entries = 20'000;
  std::size_t bytes = std::size_t{256} * 1024 * 1024;  // of all files, unpacked
  // Unpacked over packed, once there is more than a megabyte: text packs to a fifth or a tenth.
  std::size_t ratio = 100;
};

struct ArchivedFile {
  std::string path;  // in the archive: relative, with "/", without "." and ".."
  std::string text;
};

// Whether a file that begins so is an archive, of whatever kind and name. Asks for its first archive_head_bytes.
constexpr std::size_t archive_head_bytes = 512;
[[nodiscard]] bool looks_like_archive(std::string_view head);

// The files, sorted by path; archives among them are files like others. Nothing, and one error, if anything about the
// archive is amiss: unreadable-archive, archive-outside, archive-name, archive-kind, archive-duplicate,
// archive-too-large. `name` is what messages call it.
[[nodiscard]] std::vector<ArchivedFile> read_archive(std::string_view bytes, const std::string& name,
                                                     const ArchiveLimits& limits, Diagnostics& diagnostics);

// A tar, packed by gzip, of the files: the same bytes for the same files, in whatever order they are given. Nothing if
// it cannot be made (memory). REQUIRES: paths as in ArchivedFile, each once.
[[nodiscard]] std::string write_archive(std::vector<ArchivedFile> files);

}  // namespace picket
