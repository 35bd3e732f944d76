#include "engine/coverage/coverage.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/analyse/analyse.hpp"
#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"
#include "tests/unit/rule_text.hpp"

namespace picket::tests {
namespace {

struct Covered {
  CheckedPack pack;
  Coverage coverage;
};

std::unique_ptr<Covered> cover(const std::vector<std::string>& files, std::size_t threads = 1) {
  std::vector<SourcePtr> sources;
  for (const std::string& file : files) {
    sources.push_back(std::make_shared<const Source>(std::to_string(sources.size()) + ".yml", file));
  }
  Diagnostics diagnostics;
  auto covered = std::make_unique<Covered>();
  const auto pack = std::make_shared<const Pack>(load_sources(sources, {}, diagnostics));
  covered->pack = analyse(pack, {.lints = false}, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) FAIL(diagnostic.message);
  std::vector<const CheckedRule*> rules;
  for (const CheckedRule& checked : covered->pack.rules) rules.push_back(&checked);
  TestOptions options;
  options.threads = threads;
  covered->coverage = cover_rules(covered->pack, rules, options);
  return covered;
}

// "a eq 1: 2/1 mcdc; …": times true and false of each part, and what else there is to say.
std::string summary(const TextCoverage& text) {
  std::string words;
  for (const PartCoverage& part : text.parts) {
    if (!words.empty()) words += "; ";
    if (part.kind == PartKind::branch) words += "or ";
    if (part.kind == PartKind::arm) words += "-> ";
    if (part.kind == PartKind::body) words += "each ";
    words += written_at(*part.site) + ": " + std::to_string(part.times_true) + "/" + std::to_string(part.times_false);
    if (part.missing > 0) words += " missing " + std::to_string(part.missing);
    if (part.wrong_type > 0) words += " wrong " + std::to_string(part.wrong_type);
    if (part.independent()) words += " mcdc";
    if (part.opened) words += " opened";
    for (const ItemCoverage& item : part.items) words += " " + to_json(item.value) + "=" + std::to_string(item.matched);
  }
  return words;
}

std::string covered(const std::string& condition, const std::vector<std::string>& events,
                    const std::string& more = "") {
  return summary(cover({rule_text(condition, events, more)})->coverage.rules.front());
}

}  // namespace

TEST_CASE("comparisons are counted whether or not the verdict needs them") {
  CHECK(covered("a eq 1\nb eq 2", {"{a: 0, b: 2}", "{a: 0}", "{a: x, b: 3}"}) ==
        "a eq 1: 0/3 wrong 1; b eq 2: 1/2 missing 1");
  CHECK(covered("a eq 1 or b eq 2", {"+{a: 1, b: 2}"}) == "a eq 1: 1/0; b eq 2: 1/0");
}

TEST_CASE("a comparison is independent if it alone decides tests of both verdicts") {
  // Unique causes of a conjunction: each false once while all others are true.
  CHECK(covered("a eq 1\nb eq 2", {"+{a: 1, b: 2}", "{a: 0, b: 2}", "{a: 1, b: 0}"}) ==
        "a eq 1: 2/1 mcdc; b eq 2: 2/1 mcdc");
  // True and false, but never while the other one left the verdict to it.
  CHECK(covered("a eq 1\nb eq 2", {"+{a: 1, b: 2}", "{a: 0, b: 0}"}) == "a eq 1: 1/1; b eq 2: 1/1");
  CHECK(covered("not a eq 1", {"{a: 1}", "+{a: 0}"}) == "a eq 1: 1/1 mcdc");
  // Exclusive or: a comparison written twice decides only where one of its places does.
  CHECK(covered("(a and not b) or (b and not a)", {"+{a: true}", "{}"}) ==
        "or a and not b: 1/1; a: 1/1 missing 1 mcdc; b: 0/2 missing 2; or b and not a: 0/2; "
        "b: 0/2 missing 2; a: 1/1 missing 1");
}

TEST_CASE("the values of a list are counted one by one, through names and with any operator") {
  CHECK(covered(R"(a in ["x", "y", 3])", {"+{a: x}", "+{a: 3}", "{a: z}"}) ==
        R"(a in ["x", "y", 3]: 2/1 mcdc "x"=1 "y"=0 3=1)");
  CHECK(covered("a not in NAMES", {"{a: x}", "+{a: z}"}, "Let: 'NAMES = [\"x\", \"y\"]'\n") ==
        R"(a not in NAMES: 1/1 mcdc "x"=1 "y"=0)");
  CHECK(covered(R"(a starts_with~ ["ab", "b"])", {"+{a: ABC}"}) == R"(a starts_with~ ["ab", "b"]: 1/0 "ab"=1 "b"=0)");
  CHECK(covered("a matches ['^x', 'y$']", {"+{a: ay}"}) == R"(a matches ['^x', 'y$']: 1/0 "^x"=0 "y$"=1)");
  CHECK(covered(R"(a like ["x*", "*y"])", {"+{a: xy}"}) == R"(a like ["x*", "*y"]: 1/0 "x*"=1 "*y"=1)");
  CHECK(covered(R"(a in cidr ["10.0.0.0/8", "::1"])", {"+{a: 10.1.2.3}"}) ==
        R"(a in cidr ["10.0.0.0/8", "::1"]: 1/0 "10.0.0.0/8"=1 "::1"=0)");
  // A list that is one value has no alternatives.
  CHECK(covered("a eq [1, 2]", {"+{a: [1, 2]}"}) == "a eq [1, 2]: 1/0");
}

TEST_CASE("branches, choices and bodies are parts of their own") {
  CHECK(covered("any { (a eq 1 and b eq 2); c eq 3 }", {"+{c: 3}", "+{a: 1, b: 2}", "{b: 2}"}) ==
        "or a eq 1 and b eq 2: 1/2; a eq 1: 1/2 missing 2 mcdc; b eq 2: 2/1 missing 1; "
        "c eq 3: 1/2 missing 2 mcdc");
  CHECK(covered("when a { 1 -> b eq 2; else -> false }", {"+{a: 1, b: 2}"}) ==
        "when a { 1 -> b eq 2; else -> false }: 1/0 opened; 1: 1/0; -> b eq 2: 1/0; b eq 2: 1/0; -> false: 0/1");
  CHECK(covered("any x in l { x.a eq 1; x.b eq 2 }", {"+{l: [{a: 1, b: 2}, {a: 1}]}", "{l: []}"}) ==
        "each { x.a eq 1; x.b eq 2 }: 1/1; x.a eq 1: 2/0; x.b eq 2: 1/1 missing 1");
}

TEST_CASE("a definition's own comparisons count, not the question for it") {
  const std::string let = "Let: 'bad = a eq 1 or b eq 2'\n";
  CHECK(covered("bad", {"+{a: 1}", "{}"}, let) ==
        "a eq 1: 1/1 missing 1 mcdc; b eq 2: 0/2 missing 2; bad: 1/1 mcdc opened");
  const Covered one = std::move(*cover({rule_text("bad", {"+{a: 1}", "{}"}, let)}));
  const CoverageShares shares = shares_of(one.coverage.rules.front());
  CHECK(shares.mcdc.all == 2);
  CHECK(shares.mcdc.reached == 1);
  CHECK(shares.outcomes.reached == 3);
}

TEST_CASE("libraries are covered by the tests of all rules that use them") {
  const std::string library =
      "AnalysisType: definitions\nDefinitionsID: l\nLet: |\n  good = code eq \"ok\"\n  big(x) = x gt 5\n  unused = z "
      "eq 1\n";
  const auto result =
      cover({library, rule_text("l.good", {"+{code: ok}"}, "Use: [l]\n", "A.A"),
             rule_text("l.good\nl.big(n)", {"{code: bad, n: 9}", "{code: ok, n: 1}"}, "Use: [l]\n", "A.C")});
  REQUIRE(result->coverage.libraries.size() == 1);
  CHECK(summary(result->coverage.libraries.front()) == "code eq \"ok\": 2/1 mcdc; x gt 5: 1/1");
  CHECK(result->coverage.libraries.front().tests == 3);
  // In the rule the question for a library's definition is a comparison.
  CHECK(summary(result->coverage.rules[1]) == "l.good: 1/1; l.big(n): 1/1");
}

TEST_CASE("coverage does not depend on the number of threads, nor on the clock of tests that set none") {
  std::vector<std::string> files;
  for (int i = 0; i < 60; ++i) {
    files.push_back(rule_text("a in [1, 2]\nb ne 3", {"+{a: 1}", "{b: 3, a: 2}"}, "", "A.R" + std::to_string(i)));
  }
  const auto one = cover(files, 1);
  const auto four = cover(files, 4);
  REQUIRE(one->coverage.rules.size() == 60);
  for (std::size_t i = 0; i < 60; ++i) CHECK(summary(one->coverage.rules[i]) == summary(four->coverage.rules[i]));
}

TEST_CASE("a rule without tests has parts that nothing evaluated") {
  const auto result = cover({rule_text("a in [1, 2]", {})});
  const TextCoverage& text = result->coverage.rules.front();
  CHECK(summary(text) == "a in [1, 2]: 0/0 1=0 2=0");
  const CoverageShares shares = shares_of(text);
  CHECK(shares.outcomes.reached == 0);
  CHECK(shares.outcomes.all == 2);
  CHECK(shares.values.all == 2);
  CHECK(shares.mcdc.percent() == 0.0);
  CHECK(shares.branches.percent() == 100.0);
}

}  // namespace picket::tests
