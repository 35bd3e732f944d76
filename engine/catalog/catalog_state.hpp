// What is known of a collection of rules from the last time that it was read, so that only what has changed since must
// be read again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/catalog/catalog.hpp"

namespace picket {

// A file that rules were read from, and how to see that it has changed.
struct SourceStamp {
  std::string path;
  std::uint64_t size = 0;
  std::int64_t time = 0;  // of its last change, in the file system's own count
  // It holds a single rule on which nothing else depends: a change of it concerns no other file.
  bool single = false;
  friend bool operator==(const SourceStamp&, const SourceStamp&) = default;
};

struct CatalogState {
  std::string key;                   // of all that facts depend on besides the files: program, options, tables
  std::string revision;              // of the history that change times are from; empty: none
  std::vector<SourceStamp> found;    // files below the paths that were given, sorted by path
  std::vector<SourceStamp> context;  // other files that were read
  std::vector<CatalogRule> rules;
  std::vector<CatalogLibrary> libraries;
  std::vector<CatalogPack> packs;
};

[[nodiscard]] std::string packed(const CatalogState& state);
// Nothing for bytes that packed() has not made.
[[nodiscard]] std::optional<CatalogState> unpacked_state(std::string_view bytes);

}  // namespace picket
