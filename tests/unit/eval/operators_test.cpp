#include "engine/eval/operators.hpp"

#include <random>

#include "engine/event/time.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

bool holds(const Value& left, Op op, const Value& right, bool folded = false, bool all = false) {
  Budget budget(1'000'000);
  return compares({.op = op, .folded = folded, .all = all}, left, right, budget);
}

List sample_operands() {
  return {Value(),
          true,
          false,
          0,
          1,
          1.0,
          "",
          "a",
          "A",
          "abc",
          "10.0.0.1",
          "[",
          List{},
          List{"a"},
          List{"a", 1, Value()},
          List{Value(List{"a"})},
          Object{},
          Object{{"a", 1}},
          Object{{"A", Value()}},
          Time{1},
          Duration{0},
          Duration{1}};
}

TEST_CASE("ne is not eq, gt is lt the other way round, in is contains the other way round") {
  for (const Value& a : sample_operands()) {
    for (const Value& b : sample_operands()) {
      INFO(to_json(a) << " and " << to_json(b));
      for (const bool folded : {false, true}) {
        CHECK(holds(a, Op::ne, b, folded) != holds(a, Op::eq, b, folded));
        CHECK(holds(a, Op::eq, b, folded) == holds(b, Op::eq, a, folded));
        if (b.list() == nullptr) CHECK(holds(b, Op::in, a, folded) == holds(a, Op::contains, b, folded));
        CHECK((!holds(a, Op::eq, b, false) || holds(a, Op::eq, b, true)));
      }
      CHECK(holds(a, Op::lt, b) == holds(b, Op::gt, a));
      CHECK(holds(a, Op::le, b) == holds(b, Op::ge, a));
      CHECK((holds(a, Op::lt, b) && holds(a, Op::ge, b)) == false);
    }
  }
}

TEST_CASE("every operator is total, and a list on the right means its elements one by one") {
  for (const Op op : {Op::contains, Op::starts_with, Op::ends_with, Op::like, Op::matches, Op::in_cidr}) {
    for (const Value& left : sample_operands()) {
      for (const Value& right : sample_operands()) {
        const List* list = right.list();
        if (list == nullptr) continue;
        bool any = false;
        bool all = true;
        for (const Value& one : *list) {
          // A list within the list is one element; only there it is no list of alternatives.
          if (one.list() != nullptr) continue;
          const bool fits = holds(left, op, one);
          any = any || fits;
          all = all && fits;
        }
        const bool nested = !list->empty() && list->front().list() != nullptr;
        if (nested) continue;
        INFO(row_of(op).spelling << " " << to_json(left) << " and " << to_json(right));
        CHECK(holds(left, op, right) == any);
        if (row_of(op).all) CHECK(holds(left, op, right, false, true) == all);
      }
    }
  }
}

TEST_CASE("compiled patterns say what the patterns say") {
  Budget budget(1'000'000);
  const List texts = {"report.exe", "REPORT.EXE", "", Value(), 5, "10.1.2.3", "10.0.0.0/7", "a\nb"};
  for (const Value& left : texts) {
    for (const bool folded : {false, true}) {
      for (const char* pattern : {"*", "r*", "REPORT.*", "?*", "[!r]*"}) {
        const std::vector<Glob> globs = {std::get<Glob>(Glob::compile(pattern, folded))};
        CHECK(is_like(left, globs, false, budget) == holds(left, Op::like, pattern, folded));
      }
      for (const char* pattern : {"", "port", "^R", "\\d"}) {
        const std::vector<Regex> regexes = {std::get<Regex>(Regex::compile(pattern, {.folded = folded}))};
        CHECK(matches(left, regexes, false, budget) == holds(left, Op::matches, pattern, folded));
      }
    }
    for (const char* network : {"10.0.0.0/8", "0.0.0.0/0", "::/0"}) {
      const std::vector<Network> networks = {*Network::parse(network)};
      CHECK(is_in_networks(left, networks, budget) == holds(left, Op::in_cidr, network));
    }
  }
}

TEST_CASE("malformed patterns in data fit nothing") {
  CHECK_FALSE(holds("[a", Op::like, "[a"));
  CHECK_FALSE(holds("(", Op::matches, "("));
  CHECK_FALSE(holds("10.0.0.1", Op::in_cidr, "10.0.0.0/33"));
  CHECK(holds("10.0.0.1", Op::in_cidr, List{"nonsense", 5, "10.0.0.0/8"}));
}

TEST_CASE("comparisons with long lists and long globs cost steps") {
  Budget budget(1'000);
  CHECK_FALSE(compares({.op = Op::in}, "x", List(2'000, Value("x")), budget));
  CHECK(budget.exhausted());
  Budget other(100'000);
  CHECK_FALSE(compares({.op = Op::like}, std::string(1'000'000, 'a'), "*" + std::string(1'000, 'a') + "b", other));
  CHECK(other.exhausted());
  const auto glob = Glob::compile("*" + std::string(1'000, 'a') + "b", false);
  Budget compiled(100'000);
  CHECK_FALSE(is_like(std::string(1'000'000, 'a'), std::vector{std::get<Glob>(glob)}, false, compiled));
  CHECK(compiled.exhausted());
}

TEST_CASE("an affix costs by its own length, not by that of the text") {
  const Value text = std::string(8'000'000, 'A');
  const Value affixes = List(100'000, Value("x"));  // to fold the text for each of them: 800 GB
  for (const Op op : {Op::starts_with, Op::ends_with}) CHECK_FALSE(holds(text, op, affixes, true));
  Budget budget(1'000);
  CHECK_FALSE(compares({.op = Op::starts_with}, text, std::string(100'000, 'A'), budget));
  CHECK(budget.exhausted());
}

}  // namespace
}  // namespace picket
