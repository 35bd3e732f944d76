// The expressions of random_conditions.hpp: literals, fields, calls, whatever gives a value.
#include <array>
#include <vector>

#include "grammar/ast/print.hpp"
#include "tests/agree/random_conditions.hpp"
#include "tests/agree/random_words.hpp"

namespace picket::tests {
namespace {

constexpr Kinds any_kinds{};

// A kind that is among those asked for.
Kinds::Bit kind_among(Kinds kinds, Chance& chance) {
  constexpr std::array<Kinds::Bit, 10> uneven = {Kinds::string, Kinds::string,  Kinds::string, Kinds::number,
                                                 Kinds::number, Kinds::boolean, Kinds::null,   Kinds::list,
                                                 Kinds::object, Kinds::duration};
  for (int attempt = 0; attempt < 20; ++attempt) {
    const Kinds::Bit bit = uneven[chance.below(uneven.size())];
    if (kinds.has(bit)) return bit;
  }
  return Kinds::null;
}

}  // namespace

std::string RandomTexts::literal(Kinds kinds) {
  switch (kind_among(kinds, chance_)) {
    case Kinds::string:
      return print_string(random_text(chance_));
    case Kinds::number:
      return std::string(random_number(chance_));
    case Kinds::boolean:
      return one_in(2) ? "true" : "false";
    case Kinds::list:
      return list_of_literals(any_kinds);
    case Kinds::object:
      return "{a: " + literal({Kinds::number | Kinds::string}) + "}";
    case Kinds::duration:
      return one_in(2) ? "5m" : "1d";
    case Kinds::null:
    case Kinds::time:
    case Kinds::pattern:
    case Kinds::path:
      break;
  }
  return "null";
}

std::string RandomTexts::list_of_literals(Kinds kinds) {
  const Kinds scalars{static_cast<std::uint16_t>(kinds.bits & ~(Kinds::list | Kinds::object | Kinds::duration))};
  // Mostly of one kind, as people write them.
  const Kinds one_kind{static_cast<std::uint16_t>(kind_among(scalars, chance_))};
  std::string text = "[";
  const std::size_t count = one_in(10) ? 12 : 1 + chance_.below(3);
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ", ") + literal(one_in(6) ? scalars : one_kind);
  return text + "]";
}

std::string RandomTexts::value(Kinds kinds, std::size_t depth) {
  if (!variables_.empty() && one_in(2)) {
    const std::string& variable = variables_[chance_.below(variables_.size())];
    if (one_in(2)) return variable;
    return variable + (variable == "." ? "" : ".") + (one_in(2) ? "a" : "name");
  }
  if (depth == 0 || one_in(2)) {
    if (one_in(8)) return literal(kinds);
    if (kinds.has(Kinds::list) && one_in(8) && !names_.lists.empty()) return one_of(names_.lists);
    if (one_in(5) && !names_.values.empty()) return one_of(names_.values);
    return kinds.has(Kinds::list) ? random_path(chance_) : random_plain_path(chance_);
  }
  return one_in(2) ? call(kinds, depth - 1) : made(kinds, depth - 1);
}

// A production that has no name of its own: fallbacks, parts, lists, objects, templates, binders, choices, arithmetic.
std::string RandomTexts::made(Kinds kinds, std::size_t depth) {
  constexpr std::array<std::string_view, 6> parts = {"[0]", "[-1]", "[1:]", "[:-1]", "[0:2]", "[n]"};
  const auto part = [&] { return value(kinds, depth); };
  if (kinds == Kinds{Kinds::number}) return made_number(depth);
  if (kinds == Kinds{Kinds::list} && one_in(2)) {
    if (one_in(2)) return "(" + binder(one_in(2) ? "where" : "map", depth) + ")";
    return "[" + value(any_kinds, depth) + ", " + (one_in(3) ? "...xs" : value(any_kinds, depth)) + "]";
  }
  if (kinds == any_kinds && one_in(4)) {
    return "{a: " + part() + ", [" + value({Kinds::string}, depth) + "]: " + part() + "}";
  }
  if (kinds == Kinds{Kinds::string} && one_in(3)) return one_in(2) ? R"(f"x{a}{b.c}")" : "(string(n) + \"x\")";
  switch (chance_.below(5)) {
    case 0:
      return "(" + part() + (one_in(2) ? " ?? " : " ?: ") + part() + ")";
    case 1:
      return "(" + random_plain_path(chance_) + " + " + literal({Kinds::string}) + ")";
    case 2:
      return random_plain_path(chance_) + std::string(chance_.pick(parts));
    case 3:
      return "(" + binder("first", depth) + ")";
    default:
      return "(" + choice(false, depth) + ")";
  }
}

std::string RandomTexts::made_number(std::size_t depth) {
  constexpr std::array<std::string_view, 5> signs = {" + ", " - ", " * ", " / ", " % "};
  if (one_in(4)) return "(" + binder("count", depth) + ")";
  if (one_in(4)) return "-" + random_plain_path(chance_);
  const Kinds number{Kinds::number};
  return "(" + value(number, depth) + std::string(chance_.pick(signs)) + value(number, depth) + ")";
}

std::string RandomTexts::call(Kinds kinds, std::size_t depth) {
  const auto table = functions();
  const FunctionRow* row = &table[chance_.below(table.size())];
  for (int attempt = 0; attempt < 10 && (row->result.bits & kinds.bits) == 0; ++attempt) {
    row = &table[chance_.below(table.size())];
  }
  std::string text = std::string(row->spelling) + "(";
  bool first = true;
  for (const FunctionParameter& parameter : row->parameters) {
    if (parameter.optional && one_in(2)) break;
    text += (first ? "" : ", ") + argument(parameter, depth);
    first = false;
    if (parameter.repeats && one_in(2)) text += ", " + argument(parameter, depth);
  }
  return text + ")";
}

std::string RandomTexts::argument(const FunctionParameter& parameter, std::size_t depth) {
  if (parameter.kinds.has(Kinds::path)) return random_plain_path(chance_) + ".a";
  if (parameter.kinds.has(Kinds::pattern)) return "'" + std::string(random_regex(chance_)) + "'";
  if (parameter.name == "format") return "\"%Y-%m-%d %H\"";
  if (parameter.kinds == Kinds{Kinds::time}) return "time(" + random_plain_path(chance_) + ")";
  if (parameter.kinds == Kinds{Kinds::duration}) return "(now - time(" + random_plain_path(chance_) + "))";
  return value(parameter.kinds, depth);
}

std::string RandomTexts::text_template() {
  std::string text;
  for (std::size_t count = 1 + chance_.below(3); count > 0; --count) {
    text += one_in(3) ? "{{a}} " : "b ";
    text += "{" + (one_in(3) ? value(any_kinds, 2) : random_path(chance_)) + "}";
  }
  return text;
}

std::string RandomTexts::severity() {
  if (one_in(3)) return random_path(chance_);
  return "if " + condition(1) + " then \"HIGH\" else " + (one_in(2) ? "\"info\"" : "\"DEFAULT\"");
}

std::string RandomTexts::destinations() {
  return one_in(2) ? random_path(chance_) : "[\"x\", " + random_path(chance_) + "]";
}

std::string RandomTexts::context_entries() {
  std::string text = "one: " + value(any_kinds, 2) + "\n" + random_plain_path(chance_) + ".a\n";
  if (one_in(3)) text += "..." + random_plain_path(chance_) + ".a\n";
  if (one_in(3)) text += "all: $\n";
  return text;
}

}  // namespace picket::tests
