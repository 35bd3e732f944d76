// A scanner whose every field is held against what the exact reader reads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/event/event_scanner.hpp"
#include "engine/event/json.hpp"
#include "engine/event/structural_index.hpp"
#include "tests/catch.hpp"
#include "tests/unit/event/padded.hpp"

namespace picket::tests {

constexpr std::size_t scanner_nesting = 128;

inline FieldPathKeys path(std::vector<std::string> keys, bool exact = false) {
  return {.keys = std::move(keys), .exact = exact};
}

// What the exact reader and Object::find say stands at a path; null for nothing.
inline const Value* at_path(const Value& event, const FieldPathKeys& path) {
  const Value* value = &event;
  for (const std::string& key : path.keys) {
    const Object* const object = value->object();
    if (object == nullptr) return nullptr;
    value = path.exact ? object->find_exact(key) : object->find(key);
    if (value == nullptr) return nullptr;
  }
  return value;
}

inline FieldKind kind_of(const Value* value) {
  if (value == nullptr) return FieldKind::absent;
  switch (value->kind()) {
    case Kind::boolean:
      return FieldKind::boolean;
    case Kind::number:
      return FieldKind::number;
    case Kind::string:
      return FieldKind::text;
    case Kind::list:
      return FieldKind::list;
    case Kind::object:
      return FieldKind::object;
    case Kind::null:
    case Kind::time:
    case Kind::duration:
      break;
  }
  return FieldKind::null;
}

// The value of captured bytes.
inline Value read_captured(const CapturedField& field, std::string_view block) {
  std::string text(field.in(block));
  if (field.kind == FieldKind::text) text = "\"" + text + "\"";
  auto read = read_json(text);
  INFO("captured " << text);
  REQUIRE(std::holds_alternative<Value>(read));
  return std::get<Value>(std::move(read));
}

// A scanner that reads event after event by one trie, as a thread does.
class ScannerFixture {
 public:
  explicit ScannerFixture(std::vector<FieldPathKeys> from, std::vector<bool> listed = {},
                          std::size_t limit = scanner_nesting)
      : paths_(std::move(from)), listed_(std::move(listed)), trie_(paths_, listed_), fields_(trie_), scanner_(limit) {}

  // Whether the text is an event; if so, its fields must be those that the exact reader reads.
  bool scan(std::string_view text) {
    const Padded padded(text, '"');
    const std::string_view block = padded.view();
    if (!index_.build_one(block) || index_.lines().empty()) return false;
    const std::uint32_t* const behind = scanner_.scan(block, index_.lines().front(), trie_, fields_);
    if (behind == nullptr) return false;
    CAPTURE(text);
    REQUIRE(behind == index_.places() + index_.count());
    check_fields(block, block);
    return true;
  }

  // The same of each line of a block, all of them in one index: nothing for a blank line.
  std::vector<std::optional<bool>> scan_lines(std::string_view text) {
    const Padded padded(text, '"');
    const std::string_view block = padded.view();
    CAPTURE(text);
    REQUIRE(index_.build(block));
    std::vector<std::optional<bool>> answers;
    std::size_t begin = 0;
    for (const EventPlace& place : index_.lines()) {
      for (; begin != place.begin; begin = std::min(block.find('\n', begin), block.size()) + 1) answers.emplace_back();
      const std::uint32_t* const behind = scanner_.scan(block, place, trie_, fields_);
      answers.emplace_back(behind != nullptr);
      begin = place.end.at + 1;
      if (behind == nullptr) continue;
      REQUIRE(behind[-1] < place.end.at);
      REQUIRE(*behind >= place.end.at);
      check_fields(block, block.substr(place.begin, place.end.at - place.begin));
    }
    for (; begin < block.size(); begin = std::min(block.find('\n', begin), block.size()) + 1) answers.emplace_back();
    return answers;
  }

  // The bytes captured of a path of the event scanned last.
  [[nodiscard]] const EventFields& fields() const { return fields_; }
  [[nodiscard]] FieldId node_of(std::size_t path) const { return trie_.nodes_of_paths()[path]; }

 private:
  void check_fields(std::string_view block, std::string_view event_text) {
    const auto read = read_json(event_text, {.nesting = 2 * scanner_nesting});
    REQUIRE(std::holds_alternative<Value>(read));
    const Value& event = std::get<Value>(read);
    REQUIRE(event.object() != nullptr);
    std::multiset<FieldId> there;
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      const CapturedField field = fields_[node_of(i)];
      const Value* const expected = at_path(event, paths_[i]);
      INFO("path " << i << ", which begins with " << paths_[i].keys.front());
      REQUIRE(field.kind == kind_of(expected));
      if (expected == nullptr) continue;
      REQUIRE(read_captured(field, block) == *expected);
      REQUIRE(fields_.met(node_of(i)).begin == field.begin);
      if (listed_.empty() || listed_[i]) there.insert(node_of(i));
    }
    const auto present = fields_.present();
    REQUIRE(std::multiset<FieldId>(present.begin(), present.end()) == there);
  }

  std::vector<FieldPathKeys> paths_;
  std::vector<bool> listed_;
  FieldTrie trie_;
  EventFields fields_;
  EventScanner scanner_;
  StructuralIndex index_;
};

}  // namespace picket::tests
