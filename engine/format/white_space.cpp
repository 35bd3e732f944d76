#include "engine/format/yaml_lines.hpp"
#include "engine/format/yaml_shape.hpp"

namespace picket::format {
namespace {

// Whether the file ends in a block scalar that keeps the empty lines behind it (`|+`).
bool keeps_end(std::string_view file, const yaml::Node& node) {
  if (const auto* mapping = node.mapping(); mapping != nullptr) {
    for (const auto& entry : mapping->entries) {
      if (keeps_end(file, *entry.value)) return true;
    }
  }
  if (const auto* sequence = node.sequence(); sequence != nullptr) {
    for (const yaml::NodePtr& item : sequence->items) {
      if (keeps_end(file, *item)) return true;
    }
  }
  if (node.scalar() == nullptr || node.span.begin == node.span.end) return false;
  const char first = file[node.span.begin];
  if (first != '|' && first != '>') return false;
  const std::string_view header = file.substr(node.span.begin, 3);
  return header.find('+') != std::string_view::npos;
}

}  // namespace

std::vector<Edit> tidy_white_space(const SourcePtr& source, const yaml::Node& root) {
  const std::string_view file = source->text();
  std::vector<Edit> edits;
  if (keeps_end(file, root)) return edits;
  const std::vector<YamlLine> lines = lines_of(file, root);
  std::uint32_t end = 0;  // of the last line with text
  std::uint32_t line_end = 0;
  for (const YamlLine& line : lines) {
    if (line.kind == LineKind::blank && line.indent == line.end - line.begin) {
      if (line.indent > 0) edits.push_back({{line.begin, line.end}, ""});
      continue;
    }
    end = line.end;
    line_end = line.next;
    // The end of the line may be a scalar's that goes on.
    const auto next = static_cast<std::size_t>(&line - lines.data()) + 1;
    const bool goes_on = next < lines.size() && lines[next].kind == LineKind::goes_on;
    const std::size_t last = file.find_last_not_of(" \t", line.end - 1);
    if (!goes_on && last + 1 < line.end && last + 1 >= line.text()) {
      edits.push_back({{static_cast<std::uint32_t>(last + 1), line.end}, ""});
    }
  }
  const bool crlf = file.find("\r\n") != std::string_view::npos;
  const auto size = static_cast<std::uint32_t>(file.size());
  if (end == line_end && end == size) {
    edits.push_back({{size, size}, crlf ? "\r\n" : "\n"});
  } else if (line_end < size) {
    std::erase_if(edits, [&](const Edit& edit) { return edit.span.begin >= line_end; });
    edits.push_back({{line_end, size}, ""});
  }
  return edits;
}

}  // namespace picket::format
