#include "engine/sigma/item_slips.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "engine/sigma/expressions.hpp"
#include "grammar/ast/operators.hpp"

namespace picket::sigma {
namespace {

using Slip = WrittenItem::Slip;

// Modifiers that are taken for one another, and what an item asks by them.
struct Confusion {
  Modifier written;
  Op op;
  Modifier meant;
  Op other;
  Slip::Kind kind;
};
constexpr auto confusions = std::to_array<Confusion>({
    {Modifier::contains, Op::contains, Modifier::startswith, Op::starts_with, Slip::Kind::comparison},
    {Modifier::contains, Op::contains, Modifier::endswith, Op::ends_with, Slip::Kind::comparison},
    {Modifier::startswith, Op::starts_with, Modifier::contains, Op::contains, Slip::Kind::comparison},
    {Modifier::endswith, Op::ends_with, Modifier::contains, Op::contains, Slip::Kind::comparison},
    {Modifier::gt, Op::gt, Modifier::gte, Op::ge, Slip::Kind::boundary},
    {Modifier::gte, Op::ge, Modifier::gt, Op::gt, Slip::Kind::boundary},
    {Modifier::lt, Op::lt, Modifier::lte, Op::le, Slip::Kind::boundary},
    {Modifier::lte, Op::le, Modifier::lt, Op::lt, Slip::Kind::boundary},
});

bool is_string_guard(const Expr& line) {
  const auto* is = std::get_if<IsExpr>(&line.node);
  return is != nullptr && is->clause.predicate == "string" && std::holds_alternative<ElementExpr>(is->left->node);
}

// The lines of an element that is compared: `contains`, which objects and lists know, too, has a guard before it.
void set_guard(std::vector<Expr>& lines, Op op) {
  const bool has_guard = is_string_guard(lines.front());
  if (op == Op::contains && !has_guard)
    lines.insert(lines.begin(), is(element(lines.front().span), "string", lines.front().span));
  if (op != Op::contains && has_guard) lines.erase(lines.begin());
}

// Whether any comparison of the item has become another.
// NOLINTNEXTLINE(misc-no-recursion): as deep as what one item is made of
bool change_comparisons(Expr& expr, const Confusion& confusion) {
  bool changed = false;
  const auto in = [&](Expr& part) { changed = change_comparisons(part, confusion) || changed; };
  match(
      expr.node,
      [&](CompareExpr& e) {
        changed = e.clause.op == confusion.op;
        if (changed) e.clause.op = confusion.other;
      },
      [&](NotExpr& e) { in(*e.operand); },
      [&](LogicExpr& e) { std::for_each(e.operands.begin(), e.operands.end(), in); },
      [&](BinderExpr& e) {
        std::vector<Expr>& lines = e.body.lines;
        std::for_each(lines.begin(), lines.end(), in);
        const auto* compare = std::get_if<CompareExpr>(&lines.back().node);
        const bool of_texts = confusion.kind == Slip::Kind::comparison && compare != nullptr;
        if (of_texts && std::holds_alternative<ElementExpr>(compare->left->node)) set_guard(lines, compare->clause.op);
      },
      [](auto&) {});
  return changed;
}

// `|word` in the key as it is written; empty if it is not there.
SourceSpan place_of(std::string_view word, SourceSpan key, const Source& source) {
  const std::size_t bar = source.text(key).find("|" + std::string(word));
  if (bar == std::string_view::npos) return {};
  const auto begin = static_cast<std::uint32_t>(key.begin + bar + 1);
  return {.begin = begin, .end = begin + static_cast<std::uint32_t>(word.size())};
}

std::vector<Slip> slips(Modifier written, SourceSpan word, const Expr& item) {
  std::vector<Slip> made;
  for (const Confusion& confusion : confusions) {
    if (confusion.written != written) continue;
    Slip slip{confusion.kind, word, std::string(row_of(confusion.meant).spelling), item};
    slip.meaning.item = nullptr;
    if (change_comparisons(slip.meaning, confusion)) made.push_back(std::move(slip));
  }
  return made;
}

}  // namespace

std::function<std::vector<Slip>(const Expr& item)> slips_of(const ItemKey& key, const SourcePtr& source) {
  const auto is_written = [&](const Confusion& confusion) { return confusion.written == key.compare; };
  if (std::none_of(confusions.begin(), confusions.end(), is_written)) return nullptr;
  const Modifier written = *key.compare;
  const SourceSpan word = place_of(row_of(written).spelling, key.span, *source);
  if (word == SourceSpan{}) return nullptr;
  return [written, word](const Expr& item) { return slips(written, word, item); };
}

}  // namespace picket::sigma
