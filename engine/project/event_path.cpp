#include "engine/project/event_path.hpp"

#include <charconv>
#include <utility>

namespace picket {
namespace {

std::optional<std::int64_t> index_of(const NumberLiteral& number) {
  std::int64_t index = 0;
  const char* end = number.text.data() + number.text.size();
  const auto [rest, error] = std::from_chars(number.text.data(), end, index);
  return error == std::errc() && rest == end ? std::optional(index) : std::nullopt;
}

std::optional<EventPath::value_type> step_of(const Expr& index) {
  if (const auto* key = std::get_if<StringLiteral>(&index.node)) return key->value;
  const auto* negated = std::get_if<NegateExpr>(&index.node);
  const auto* number = std::get_if<NumberLiteral>(negated != nullptr ? &negated->operand->node : &index.node);
  if (number == nullptr) return std::nullopt;
  const auto found = index_of(*number);
  if (!found) return std::nullopt;
  return negated != nullptr ? -*found : *found;
}

}  // namespace

std::optional<EventPath> event_path(const Expr& expr) {
  if (std::holds_alternative<EventExpr>(expr.node)) return EventPath{};
  const auto* member = std::get_if<MemberExpr>(&expr.node);
  const auto* item = std::get_if<IndexExpr>(&expr.node);
  if (member == nullptr && item == nullptr) return std::nullopt;
  auto path = event_path(member != nullptr ? *member->base : *item->base);
  std::optional<EventPath::value_type> step;
  if (member != nullptr) {
    step = member->name;
  } else {
    step = step_of(*item->index);
  }
  if (!path || !step) return std::nullopt;
  path->push_back(*std::move(step));
  return path;
}

}  // namespace picket
