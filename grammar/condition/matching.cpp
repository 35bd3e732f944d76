#include "grammar/condition/matching.hpp"

#include <iterator>
#include <utility>

namespace picket::syntax {

void rewind(Input& in, Mode& mode, const char* begin, std::size_t nodes) {
  in.iterator() = begin;
  if (mode.nodes.size() > nodes)
    mode.nodes.erase(mode.nodes.begin() + static_cast<std::ptrdiff_t>(nodes), mode.nodes.end());
}

void adopt(const Input& in, Mode& mode, NodeKind kind, const char* begin, std::size_t first) {
  ParseNode node{
      .kind = kind, .text = std::string_view(begin, static_cast<std::size_t>(in.current() - begin)), .children = {}};
  const auto children = mode.nodes.begin() + static_cast<std::ptrdiff_t>(first);
  node.children.assign(std::make_move_iterator(children), std::make_move_iterator(mode.nodes.end()));
  mode.nodes.erase(children, mode.nodes.end());
  mode.nodes.push_back(std::move(node));
}

void fail_for(Expected expected, const Input& in, const Mode& mode) {
  const std::string_view text(in.begin(), static_cast<std::size_t>(in.end() - in.begin()));
  throw describe(expected, text, offset_of(in), mode);
}

}  // namespace picket::syntax
