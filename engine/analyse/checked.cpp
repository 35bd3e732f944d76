#include "engine/analyse/checked.hpp"

namespace picket {

TermNode::TermNode() = default;
TermNode::TermNode(const TermNode& other) = default;
TermNode::TermNode(TermNode&& other) noexcept = default;
TermNode& TermNode::operator=(const TermNode& other) = default;
TermNode& TermNode::operator=(TermNode&& other) noexcept = default;
TermNode::~TermNode() = default;

}  // namespace picket
