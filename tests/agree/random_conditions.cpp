#include "tests/agree/random_conditions.hpp"

#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "grammar/ast/operators.hpp"
#include "grammar/ast/print.hpp"
#include "tests/agree/random_words.hpp"

namespace picket::tests {
namespace {

constexpr Kinds anything{};

std::string raw_string(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "''" : std::string(1, c);
  return out + "'";
}

}  // namespace

std::string RandomTexts::rule_condition() {
  std::string text;
  const std::size_t lines = 1 + chance_.below(3);
  for (std::size_t line = 0; line < lines; ++line) {
    if (!text.empty()) text += "\n";
    text += one_in(4) ? condition(3) : atom();
  }
  if (one_in(6)) text += "\nnone {\n" + atom() + "\n" + atom() + "\n}";
  return text;
}

std::string RandomTexts::atom() {
  const std::string field = one_in(8) && !names_.values.empty() ? one_of(names_.values) : random_path(chance_);
  if (field.find("[*") != std::string::npos) return field + " " + list_clause();
  switch (chance_.below(7)) {
    case 0:
      return field + " eq " + literal(anything);
    case 1:
      return field + " in " + list_of_literals(anything);
    case 2:
      return field + " ne " + literal(anything);
    default:
      return field + " " + clause(anything, 0);
  }
}

std::string RandomTexts::condition(std::size_t depth) {
  if (depth == 0) return one_in(8) && !names_.truths.empty() ? one_of(names_.truths) : atom();
  constexpr std::array<std::string_view, 3> binders = {"any", "all", "none"};
  switch (chance_.below(14)) {
    case 0:
      return "not (" + condition(depth - 1) + ")";
    case 1:
    case 2:
      return joined(depth - 1);
    case 3:
      return group(depth - 1);
    case 4:
    case 5:
      if (one_in(6))
        return "any $[**] { " + std::string(one_in(2) ? ". is string; " : "") + ". " + string_clause(0) + " }";
      return binder(chance_.pick(binders), depth - 1);
    case 6:
      return choice(true, depth - 1);
    case 7:
      return "has(" + random_plain_path(chance_) + ".a)";
    case 8:
      return value(anything, depth - 1);  // its truth
    case 9:
      return "(d = " + value({Kinds::string}, depth - 1) + "; d " + string_clause(depth - 1) + ")";
    default:
      return comparison(depth - 1);
  }
}

std::string RandomTexts::comparison(std::size_t depth) {
  if (one_in(8)) return one_of({"x", "a", random_plain_path(chance_)}) + " " + question();
  constexpr std::array<Kinds::Bit, 4> kinds = {Kinds::string, Kinds::string, Kinds::number, Kinds::list};
  const Kinds left{static_cast<std::uint16_t>(kinds[chance_.below(kinds.size())])};
  return value(left, depth) + " " + clause(left, depth);
}

std::string RandomTexts::question() {
  const auto kinds = is_kinds();
  std::string asked(kinds[chance_.below(kinds.size())].spelling);
  if (one_in(4) && !names_.predicates.empty()) asked = one_of(names_.predicates);
  return (one_in(2) ? "is not " : "is ") + asked;
}

std::string RandomTexts::clause(Kinds left, std::size_t depth) {
  const bool of_string = left.has(Kinds::string);
  if (left == Kinds{Kinds::list}) return list_clause();
  if (of_string && !one_in(4)) return string_clause(depth);
  if (of_string && left == Kinds{Kinds::string}) return "eq " + literal(left);
  constexpr std::array<std::string_view, 6> signs = {"eq ", "ne ", "lt ", "le ", "not gt ", "ge "};
  if (one_in(4)) return std::string(one_in(2) ? "in " : "not in ") + list_of_literals({Kinds::number});
  return std::string(chance_.pick(signs)) + literal({Kinds::number});
}

// With any operator that takes a string on its left.
std::string RandomTexts::string_clause(std::size_t depth) {
  const auto table = operators();
  const OpRow& row = table[chance_.below(table.size())];
  std::string text = (one_in(4) ? "not " : "") + std::string(row.spelling);
  if (row.folds && one_in(3)) text += "~";
  text += row.all && one_in(6) ? " all " : " ";
  const auto one = [&]() -> std::string {
    if (row.op == Op::matches) return raw_string(random_regex(chance_));
    if (row.op == Op::like) return print_string(std::string(random_glob(chance_)));
    if (row.op == Op::in_cidr) return print_string(std::string(random_network(chance_)));
    return literal({Kinds::string});
  };
  if (row.op == Op::in) return text + list_of_literals({Kinds::string});
  if (row.list_right && one_in(3)) return text + "[" + one() + ", " + one() + "]";
  if (row.op != Op::matches && one_in(8)) return text + value({Kinds::string}, depth);
  return text + one();
}

std::string RandomTexts::list_clause() {
  switch (chance_.below(5)) {
    case 0:
      return one_in(2) ? "is empty" : "is not empty";
    case 1:
      return "eq " + list_of_literals(anything);
    case 2:
      return "contains all " + list_of_literals(anything);
    case 3:
      return (one_in(2) ? "contains~ " : "not contains ") + list_of_literals({Kinds::string});
    default:
      return "contains " + literal({Kinds::string | Kinds::number | Kinds::boolean});
  }
}

std::string RandomTexts::joined(std::size_t depth) {
  const std::string word = one_in(2) ? " and " : " or ";
  std::string text = "(" + condition(depth);
  for (std::size_t count = 1 + chance_.below(2); count > 0; --count) text += word + condition(depth);
  return text + ")";
}

std::string RandomTexts::group(std::size_t depth) {
  constexpr std::array<std::string_view, 3> words = {"any", "all", "none"};
  return std::string(chance_.pick(words)) + " {\n" + block(depth) + "\n}";
}

std::string RandomTexts::block(std::size_t depth) {
  std::string text;
  for (std::size_t count = 1 + chance_.below(2); count > 0; --count) {
    text += (text.empty() ? "" : "\n") + condition(depth);
  }
  if (one_in(8)) text += "\nlocal = " + value({Kinds::string}, depth) + "\nlocal " + string_clause(depth);
  return text;
}

std::string RandomTexts::binder(std::string_view word, std::size_t depth) {
  std::string list = one_in(5) && !variables_.empty() ? variables_.back() : random_path(chance_);
  if (list == ".") list = "xs";
  const std::size_t outer = variables_.size();
  std::string text = std::string(word) + " ";
  const std::string number = std::to_string(outer);
  switch (chance_.below(4)) {
    case 0:
      text += "v" + number + " in ";
      variables_.push_back("v" + number);
      break;
    case 1:
      text += "k" + number + ", v" + number + " in ";
      variables_.push_back("k" + number);
      variables_.push_back("v" + number);
      break;
    default:
      variables_.emplace_back(".");
  }
  text += list + " { " + (word == "map" ? value(anything, depth) : block(depth)) + " }";
  variables_.resize(outer);
  return text;
}

std::string RandomTexts::choice(bool of_conditions, std::size_t depth) {
  const auto part = [&] { return of_conditions ? condition(depth) : value(anything, depth); };
  if (one_in(2)) return "(if " + condition(depth) + " then " + part() + " else " + part() + ")";
  std::string text = one_in(2) ? "when {" : "when " + random_path(chance_) + " {";
  const bool subject = text != "when {";
  for (std::size_t arms = 1 + chance_.below(2); arms > 0; --arms) {
    const std::string pattern = !subject ? condition(depth) : one_in(2) ? literal(anything) : clause(anything, depth);
    text += " " + pattern + " -> " + part() + ";";
  }
  return text + (one_in(2) ? " else -> " + part() : "") + " }";
}

}  // namespace picket::tests
