// Catch2, whichever of its two lines the distribution ships (2 in Debian 12, 3 in Ubuntu 24.04), and the places that
// tests read from. Every test includes this header and no other of Catch2; it is precompiled.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>

using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace picket::tests {

// That a text has another in it; each line of Catch2 has a name of its own for that.
inline auto contains(const std::string& text) {
#if __has_include(<catch2/catch_all.hpp>)
  return Catch::Matchers::ContainsSubstring(text);
#else
  return Catch::Matchers::Contains(text);
#endif
}

// The root of the source tree: rules/, tests/.
inline std::filesystem::path project_dir() { return PICKET_PROJECT_DIR; }

// Where binaries under test are: build_dir() / "tools" / "picket".
inline std::filesystem::path build_dir() { return PICKET_BUILD_DIR; }

// Returns the folder of real logs: $PICKET_DATA_DIR, else what CMake was told. Nothing where it is absent; such a test
// says so with WARN and ends.
inline std::optional<std::filesystem::path> data_dir() {
  const char* named = std::getenv("PICKET_DATA_DIR");
  std::filesystem::path folder = named != nullptr ? named : PICKET_DEFAULT_DATA_DIR;
  if (!std::filesystem::is_directory(folder)) return std::nullopt;
  return folder;
}

}  // namespace picket::tests
