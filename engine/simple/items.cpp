#include "engine/simple/items.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "grammar/ast/literals.hpp"
#include "grammar/ast/written_item.hpp"

namespace picket::simple {
namespace {

using Slip = WrittenItem::Slip;
using Slips = std::vector<Slip>;

// Conditions that are taken for one another.
struct Confusion {
  ConditionTest written;
  ConditionTest meant;
  Slip::Kind kind;
  bool turned = false;  // one of them is told by what it is not
};
constexpr auto confusions = std::to_array<Confusion>({
    {ConditionTest::equals, ConditionTest::contains, Slip::Kind::comparison},
    {ConditionTest::contains, ConditionTest::starts_with, Slip::Kind::comparison},
    {ConditionTest::contains, ConditionTest::ends_with, Slip::Kind::comparison},
    {ConditionTest::starts_with, ConditionTest::contains, Slip::Kind::comparison},
    {ConditionTest::starts_with, ConditionTest::equals, Slip::Kind::comparison},
    {ConditionTest::ends_with, ConditionTest::contains, Slip::Kind::comparison},
    {ConditionTest::ends_with, ConditionTest::equals, Slip::Kind::comparison},
    {ConditionTest::exists, ConditionTest::is_not_null, Slip::Kind::comparison},
    {ConditionTest::is_not_null, ConditionTest::is_not_empty, Slip::Kind::comparison},
    {ConditionTest::is_not_empty, ConditionTest::is_not_null, Slip::Kind::comparison},
    {ConditionTest::some_element, ConditionTest::failing_element, Slip::Kind::comparison, true},
    {ConditionTest::failing_element, ConditionTest::some_element, Slip::Kind::comparison, true},
    {ConditionTest::one_element, ConditionTest::some_element, Slip::Kind::comparison},
    {ConditionTest::is_private_ip, ConditionTest::is_public_ip, Slip::Kind::negated},
    {ConditionTest::is_public_ip, ConditionTest::is_private_ip, Slip::Kind::negated},
    {ConditionTest::greater, ConditionTest::greater_or_equal, Slip::Kind::boundary},
    {ConditionTest::greater_or_equal, ConditionTest::greater, Slip::Kind::boundary},
    {ConditionTest::less, ConditionTest::less_or_equal, Slip::Kind::boundary},
    {ConditionTest::less_or_equal, ConditionTest::less, Slip::Kind::boundary},
});

// The step from a number to one that lies on its other side, as far as the condition goes.
std::int64_t step_over(ConditionTest test) {
  return test == ConditionTest::greater_or_equal || test == ConditionTest::less ? -1 : 1;
}

// What is asked by another condition, or of another value, in place of the same.
using Ask = std::function<Expr(const ConditionRow& row, const ConditionValue& value)>;

// What a condition of this kind could have been written as by mistake.
class SlipsOf {
 public:
  SlipsOf(const ConditionRow& row, ConditionValue value, const ConditionPlaces& places, bool filters, Ask ask)
      : row_(row),
        written_(*find_condition(row.spelling)),
        value_(std::move(value)),
        places_(places),
        filters_(filters),
        ask_(std::move(ask)) {}

  Slips operator()(const Expr&) const {
    Slips slips;
    const auto* value = std::get_if<Expr>(&value_);
    const auto* text = value != nullptr ? std::get_if<StringLiteral>(&value->node) : nullptr;
    add(slips, Slip::Kind::negated, row_.test, !written_.negated, row_.folded);
    for (const Confusion& confusion : confusions) {
      if (confusion.written != row_.test) continue;
      // Nobody writes `Contains` for `Equals` where the value is a number or a bool.
      if (value != nullptr && confusion.kind == Slip::Kind::comparison && text == nullptr) continue;
      add(slips, confusion.kind, confusion.meant, written_.negated != confusion.turned, row_.folded);
    }
    const bool cased = text != nullptr && has_letters(text->value);
    if (cased) add(slips, Slip::Kind::case_folding, row_.test, written_.negated, !row_.folded);
    const auto number = value != nullptr ? whole_number(*value) : std::nullopt;
    if (number) add_number(slips, *number, value->span);
    return slips;
  }

 private:
  // The first of the table that asks so.
  void add(Slips& slips, Slip::Kind kind, ConditionTest test, bool negated, bool folded) const {
    const auto all = conditions();
    const auto other = std::ranges::find_if(all, [&](const ConditionRow& row) {
      return row.test == test && row.negated == negated && row.folded == folded && (row.filters || !filters_);
    });
    if (other == all.end()) return;
    ConditionRow asked = *other;
    asked.negated = asked.negated != (row_.negated != written_.negated);
    slips.push_back({kind, places_.condition, std::string(other->spelling), ask_(asked, value_)});
  }

  void add_number(Slips& slips, std::int64_t number, SourceSpan span) const {
    const std::int64_t other = number + step_over(row_.test);
    slips.push_back({Slip::Kind::number, span, std::to_string(other), ask_(row_, number_expr(other, span))});
  }

  ConditionRow row_;
  ConditionRow written_;  // which `Value: false` turns round
  ConditionValue value_;
  ConditionPlaces places_;
  bool filters_;
  Ask ask_;
};

WrittenItem::Field asked_of(const Field& field) { return {.value = field.value(), .name = field.name()}; }

std::vector<Expr> listed(const ConditionValue& value) {
  const auto* literal = std::get_if<Expr>(&value);
  const auto* list = literal != nullptr ? std::get_if<ListExpr>(&literal->node) : nullptr;
  std::vector<Expr> values;
  if (list == nullptr || list->items.size() < 2) return values;
  for (const ListExpr::Item& one : list->items) values.push_back(one.value);
  return values;
}

}  // namespace

Expr field_item(const ConditionRow& row, const Field& field, const ConditionValue& value, const ConditionPlaces& places,
                bool filters) {
  const auto ask = [field, places, filters](const ConditionRow& asked, const ConditionValue& of) {
    return filters ? filter_field(asked, field, of, places) : compare_field(asked, field, of, places);
  };
  Expr meaning = ask(row, value);
  WrittenItem written{.fields = {}, .values = listed(value), .slips = SlipsOf(row, value, places, filters, ask)};
  // Why something exists after all its value does not tell.
  if (row.test != ConditionTest::exists || !row.negated) written.fields.push_back(asked_of(field));
  return item_of(std::move(meaning), std::move(written), places.whole);
}

Expr pair_item(const ConditionRow& row, const Field& left, const Field& right, const ConditionPlaces& places) {
  const auto ask = [left, right, places](const ConditionRow& asked, const ConditionValue&) {
    return compare_fields(asked, left, right, places);
  };
  WrittenItem written{
      .fields = {asked_of(left), asked_of(right)}, .values = {}, .slips = SlipsOf(row, {}, places, false, ask)};
  return item_of(compare_fields(row, left, right, places), std::move(written), places.whole);
}

Expr only_one_item(std::vector<Expr> operands, SourceSpan span) {
  ListExpr list;
  for (Expr& operand : operands) list.items.push_back({false, std::move(operand)});
  Block body;
  body.lines.push_back({ElementExpr{}, span});
  body.span = span;
  Expr count{BinderExpr{BinderKind::count, {}, {}, Expr{std::move(list), span}, std::move(body)}, span};
  CompareClause clause{Op::eq, false, false, false, span, Expr{NumberLiteral{"1"}, span}};
  return item_of({CompareExpr{std::move(count), std::move(clause)}, span}, {.fields = {}, .values = {}}, span);
}

}  // namespace picket::simple
