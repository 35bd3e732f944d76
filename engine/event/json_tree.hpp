// JsonTree: a JSON text that has been read, of which Values are made as somebody asks for them. Owns simdjson's tree.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "engine/event/json.hpp"

namespace picket {

// For one thread at a time. Keeps its memory for the next text: some ten times the longest.
class JsonTree {
 public:
  // Bytes. Who has read a longer text should let its tree go: it would be as large for good.
  static constexpr std::size_t kept_text = std::size_t{256} * 1024;

  JsonTree();
  JsonTree(JsonTree&&) noexcept;
  JsonTree& operator=(JsonTree&&) noexcept;
  ~JsonTree();

  // Reads a text, of which it keeps a copy, and forgets the last one. False for what simdjson refuses, for whatever
  // reason: then there is no tree.
  [[nodiscard]] bool read(std::string_view text);

  // REQUIRES of all: there is a tree. Nothing where what they ask for holds something that only read_json() knows.

  // The whole text; nothing, too, if it is nested deeper than that.
  [[nodiscard]] std::optional<Value> value(const JsonLimits& limits) const;
  // What stands where keys lead from the root, each found as Object::find() does; null if nothing does.
  [[nodiscard]] std::optional<Value> find(std::span<const std::string_view> keys) const;
  // The root's member of exactly this key; null if there is none.
  [[nodiscard]] std::optional<Value> find_exact(std::string_view key) const;

 private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
};

}  // namespace picket
