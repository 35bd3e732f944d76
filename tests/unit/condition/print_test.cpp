// Printing: print(parse(x)) parses to the same tree and prints the same; canonical forms as they should read.
#include "grammar/ast/print.hpp"

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "grammar/ast/walk.hpp"
#include "grammar/condition/parse.hpp"
#include "tests/catch.hpp"

using namespace picket;

namespace {

Block parsed(const std::string& text) {
  Diagnostics diagnostics;
  auto block = parse_condition(SourceText::standalone("test", text), diagnostics);
  INFO(text);
  INFO((diagnostics.size() != 0 ? diagnostics.all().front().message : std::string()));
  REQUIRE(block.has_value());
  return std::move(*block);
}

// A random expression as text, of bounded depth. Every form of the grammar can come out.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::string condition(int depth) {
    if (depth <= 0) return comparison(0);
    switch (pick(9)) {
      case 0:
        return "(" + condition(depth - 1) + " and " + unary(depth - 1) + ")";
      case 1:
        return "(" + unary(depth - 1) + " or " + unary(depth - 1) + " or " + unary(depth - 1) + ")";
      case 2:
        return "not " + unary(depth - 1);
      case 3:
        return "any x in " + path() + " { x.a eq 1; " + unary(depth - 1) + " }";
      case 4:
        return "none { " + condition(depth - 1) + "; " + condition(depth - 1) + " }";
      case 5:
        return "(if " + condition(depth - 1) + " then " + value(depth - 1) + " else " + value(depth - 1) + ")";
      case 6:
        return "all " + path() + " { . ne 2 }";
      default:
        return comparison(depth);
    }
  }

 private:
  std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }
  std::string one_of(const std::vector<std::string>& words) { return words[pick(words.size())]; }

  std::string unary(int depth) { return pick(3) == 0 ? comparison(depth) : "(" + condition(depth) + ")"; }
  std::string path() {
    return one_of(
        {"a", "a.b", "$.count", "a[0].b", "a[-1]", "a[\"x y\"]", "a[*].b[*]", "$[**]", "udm.user", "a[1:2]", "a[:n]"});
  }
  std::string literal() {
    return one_of({"1", "-2.5", "1e3", "\"s\"", "'raw \\d'", R"("q\"uote\n")", "null", "true", "5m", "[]", "[1, \"a\"]",
                   "{k: 1, \"a b\": 2}", "18446744073709551616"});
  }
  std::string value(int depth) {
    if (depth <= 0) return pick(2) == 0 ? path() : literal();
    switch (pick(12)) {
      case 0:
        return "(" + value(depth - 1) + " + " + value(depth - 1) + ")";
      case 1:
        return value(0) + " - " + value(0) + " * " + value(0);
      case 2:
        return "(" + value(depth - 1) + ") ?? " + value(0);
      case 3:
        return "lower(" + value(depth - 1) + ")";
      case 4:
        return "f\"x {" + path() + "} {{y}}\"";
      case 5:
        return "(v = " + value(depth - 1) + "; v)";
      case 6:
        return "[" + value(depth - 1) + ", ..." + path() + "]";
      case 7:
        return "{k: " + value(depth - 1) + ", ...a, \"x y\": " + value(0) + ", [b]: 1, a.b}.k";
      case 8:
        return "when " + path() + " { 1, ge 5 -> " + value(depth - 1) + "; else -> 0 }";
      case 9:
        return "count " + path() + " { . }";
      case 10:
        return "-(" + path() + ")";
      default:
        return path() + " ?: " + value(0);
    }
  }
  std::string comparison(int depth) {
    switch (pick(8)) {
      case 0:
        return path() + " is not null";
      case 1:
        return path() + " in [" + literal() + ", " + literal() + "]";
      case 2:
        return path() + " not in cidr \"10.0.0.0/8\"";
      case 3:
        return path() + " contains~ all [" + literal() + "]";
      case 4:
        return path();
      case 5:
        return value(depth) + " " + one_of({"==", "!=", "<", "ge", "not like", "=~", "startswith~"}) + " " +
               value(depth);
      default:
        return path() + " eq " + value(depth);
    }
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("canonical forms") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"a == 1 && !b", "a eq 1 and not b"},
      {"a =~ 'x' ", "a matches \"x\""},
      {"a startswith \"x\"", "a starts_with \"x\""},
      {"a  eq\n 1 # c", "a eq 1"},
      {"a\n\n;b", "a\nb"},
      {"a\n  or b", "a or b"},
      {"x = 1 ; y eq x", "x = 1\ny eq x"},
      {"(a)", "a"},
      {"((a or b)) and c", "(a or b) and c"},
      {"1 + (2 + 3)", "1 + (2 + 3)"},
      {"(1 + 2) + 3", "1 + 2 + 3"},
      {"(1 + 2) * 3", "(1 + 2) * 3"},
      {"-(a.b)", "-a.b"},
      {"(-a).b", "(-a).b"},
      {"a ?? (b ?? c)", "a ?? (b ?? c)"},
      {"'it''s'", "\"it's\""},
      {"'a\\b'", "'a\\b'"},
      {R"("a\"b")", "'a\"b'"},
      {"{a: a, b: x.b, c: d}", "{a, x.b, c: d}"},
      {"a in cidr", "a in (cidr)"},
      {"a contains (all b { . })", "a contains (all b { . })"},
      {"a contains all b", "a contains all b"},
      {"120s gt 90000ms", "2m gt 90s"},
      {"any (a) { b }", "any a { b }"},
      {"any ({a: 1}) { b }", "any ({a: 1}) { b }"},
  };
  for (const auto& [written, canonical] : cases) {
    INFO(written);
    CHECK(print(parsed(written)) == canonical);
  }
}

TEST_CASE("print(parse(x)) is a fixed point") {
  const unsigned seed = std::random_device()();
  CAPTURE(seed);
  Generator generator(seed);
  for (int i = 0; i < 3'000; ++i) {
    const std::string text = generator.condition(3);
    const Block first = parsed(text);
    const std::string printed = print(first);
    CAPTURE(text, printed);
    const Block second = parsed(printed);
    REQUIRE(second == first);
    REQUIRE(print(second) == printed);
  }
}

TEST_CASE("templates print as they are written") {
  for (const std::string text :
       {"plain", "a {b.c} d", "{{x}} {a}", "{ {a: 1} }", "{a ?? \"none\"}", "", "\u00e4 {x}"}) {
    Diagnostics diagnostics;
    const auto tree = parse_template(SourceText::standalone("test", text), diagnostics);
    REQUIRE(tree.has_value());
    CHECK(print_template(*tree) == text);
  }
}

TEST_CASE("entries print one a line") {
  Diagnostics diagnostics;
  const auto tree =
      parse_entries(SourceText::standalone("test", "a.b, x: 1; ...rest\n[k]: v\n\"two words\": 2"), diagnostics);
  REQUIRE(tree.has_value());
  CHECK(print_entries(*tree) == "a.b\nx: 1\n... rest\n[k]: v\n\"two words\": 2");
}

TEST_CASE("walk meets every expression") {
  std::vector<std::string> names;
  const Block block =
      parsed("any r in a { when b { c -> [d, {e: f}]; else -> g(h)[i:j] } eq f\"{k}\" }\nl(m = n) = o\nl(p)");
  walk(block, [&](const Expr& expr) {
    if (const auto* name = std::get_if<NameExpr>(&expr.node)) names.push_back(name->name);
  });
  CHECK(names == std::vector<std::string>{"n", "o", "a", "b", "c", "d", "f", "h", "i", "j", "k", "p"});
}
