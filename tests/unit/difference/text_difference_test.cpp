// What is a difference between two conditions, and how it is told.
#include "engine/difference/text_difference.hpp"

#include <string>
#include <vector>

#include "grammar/condition/parse.hpp"
#include "tests/catch.hpp"

using namespace picket;

namespace {

// "[within] -before +after" or "[within] subject: -removed +added" of each change.
std::string told(const std::vector<PartChange>& changes) {
  std::string text;
  for (const PartChange& change : changes) {
    if (!text.empty()) text += " | ";
    for (const std::string& one : change.within) text += "[" + one + "] ";
    if (change.values_added.empty() && change.values_removed.empty()) {
      if (!change.before.empty()) text += "-" + change.before;
      if (!change.before.empty() && !change.after.empty()) text += " ";
      if (!change.after.empty()) text += "+" + change.after;
      continue;
    }
    text += change.subject + ":";
    for (const std::string& value : change.values_removed) text += " -" + value;
    for (const std::string& value : change.values_added) text += " +" + value;
  }
  return text;
}

template <typename Parse>
auto parsed(const SourceText& text, Parse parse) {
  Diagnostics diagnostics;
  auto result = parse(text, diagnostics, Limits{});
  INFO(text.text);
  REQUIRE_FALSE(diagnostics.has_errors());
  return *std::move(result);
}

template <typename Parse>
std::vector<PartChange> changes(const std::string& before, const std::string& after, Parse parse) {
  const SourceText old_text = SourceText::standalone("old", before);
  const SourceText new_text = SourceText::standalone("new", after);
  return difference_of(parsed(old_text, parse), parsed(new_text, parse), {*old_text.source, *new_text.source});
}

std::string conditions(const std::string& before, const std::string& after) {
  return told(changes(before, after, parse_condition));
}

std::string definitions(const std::string& before, const std::string& after) {
  return told(changes(before, after, parse_definitions));
}

}  // namespace

TEST_CASE("spelling, order and nesting are no difference") {
  const std::vector<std::pair<std::string, std::string>> same = {
      {"a eq 1 # why\nb eq 2", "b == 2\na == 1"},
      {"a eq 1 and b eq 2 and c", "c\nb eq 2 and a eq 1"},
      {"a eq 1 or b eq 2", "any {\n  b eq 2\n  a eq 1\n}"},
      {"a\nall { b; c }", "c and a and b"},
      {"a or (b or c)", "any { c; b; a }"},
      {"a in [1, 2, 3]", "a in [3, 2, 1, 2]"},
      {"x contains ['b', \"a\"]", "x contains ['a', 'b']"},
      {"not (a eq 1)", "a ne 1"},
      {"not a in [1]", "a not in [1]"},
      {"not a is null", "a is not null"},
      {"none { a; b }", "none { b; a }"},
      {"any x in list { x.a eq 1; x.b }", "any x in list { x.b; x.a == 1 }"},
      {"a and a", "a"},
  };
  for (const auto& [before, after] : same) {
    INFO(before << " and " << after);
    CHECK(conditions(before, after).empty());
    CHECK(conditions(after, before).empty());
  }
}

TEST_CASE("what means something else is a difference") {
  const std::vector<std::pair<std::string, std::string>> different = {
      {"a eq [1, 2]", "a eq [2, 1]"}, {"a and b", "a or b"},
      {"a eq 1", "a eq~ 1"},          {"a lt b", "b lt a"},
      {"none { a; b }", "not a"},     {"a contains 'x'", "a contains all 'x'"},
      {"a in 'xy'", "a in ['xy']"},   {"f[0] eq 1", "f[1] eq 1"},
      {"a.b eq 1", "b.a eq 1"},       {"any { a; b }", "all { a; b }"},
      {"a eq 1", "a eq '1'"},         {"any x in l { x }", "all x in l { x }"},
  };
  for (const auto& [before, after] : different) {
    INFO(before << " and " << after);
    CHECK_FALSE(conditions(before, after).empty());
  }
}

TEST_CASE("lines are told as added, removed or changed") {
  CHECK(conditions("a\nb", "b\nc") == "+c | -a");
  CHECK(conditions("a eq 1\nb", "a gt 1\nb") == "-a eq 1 +a gt 1");
  CHECK(conditions("a eq 1", "a is null") == "-a eq 1 +a is null");
  CHECK(conditions("a eq 1", "a eq 2") == "-a eq 1 +a eq 2");
}

TEST_CASE("values of lists are told as such") {
  CHECK(conditions("a in [1, 2]", "a in [2, 3]") == "a in: -1 +3");
  CHECK(conditions("a eq 'x'", "a in ['x', 'y']") == "a in: +\"y\"");
  CHECK(conditions("a not in ['x', 'y']", "a ne 'x'") == "a not in: -\"y\"");
  CHECK(conditions("a starts_with~ ['x']", "a starts_with~ ['x', 'y']") == "a starts_with~: +\"y\"");
  // Nothing in common, another question, or a list that is compared whole: no values.
  CHECK(conditions("a in [1, 2]", "a in [3]") == "-a in [1, 2] +a in [3]");
  CHECK(conditions("a in [1, 2]", "a in [1, 2, b]") == "-a in [1, 2] +a in [1, 2, b]");
  CHECK(conditions("a eq [1]", "a eq [1, 2]") == "-a eq [1] +a eq [1, 2]");
}

TEST_CASE("a change within a group or a binder is told there") {
  CHECK(conditions("any { a; b }", "any { a; c; b }") == "[any] +c");
  CHECK(conditions("a or b", "any { b; a; c in [1] }") == "[any] +c in [1]");
  CHECK(conditions("none { a eq 1; b }", "none { a eq 2; b }") == "[none] -a eq 1 +a eq 2");
  CHECK(conditions("any r in rules { r.a; any r.l { .b in [1, 2] } }", "any r in rules { r.a; any r.l { .b eq 1 } }") ==
        "[any r in rules] [any r.l] .b in: -2");
  CHECK(conditions("not (a or b)", "not (a or c)") == "[not] [any] +c | [not] [any] -b");
  // Of two groups the one with more in common has become the new one.
  CHECK(conditions("any { x; y }\nany { a; b }", "any { a; b; c }") == "[any] +c | -any { x; y }");
}

TEST_CASE("definitions are matched by name") {
  CHECK(definitions("x = 1\ny = 2", "y = 2\nx = 1").empty());
  CHECK(definitions("x = 1", "x = 2\nz = 3") == "-x = 1 +x = 2 | +z = 3");
  CHECK(definitions("x = 1\ny = 2", "x = 1") == "-y = 2");
  CHECK(definitions("known = ['a', 'b']", "known = ['b', 'c']") == R"(known: -"a" +"c")");
  CHECK(definitions("known = ['a', 'b']", "known = ['b', 'a']") == R"(-known = ["a", "b"] +known = ["b", "a"])");
  CHECK(definitions("f(a) = a eq 1 or b", "f(a) = b or a eq 2") == "[f] [any] -a eq 1 +a eq 2");
  CHECK(definitions("f(a) = a eq 1", "f(b) = b eq 1") == "-f(a) = a eq 1 +f(b) = b eq 1");
  CHECK(definitions("denied = code in ['a', 'b']", "denied = code in ['a']") == "[denied] code in: -\"b\"");
}

TEST_CASE("entries are matched by key") {
  const auto entries = [](const std::string& before, const std::string& after) {
    const SourceText old_text = SourceText::standalone("old", before);
    const SourceText new_text = SourceText::standalone("new", after);
    return told(difference_of_entries(parsed(old_text, parse_entries), parsed(new_text, parse_entries),
                                      {*old_text.source, *new_text.source}));
  };
  CHECK(entries("...aws.who\na: b\nc", "c\na: b\n...aws.who").empty());
  CHECK(entries("a: b\nc", "a: d\ne: f") == "-a: b +a: d | +e: f | -c");
  CHECK(entries("...x", "...y") == "+... y | -... x");
}

TEST_CASE("a change knows its lines in both files") {
  const auto found = changes("a\nb eq 1\nc", "b eq 2\n# a remark\nd\na", parse_condition);
  REQUIRE(found.size() == 3);
  CHECK(found[0].line_before == 2);
  CHECK(found[0].line_after == 1);
  CHECK(found[1].line_before == 0);
  CHECK(found[1].line_after == 3);
  CHECK(found[2].line_before == 3);
  CHECK(found[2].line_after == 0);
}
