#include <algorithm>

#include "engine/format/texts.hpp"
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

// Whether the blanks at `blanks`, the end of the line, are a part of a scalar.
bool ends_in_scalar(const std::vector<YamlLine>& lines, const YamlLine& line, std::size_t blanks) {
  const auto next = static_cast<std::size_t>(&line - lines.data()) + 1;
  const bool goes_on = next < lines.size() && lines[next].kind == LineKind::goes_on;
  return goes_on || (line.kind == LineKind::goes_on && line.within->span.end > blanks);
}

// A block scalar at the very end of a file, without a line end, would get one into its value: which matters if that is
// not a text of the language.
bool needs_no_line_end(const YamlLine& last, const yaml::Node& root) {
  if (last.kind != LineKind::goes_on || last.within->scalar() == nullptr) return false;
  const std::vector<Text> texts = texts_of(root);
  return std::none_of(texts.begin(), texts.end(), [&](const Text& text) {
    return text.entry->value.get() == last.within && text.form != syntax::TextForm::text_template;
  });
}

}  // namespace

std::vector<Edit> tidy_white_space(const SourcePtr& source, const yaml::Node& root) {
  const std::string_view file = source->text();
  std::vector<Edit> edits;
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
    const std::size_t last = file.find_last_not_of(" \t", line.end - 1);
    if (!ends_in_scalar(lines, line, last + 1) && last + 1 < line.end && last + 1 >= line.text()) {
      edits.push_back({{static_cast<std::uint32_t>(last + 1), line.end}, ""});
    }
  }
  const bool crlf = file.find("\r\n") != std::string_view::npos;
  const auto size = static_cast<std::uint32_t>(file.size());
  if (end == line_end && end == size) {
    if (!needs_no_line_end(lines.back(), root)) edits.push_back({{size, size}, crlf ? "\r\n" : "\n"});
  } else if (line_end < size && !keeps_end(file, root)) {
    std::erase_if(edits, [&](const Edit& edit) { return edit.span.begin >= line_end; });
    edits.push_back({{line_end, size}, ""});
  }
  return edits;
}

}  // namespace picket::format
