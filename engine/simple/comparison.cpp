#include "engine/simple/comparison.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "engine/simple/logic.hpp"

namespace picket::simple {
namespace {

struct AskedKind {
  ConditionTest test;
  std::string_view spelling;  // after `is`
  bool negated;
};
constexpr auto asked_kinds = std::to_array<AskedKind>({{ConditionTest::is_not_null, "null", true},
                                                       {ConditionTest::is_not_empty, "empty", true},
                                                       {ConditionTest::is_ip, "ip", false},
                                                       {ConditionTest::is_ipv4, "ipv4", false},
                                                       {ConditionTest::is_ipv6, "ipv6", false},
                                                       {ConditionTest::is_private_ip, "private_ip", false}});

struct OperatorOf {
  ConditionTest test;
  Op op;
};
constexpr auto operators_of = std::to_array<OperatorOf>({{ConditionTest::equals, Op::eq},
                                                         {ConditionTest::starts_with, Op::starts_with},
                                                         {ConditionTest::ends_with, Op::ends_with},
                                                         {ConditionTest::contains, Op::contains},
                                                         {ConditionTest::greater, Op::gt},
                                                         {ConditionTest::greater_or_equal, Op::ge},
                                                         {ConditionTest::less, Op::lt},
                                                         {ConditionTest::less_or_equal, Op::le},
                                                         {ConditionTest::is_in, Op::in},
                                                         {ConditionTest::in_network, Op::in_cidr},
                                                         {ConditionTest::holds_address, Op::in_cidr}});

// Makes the questions of one condition. Where the language asks more freely than Panther, a guard stands beside the
// comparison: `contains` knows the keys of objects, `in cidr` networks within networks, a binder takes a single value
// for a list of one.
class Questions {
 public:
  Questions(const ConditionRow& row, const ConditionPlaces& places) : row_(row), places_(places) {}

  // What is asked of a value, the opposite of the condition if it is negated.
  [[nodiscard]] Expr ask(Expr value, const ConditionValue& beside) const {
    if (const auto* body = std::get_if<Block>(&beside)) return ask_elements(std::move(value), *body);
    if (const auto* right = std::get_if<Expr>(&beside)) return ask_literal(std::move(value), *right);
    if (row_.test == ConditionTest::exists) return has(std::move(value));
    if (row_.test == ConditionTest::is_public_ip) {
      Expr address = is(value, "ip");
      return both(std::move(address), is(std::move(value), "private_ip", true));
    }
    const auto* kind = std::ranges::find(asked_kinds, row_.test, &AskedKind::test);
    return is(std::move(value), kind->spelling, kind->negated);
  }

  // What is asked of two values.
  [[nodiscard]] Expr ask_pair(Expr left, Expr right) const {
    if (row_.test == ConditionTest::equals) return compare(std::move(left), Op::eq, std::move(right));
    if (row_.test == ConditionTest::contains) {
      // Not `left contains right`, which would take a list on the right for alternatives.
      Expr no_keys = is(left, "object", true);
      Expr something = is(right, "null", true);
      Expr held = compare(std::move(right), Op::in, std::move(left));
      return all_of(list(std::move(held), std::move(no_keys), std::move(something)), places_.whole);
    }
    if (row_.test == ConditionTest::is_in) {
      Expr something = is(left, "null", true);
      Expr of_list = is(right, "list");
      Expr held = compare(std::move(left), Op::in, std::move(right));
      return all_of(list(std::move(held), std::move(of_list), std::move(something)), places_.whole);
    }
    if (row_.operand == ConditionOperand::number) {
      Expr number = is(left, "number");
      return both(compare(std::move(left), op(), std::move(right)), std::move(number));
    }
    if (row_.test == ConditionTest::holds_address) std::swap(left, right);
    Expr one = is(right, "string");
    if (row_.test != ConditionTest::in_network && row_.test != ConditionTest::holds_address)
      return both(compare(std::move(left), op(), std::move(right)), std::move(one));
    Expr address = is(left, "ip");
    Expr held = compare(std::move(left), op(), std::move(right));
    return all_of(list(std::move(held), std::move(address), std::move(one)), places_.whole);
  }

  [[nodiscard]] Expr has(Expr value) const {
    // An element of a list is there.
    if (std::holds_alternative<ElementExpr>(value.node)) return {BoolLiteral{true}, places_.whole};
    std::vector<Expr> arguments;
    arguments.push_back(std::move(value));
    return {CallExpr{"has", places_.condition, std::move(arguments)}, places_.whole};
  }

 private:
  [[nodiscard]] Expr ask_literal(Expr value, const Expr& right) const {
    if (row_.test == ConditionTest::contains && std::holds_alternative<StringLiteral>(right.node)) {
      Expr no_keys = is(value, "object", true);
      return both(compare(std::move(value), Op::contains, right), std::move(no_keys));
    }
    if (row_.test == ConditionTest::holds_address) {
      Expr network = is(value, "string");
      return both(compare(right, Op::in_cidr, std::move(value)), std::move(network));
    }
    if (row_.test == ConditionTest::in_network) {
      Expr address = is(value, "ip");
      return both(compare(std::move(value), Op::in_cidr, right), std::move(address));
    }
    const auto* values = std::get_if<ListExpr>(&right.node);
    if (values != nullptr && values->items.size() == 1)
      return compare(std::move(value), Op::eq, values->items.front().value);
    return compare(std::move(value), op(), right);
  }

  [[nodiscard]] Expr ask_elements(Expr value, Block body) const {
    Expr of_list = is(value, "list");
    if (row_.test == ConditionTest::failing_element) {
      Expr fulfils = all_of(std::move(body.lines), body.span);
      body.lines.clear();
      body.lines.push_back(opposite(std::move(fulfils)));
    }
    const bool one = row_.test == ConditionTest::one_element;
    Expr binder{BinderExpr{one ? BinderKind::count : BinderKind::any, {}, {}, std::move(value), std::move(body)},
                places_.whole};
    if (one) binder = compare(std::move(binder), Op::eq, {NumberLiteral{"1"}, places_.condition});
    return both(std::move(of_list), std::move(binder));
  }

  [[nodiscard]] Op op() const { return std::ranges::find(operators_of, row_.test, &OperatorOf::test)->op; }

  [[nodiscard]] Expr compare(Expr left, Op op, Expr right) const {
    CompareClause clause{op, false, row_.folded, false, places_.condition, std::move(right)};
    return {CompareExpr{std::move(left), std::move(clause)}, places_.whole};
  }

  [[nodiscard]] Expr is(Expr value, std::string_view kind, bool negated = false) const {
    return {IsExpr{std::move(value), IsClause{negated, std::string(kind), places_.condition}}, places_.whole};
  }

  template <typename... Parts>
  [[nodiscard]] static std::vector<Expr> list(Parts... parts) {
    std::vector<Expr> joined;
    (joined.push_back(std::move(parts)), ...);
    return joined;
  }

  [[nodiscard]] Expr both(Expr first, Expr second) const {
    return all_of(list(std::move(first), std::move(second)), places_.whole);
  }

  const ConditionRow& row_;
  const ConditionPlaces& places_;
};

// The lines of AllElements where nothing but the list stands between: `x is not list or all x { … }` reads better than
// that no element fails.
std::optional<Expr> every_element(const ConditionRow& row, const Field& field, const ConditionValue& value,
                                  const ConditionPlaces& places) {
  const auto* body = std::get_if<Block>(&value);
  if (row.test != ConditionTest::failing_element || body == nullptr || !field.is_plain()) return std::nullopt;
  std::vector<Expr> ways;
  ways.push_back({IsExpr{field.value(), IsClause{true, "list", places.condition}}, places.whole});
  ways.push_back({BinderExpr{BinderKind::all, {}, {}, field.value(), *body}, places.whole});
  return Expr{LogicExpr{Connective::disjunction, std::move(ways)}, places.whole};
}

}  // namespace

Expr compare_field(const ConditionRow& row, const Field& field, const ConditionValue& value,
                   const ConditionPlaces& places) {
  if (auto every = every_element(row, field, value, places)) return *std::move(every);
  const Questions questions(row, places);
  Expr asked = field.some([&](Expr one) { return questions.ask(std::move(one), value); });
  return row.negated ? opposite(std::move(asked)) : asked;
}

Expr filter_field(const ConditionRow& row, const Field& field, const ConditionValue& value,
                  const ConditionPlaces& places) {
  Expr holds = compare_field(row, field, value, places);
  if (row.negated) return holds;  // true of a missing field already
  const Questions questions(row, places);
  std::vector<Expr> ways;
  ways.push_back(opposite(field.some([&](Expr one) { return questions.has(std::move(one)); })));
  ways.push_back(std::move(holds));
  return {LogicExpr{Connective::disjunction, std::move(ways)}, places.whole};
}

Expr compare_fields(const ConditionRow& row, const Field& left, const Field& right, const ConditionPlaces& places) {
  Expr asked = Questions(row, places).ask_pair(left.value(), right.value());
  return row.negated ? opposite(std::move(asked)) : asked;
}

}  // namespace picket::simple
