#include "engine/analyse/kinds.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace picket {

namespace {

constexpr Kinds any{Kinds::any_value};
constexpr Kinds boolean{Kinds::boolean};

Kinds of_bits(int bits) { return {static_cast<std::uint16_t>(bits)}; }

// What an operator gives for operands of one kind each; nothing if it gives null.
Kinds arithmetic_result(Arithmetic op, Kinds::Bit left, Kinds::Bit right) {
  const bool numbers = left == Kinds::number && right == Kinds::number;
  const bool durations = left == Kinds::duration && right == Kinds::duration;
  if (numbers) return {Kinds::number};
  switch (op) {
    case Arithmetic::add:
      if (left == right && (left == Kinds::string || left == Kinds::list || left == Kinds::duration)) return {left};
      if ((left == Kinds::time && right == Kinds::duration) || (left == Kinds::duration && right == Kinds::time)) {
        return {Kinds::time};
      }
      return {0};
    case Arithmetic::subtract:
      if (durations || (left == Kinds::time && right == Kinds::time)) return {Kinds::duration};
      return {left == Kinds::time && right == Kinds::duration ? std::uint16_t{Kinds::time} : std::uint16_t{0}};
    case Arithmetic::multiply: {
      const bool scaled =
          (left == Kinds::duration && right == Kinds::number) || (left == Kinds::number && right == Kinds::duration);
      return {scaled ? std::uint16_t{Kinds::duration} : std::uint16_t{0}};
    }
    case Arithmetic::divide:
      if (durations) return {Kinds::number};
      return {left == Kinds::duration && right == Kinds::number ? std::uint16_t{Kinds::duration} : std::uint16_t{0}};
    case Arithmetic::modulo:
      return {0};
  }
  return {0};
}

constexpr std::array operand_kinds{Kinds::number, Kinds::string, Kinds::list, Kinds::time, Kinds::duration};

Kinds arithmetic_kinds(Arithmetic op, Kinds left, Kinds right) {
  Kinds result{0};
  for (const Kinds::Bit a : operand_kinds) {
    for (const Kinds::Bit b : operand_kinds) {
      if (left.has(a) && right.has(b)) result = either(result, arithmetic_result(op, a, b));
    }
  }
  return result;
}

Kinds binder_kinds(BinderKind kind) {
  switch (kind) {
    case BinderKind::any:
    case BinderKind::all:
    case BinderKind::none:
      return boolean;
    case BinderKind::count:
      return {Kinds::number};
    case BinderKind::first:
      return any;
    case BinderKind::where:
    case BinderKind::map:
      return {Kinds::list};
  }
  return any;
}

Kinds call_kinds(Function function) {
  const FunctionRow& row = row_of(function);
  // Lists and lengths are never absent; every other function gives null for what it cannot do.
  const bool total = row.result == Kinds{Kinds::list} || row.result == boolean;
  return total && function != Function::words && function != Function::split ? row.result
                                                                             : either(row.result, {Kinds::null});
}

}  // namespace

Kinds kinds_of(const Value& value) {
  constexpr std::array<Kinds::Bit, 8> bits{Kinds::null, Kinds::boolean, Kinds::number, Kinds::string,
                                           Kinds::list, Kinds::object,  Kinds::time,   Kinds::duration};
  return {bits[static_cast<std::size_t>(value.kind())]};
}

Kinds kinds_of(const Term& term, const DefinitionKinds& definitions, const SlotKinds& slots) {
  const auto of = [&](const Term& part) { return kinds_of(part, definitions, slots); };
  return match(
      term.node, [](const ConstantTerm& t) { return kinds_of(t.value); },
      [](const TemplateTerm& t) { return t.needs_holes ? of_bits(Kinds::null | Kinds::string) : Kinds{Kinds::string}; },
      [](const EventTerm&) { return Kinds{Kinds::object}; }, [](const NowTerm&) { return Kinds{Kinds::time}; },
      [&](const SlotTerm& t) {
        const auto known = slots.find(t.slot);
        return known == slots.end() ? any : known->second;
      },
      [&](const LocalTerm& t) { return of(*t.body); },
      [&](const SharedTerm& t) { return t.definition < definitions.size() ? definitions[t.definition] : any; },
      [&](const UnfoldedTerm& t) { return of(*t.body); }, [&](const ScopeTerm& t) { return of(*t.body); },
      [](const SliceTerm&) { return of_bits(Kinds::null | Kinds::string | Kinds::list); },
      [](const EachTerm&) { return Kinds{Kinds::list}; }, [](const EachMemberTerm&) { return Kinds{Kinds::list}; },
      [](const EachIndexTerm&) { return Kinds{Kinds::list}; }, [](const CallTerm& t) { return call_kinds(t.function); },
      [](const HasTerm&) { return boolean; },
      [](const NegateTerm&) { return of_bits(Kinds::null | Kinds::number | Kinds::duration); },
      [&](const ArithmeticTerm& t) { return either({Kinds::null}, arithmetic_kinds(t.op, of(*t.left), of(*t.right))); },
      [&](const FallbackTerm& t) { return either(without(of(*t.left), Kinds::null), of(*t.right)); },
      [](const CompareTerm&) { return boolean; }, [](const IsTerm&) { return boolean; },
      [](const TruthTerm&) { return boolean; }, [](const NotTerm&) { return boolean; },
      [](const LogicTerm&) { return boolean; }, [&](const IfTerm& t) { return either(of(*t.then), of(*t.otherwise)); },
      [](const BinderTerm& t) { return binder_kinds(t.kind); }, [](const ListTerm&) { return Kinds{Kinds::list}; },
      [](const ObjectTerm&) { return Kinds{Kinds::object}; }, [](const auto&) { return any; });
}

std::string in_words(Kinds kinds) {
  if (kinds.bits == Kinds::any_value) return "anything";
  constexpr std::array<std::pair<Kinds::Bit, std::string_view>, 8> rows{{{Kinds::null, "null"},
                                                                         {Kinds::boolean, "a bool"},
                                                                         {Kinds::number, "a number"},
                                                                         {Kinds::string, "a string"},
                                                                         {Kinds::list, "a list"},
                                                                         {Kinds::object, "an object"},
                                                                         {Kinds::time, "a time"},
                                                                         {Kinds::duration, "a duration"}}};
  std::string words;
  // What may be null besides is named by what it is when it is there.
  const bool only_null = kinds.bits == Kinds::null;
  for (const auto& [bit, word] : rows) {
    if (!kinds.has(bit) || (bit == Kinds::null && !only_null)) continue;
    if (!words.empty()) words += " or ";
    words += word;
  }
  return words;
}

}  // namespace picket
