#include "grammar/ast/literals.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

namespace picket {

std::optional<std::int64_t> whole_number(const Expr& expr) {
  const auto* negated = std::get_if<NegateExpr>(&expr.node);
  const auto* number = std::get_if<NumberLiteral>(negated != nullptr ? &negated->operand->node : &expr.node);
  if (number == nullptr || number->text.size() > 15) return std::nullopt;
  std::int64_t value = 0;
  const char* last = number->text.data() + number->text.size();
  const auto [end, error] = std::from_chars(number->text.data(), last, value);
  if (error != std::errc() || end != last) return std::nullopt;
  return negated != nullptr ? -value : value;
}

Expr number_expr(std::int64_t value, SourceSpan span) {
  Expr number{NumberLiteral{std::to_string(value < 0 ? -value : value)}, span};
  if (value >= 0) return number;
  return {NegateExpr{std::move(number)}, span};
}

bool has_letters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  });
}

}  // namespace picket
