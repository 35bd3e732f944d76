// MaxMindDatabase: a table of networks as MaxMind and others hand them out (*.mmdb).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "engine/event/value.hpp"

namespace picket {

class MaxMindDatabase {
 public:
  // Of the bytes of such a file; or why they are none.
  [[nodiscard]] static std::variant<std::shared_ptr<const MaxMindDatabase>, std::string> open(std::string_view bytes);
  MaxMindDatabase(const MaxMindDatabase&) = delete;
  MaxMindDatabase& operator=(const MaxMindDatabase&) = delete;
  ~MaxMindDatabase();

  // Whether it says something of an address. Safe from any thread, as find() is.
  [[nodiscard]] bool knows(std::string_view text) const;
  // What it says of an address; nothing for a text that is no address, and for one that it does not know.
  [[nodiscard]] std::optional<Value> find(std::string_view text) const;

 private:
  struct File;
  explicit MaxMindDatabase(std::unique_ptr<File> file);
  std::unique_ptr<File> file_;
};

}  // namespace picket
