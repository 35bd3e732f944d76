#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/format/yaml_lines.hpp"
#include "engine/format/yaml_shape.hpp"

namespace picket::format {
namespace {

// A key with its value, and the lines above it that are about it.
struct KeyBlock {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::ptrdiff_t rank = 0;

  [[nodiscard]] SourceSpan span() const { return {begin, end}; }
};

// The first line of what belongs to the key on line `i`: the comment directly above it, and empty lines above that. The
// comment that begins the file is the file's.
std::size_t with_comment(const std::vector<YamlLine>& lines, std::size_t i) {
  std::size_t first = i;
  while (first > 0 && lines[first - 1].kind == LineKind::comment && lines[first - 1].indent == 0) --first;
  if (first == 0 || lines[first - 1].kind == LineKind::marker) return i;
  while (first > 0 && lines[first - 1].kind == LineKind::blank) --first;
  return first;
}

// The file's keys in their order; nothing if the table does not know one of them, or they do not each begin a line.
std::optional<std::vector<KeyBlock>> blocks_of(const std::vector<YamlLine>& lines, const yaml::Mapping& mapping,
                                               Holder holder) {
  std::vector<KeyBlock> blocks;
  const std::span<const KeyRow> rows = key_rows();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind == LineKind::marker && !blocks.empty()) return std::nullopt;
    if (lines[i].kind != LineKind::structure || lines[i].indent > 0) continue;
    const auto entry = std::find_if(mapping.entries.begin(), mapping.entries.end(),
                                    [&](const auto& one) { return one.key_span.begin == lines[i].begin; });
    // An item of a list that is not indented belongs to the key above it.
    if (entry == mapping.entries.end()) continue;
    const KeyRow* row = find_key(holder, entry->key);
    if (row == nullptr) return std::nullopt;
    const std::size_t first = with_comment(lines, i);
    if (!blocks.empty()) blocks.back().end = lines[first].begin;
    blocks.push_back({lines[first].begin, lines.back().next, row - rows.data()});
  }
  if (blocks.size() != mapping.entries.size()) return std::nullopt;
  return blocks;
}

// Comments at the end of the file that stand by themselves are about no key.
std::uint32_t end_of_keys(const std::vector<YamlLine>& lines) {
  std::size_t i = lines.size();
  while (i > 0 && (lines[i - 1].kind == LineKind::blank || lines[i - 1].kind == LineKind::comment) &&
         lines[i - 1].indent == 0) {
    --i;
  }
  return i < lines.size() ? lines[i].begin : lines.back().next;
}

// The text of a block with the edits that lie within it, which are then done.
std::string edited_block(std::string_view file, const KeyBlock& block, std::vector<Edit>& edits) {
  std::vector<Edit> own;
  std::erase_if(edits, [&](const Edit& edit) {
    if (edit.span.begin < block.begin || edit.span.end > block.end) return false;
    own.push_back({{edit.span.begin - block.begin, edit.span.end - block.begin}, edit.replacement});
    return true;
  });
  return apply_edits(file.substr(block.begin, block.end - block.begin), own).text;
}

}  // namespace

Ordered order_keys(const SourcePtr& source, const yaml::Node& root, Holder holder, std::vector<Edit> within) {
  const std::string_view file = source->text();
  const std::vector<YamlLine> lines = lines_of(file, root);
  if (root.mapping() == nullptr || lines.empty()) return {std::move(within), {}};
  auto blocks = blocks_of(lines, *root.mapping(), holder);
  if (!blocks || blocks->empty()) return {std::move(within), {}};
  blocks->back().end = end_of_keys(lines);
  const SourceSpan span{blocks->front().begin, blocks->back().end};
  std::ranges::stable_sort(*blocks, {}, &KeyBlock::rank);
  std::vector<MovedKey> keys;
  std::string text;
  for (const KeyBlock& block : *blocks) {
    std::string own = edited_block(file, block, within);
    if (keys.empty()) {
      // Empty lines come before their key; before the first one, only those that were there.
      const auto lines_before = [](std::string_view of) { return of.substr(0, of.find_first_not_of("\r\n")); };
      own.replace(0, lines_before(own).size(), lines_before(file.substr(span.begin)));
    }
    const auto begin = static_cast<std::uint32_t>(span.begin + text.size());
    text += own;
    keys.push_back({block.span(), {begin, static_cast<std::uint32_t>(span.begin + text.size())}});
  }
  if (!within.empty()) keys.clear();  // what is edited around them moves them on
  if (text != file.substr(span.begin, span.end - span.begin)) within.push_back({span, std::move(text)});
  return {std::move(within), std::move(keys)};
}

}  // namespace picket::format
