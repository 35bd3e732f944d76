#include "engine/yaml/comments.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "engine/yaml/raw.hpp"

namespace picket::yaml {
namespace {

// The end of the first line of a block scalar, where a comment may follow the indicator; the begin of other scalars.
std::uint32_t header_end(std::string_view text, SourceSpan span) {
  if (span.begin >= text.size() || (text[span.begin] != '|' && text[span.begin] != '>')) return span.begin;
  return static_cast<std::uint32_t>(std::min<std::size_t>(text.find('\n', span.begin), span.end));
}

// The parts of the file that are text of scalars and keys. Aliases share their nodes: each is looked at once.
void collect(std::string_view text, const Node& node, std::set<const Node*>& seen, std::vector<SourceSpan>& scalars) {
  if (!seen.insert(&node).second) return;
  if (node.scalar() != nullptr && node.span.begin != node.span.end) {
    scalars.push_back({header_end(text, node.span), node.span.end});
  } else if (const Sequence* sequence = node.sequence()) {
    for (const NodePtr& item : sequence->items) collect(text, *item, seen, scalars);
  } else if (const Mapping* mapping = node.mapping()) {
    for (const Mapping::Entry& entry : mapping->entries) {
      scalars.push_back(entry.key_span);
      collect(text, *entry.value, seen, scalars);
    }
  }
}

}  // namespace

std::vector<SourceSpan> find_comments(const Source& source, const Node& root) {
  const std::string_view text = source.text();
  std::set<const Node*> seen;
  std::vector<SourceSpan> scalars;
  collect(text, root, seen, scalars);
  std::ranges::sort(scalars, {}, &SourceSpan::begin);

  std::vector<SourceSpan> comments;
  auto scalar = scalars.begin();
  for (std::uint32_t at = 0; at < text.size();) {
    while (scalar != scalars.end() && scalar->end <= at) ++scalar;
    if (scalar != scalars.end() && scalar->begin <= at) {
      at = scalar->end;
    } else if (text[at] == '#' && (at == 0 || is_blank(text[at - 1]) || text[at - 1] == '\n')) {
      const auto end = static_cast<std::uint32_t>(std::min(text.find('\n', at), text.size()));
      comments.push_back({at, end > at && text[end - 1] == '\r' ? end - 1 : end});
      at = end;
    } else {
      ++at;
    }
  }
  return comments;
}

}  // namespace picket::yaml
