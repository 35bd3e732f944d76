#include "grammar/ast/expr.hpp"

namespace picket {

Node::Node() = default;
Node::Node(const Node& other) = default;
Node::Node(Node&& other) noexcept = default;
Node& Node::operator=(const Node& other) = default;
Node& Node::operator=(Node&& other) noexcept = default;
Node::~Node() = default;

bool operator==(const Node& a, const Node& b) {
  return static_cast<const AnyNode&>(a) == static_cast<const AnyNode&>(b);
}

}  // namespace picket
