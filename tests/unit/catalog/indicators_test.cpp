#include "engine/catalog/indicators.hpp"

#include <string>
#include <vector>

#include "engine/catalog/conjunction.hpp"
#include "engine/catalog/output_fields.hpp"
#include "tests/catch.hpp"
#include "tests/unit/catalog/checked_rules.hpp"
#include "tests/unit/rule_text.hpp"

namespace picket::tests {
namespace {

std::string words(const std::vector<IndicatorRow>& rows) {
  std::string text;
  for (const IndicatorRow& row : rows) {
    if (!text.empty()) text += "; ";
    text += row.field + " " + std::string(spelling(row.kind)) + (row.folded ? "~" : "");
    for (const IndicatorValue& value : row.values) text += value.field ? " $" + value.text : " " + value.text;
  }
  return text;
}

// "looked for | left out".
std::string indicators(const std::string& condition, const std::string& more = "") {
  const CheckedPack pack = checked_rules({rule_text(condition, {}, more)});
  const Indicators found = indicators_of(pack, pack.rules.front());
  return words(found.rows) + (found.exclusions.empty() ? "" : " | " + words(found.exclusions));
}

Conjunction conjunction(const std::string& condition) {
  const CheckedPack pack = checked_rules({rule_text(condition, {})});
  return conjunction_of(pack, pack.rules.front());
}

}  // namespace

TEST_CASE("indicators are the comparisons of a condition, by field and kind") {
  CHECK(indicators("source_type eq \"api_token\"\naction in [\"create\", \"destroy\"]") ==
        "action in create destroy; source_type eq api_token");
  CHECK(indicators(R"(a contains~ "X" or b starts_with ["p", "q"] or c ends_with "z")") ==
        "a contains~ X; b starts_with p q; c ends_with z");
  CHECK(indicators(R"(a matches '^x[0-9]+$'
b like "*.exe"
n gt 5
m le 1.5)") == "a match ^x[0-9]+$; b wildcard *.exe; m le 1.5; n gt 5");
  CHECK(indicators("ip in cidr [\"10.0.0.0/8\"]\nok eq true\ngone is null") ==
        "gone is null; ip in cidr 10.0.0.0/8; ok eq true");
  CHECK(indicators("a.b[\"x-y\"].c eq \"v\"\nlist[0] eq 1") == "a.b[\"x-y\"].c eq v; list[0] eq 1");
  CHECK(indicators(R"(a eq "x" or (a eq "y" and b eq "x") or a eq "x")") == "a eq x y; b eq x");
}

TEST_CASE("values under a negation are exclusions, under two they are not") {
  CHECK(indicators("a eq \"x\"\nb ne \"y\"\nc not in [\"p\", \"q\"]") == "a eq x | b eq y; c in p q");
  CHECK(indicators("a eq \"x\"\nnot (b eq \"y\" or not c eq \"z\")") == "a eq x; c eq z | b eq y");
  CHECK(indicators("a eq \"x\"\nnone {\n  b eq \"y\"\n  c contains \"z\"\n}") == "a eq x | b eq y; c contains z");
  CHECK(indicators("a\nnot b\nhas(c)\nd is true") == "a is truthy; c is present; d is true | b is truthy");
  CHECK(indicators("a eq \"x\"\nb is not null") == "a eq x | b is null");
}

TEST_CASE("definitions and binders are looked through") {
  CHECK(indicators("admin\nis_root(user.name)",
                   "Let: |\n  admin = role eq \"admin\"\n  is_root(x) = lower(x) eq \"root\"\n") ==
        "lower(user.name) eq root; role eq admin");
  CHECK(indicators("any items { .port eq 22 }\nany p in peers { p.name starts_with \"x\" }") ==
        "items[*].port eq 22; peers[*].name starts_with x");
  CHECK(indicators("count items { .bad eq true } gt 3") == "count(items) gt 3; items[*].bad eq true");
  CHECK(indicators("none items { .port eq 22 }\na eq 1") == "a eq 1 | items[*].port eq 22");
  CHECK(indicators("any tags { . eq \"x\" }") == "tags eq x");
  CHECK(indicators("\"x\" in tags") == "tags contains x");
  CHECK(indicators("5 lt size") == "size gt 5");
  CHECK(indicators("a eq b") == "a eq $b");
  CHECK(indicators("actor.id ne owner.id") == " | actor.id eq $owner.id");
  CHECK(indicators(R"((a ?? "") eq "x")") == "a eq x");
}

TEST_CASE("a comparison that is meant many times is one indicator") {
  std::string definitions = "Let: |\n  d0 = a eq 1\n";
  std::string values = "  v0 = b\n";
  for (int i = 1; i < 14; ++i) {
    const std::string last = std::to_string(i - 1);
    definitions += "  d" + std::to_string(i) + " = d" + last + " or d" + last + "\n";
    values += "  v" + std::to_string(i) + " = v" + last + " + v" + last + "\n";
  }
  CHECK(indicators("d13", definitions) == "a eq 1");
  CHECK(indicators("v13 gt 1", definitions + values).empty());
}

TEST_CASE("what an alert carries is told with where it stands") {
  const CheckedPack pack =
      checked_rules({rule_text("a eq 1", {},
                               "AlertTitle: \"{user.name} did {lower(action)} to {target ?? owner}\"\n"
                               "AlertContext: |\n  ip: source.ip\n  names: map items { .name }\n"
                               "  same: user.name\nSummaryAttributes: [region]\n")});
  std::string text;
  for (const OutputField& field : output_fields_of(pack, pack.rules.front())) {
    text += field.field + ":";
    for (const std::string& place : field.places) text += " [" + place + "]";
    text += "\n";
  }
  CHECK(text ==
        "user.name: [title] [context: same]\naction: [title]\ntarget: [title]\nowner: [title]\n"
        "source.ip: [context: ip]\nitems[*].name: [context: names]\nregion: [summary]\n");
}

TEST_CASE("a condition implies another where each part of that follows from one of its own") {
  const struct {
    const char* narrow;
    const char* wide;
    bool implied;
  } cases[] = {
      {"a eq \"x\"\nb eq 1", "a eq \"x\"", true},
      {"a eq \"x\"", "a eq \"x\"\nb eq 1", false},
      {"a eq \"x\"", R"(a in ["x", "y"])", true},
      {R"(a in ["x", "z"])", R"(a in ["x", "y"])", false},
      {"a eq \"x\"", "a eq~ \"X\"", true},
      {"a eq~ \"x\"", "a eq \"x\"", false},
      {"a eq 1", "a eq \"1\"", false},
      {"a eq \"prefix/more\"", "a starts_with \"prefix/\"", true},
      {"a starts_with \"pre\"", "a starts_with \"prefix/\"", false},
      {R"(a ends_with ["x.exe", "y.exe"])", "a ends_with \".exe\"", true},
      {"a starts_with \"abc\"", "a contains \"b\"", true},
      {"a contains \"abc\"", "a contains \"b\"", false},  // a list that contains "abc" contains no "b"
      {"a ne \"x\"\na ne \"y\"\nb eq 1", "b eq 1\na ne \"x\"", true},
      {"b eq 1\na not in [\"x\", \"y\"]", "b eq 1\na not in [\"x\"]", true},
      {"b eq 1\na not in [\"x\"]", "b eq 1\na not in [\"x\", \"y\"]", false},
      {"a eq \"x\" or b eq 1", "a eq \"x\"", false},
      {"a eq \"x\"\n(b eq 1 or c eq 2)", "a eq \"x\"", true},
      {"a eq \"x\"", "a eq \"x\"\n(b eq 1 or c eq 2)", false},
      {R"(a contains all ["x", "y"])", "a contains \"x\"", false},
  };
  for (const auto& [narrow, wide, implied] : cases) {
    INFO(narrow << "  =>  " << wide);
    CHECK(implies(conjunction(narrow), conjunction(wide)) == implied);
  }
}

}  // namespace picket::tests
