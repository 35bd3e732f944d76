// Where `picket catalog` keeps what it knows from the last time: below the user's cache folder, a file for each folder
// that a site was written into.
#pragma once

#include <optional>
#include <string>

#include "engine/catalog/catalog_state.hpp"

namespace picket {

class StateFile {
 public:
  explicit StateFile(const std::string& site_folder);

  // Nothing if there is none, or it is of another program.
  [[nodiscard]] std::optional<CatalogState> read() const;
  // Without a word if it cannot be written: the next run is slower, no more.
  void write(const CatalogState& state) const;
  void remove() const;

 private:
  std::string path_;  // empty: there is no cache folder
};

}  // namespace picket
