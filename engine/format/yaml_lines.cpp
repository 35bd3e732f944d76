#include "engine/format/yaml_lines.hpp"

#include <algorithm>

namespace picket::format {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Scalars and flow collections, by where they begin; an alias leads to the node of its anchor, and adds nothing.
void collect(std::string_view file, const yaml::Node& node, std::vector<const yaml::Node*>& found) {
  const bool flow = node.span.begin < file.size() && (file[node.span.begin] == '[' || file[node.span.begin] == '{');
  if (node.scalar() != nullptr || flow) {
    found.push_back(&node);
    return;
  }
  if (const auto* sequence = node.sequence()) {
    for (const yaml::NodePtr& item : sequence->items) collect(file, *item, found);
  }
  if (const auto* mapping = node.mapping()) {
    for (const auto& entry : mapping->entries) collect(file, *entry.value, found);
  }
}

LineKind kind_of(std::string_view text) {
  if (text.empty()) return LineKind::blank;
  if (text.front() == '#') return LineKind::comment;
  return LineKind::structure;
}

bool is_marker(std::string_view line) {
  return line.starts_with("---") || line.starts_with("...") || line.starts_with('%');
}

}  // namespace

std::vector<YamlLine> lines_of(std::string_view file, const yaml::Node& root) {
  std::vector<const yaml::Node*> nodes;
  collect(file, root, nodes);
  std::stable_sort(nodes.begin(), nodes.end(),
                   [](const auto* a, const auto* b) { return a->span.begin < b->span.begin; });
  std::vector<YamlLine> lines;
  auto node = nodes.begin();
  auto at = static_cast<std::uint32_t>(file.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
  while (at < file.size()) {
    YamlLine line;
    line.begin = at;
    const std::size_t newline = file.find('\n', at);
    line.next = static_cast<std::uint32_t>(newline == std::string_view::npos ? file.size() : newline + 1);
    line.end = static_cast<std::uint32_t>(newline == std::string_view::npos ? file.size() : newline);
    if (line.end > line.begin && file[line.end - 1] == '\r') --line.end;
    const std::string_view text = file.substr(line.begin, line.end - line.begin);
    line.indent = static_cast<std::uint32_t>(std::min(text.find_first_not_of(' '), text.size()));
    while (node != nodes.end() && (*node)->span.end <= line.begin) ++node;
    if (node != nodes.end() && (*node)->span.begin < line.begin) {
      line.kind = LineKind::goes_on;
      line.within = *node;
    } else {
      line.kind = is_marker(text) ? LineKind::marker : kind_of(text.substr(line.indent));
    }
    lines.push_back(line);
    at = line.next;
  }
  return lines;
}

}  // namespace picket::format
