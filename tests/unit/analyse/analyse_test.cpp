// Analysis through its door: packs in, checked packs and diagnostics out.
#include "engine/analyse/analyse.hpp"
#include "engine/analyse/parts.hpp"

#include <string>
#include <utility>
#include <vector>

#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"

using namespace picket;

namespace {

struct Analysed {
  CheckedPack pack;
  Diagnostics diagnostics;
};

Analysed analysed(const std::vector<std::string>& files, const AnalysisOptions& options = {}) {
  std::vector<SourcePtr> sources;
  for (const std::string& file : files) {
    sources.push_back(std::make_shared<const Source>("f" + std::to_string(sources.size()) + ".yml", file));
  }
  Analysed result;
  auto pack = std::make_shared<const Pack>(load_sources(sources, {}, result.diagnostics));
  result.pack = analyse(std::move(pack), options, result.diagnostics);
  return result;
}

// A rule whose condition and Let are given; indented as YAML wants.
std::string rule(const std::string& condition, const std::string& let = "", const std::string& more = "") {
  const auto indented = [](const std::string& text) {
    std::string out = "  ";
    for (const char c : text) out += c == '\n' ? std::string("\n  ") : std::string(1, c);
    return out;
  };
  std::string text = "AnalysisType: rule\nRuleID: T.R\nEnabled: true\nSeverity: Low\nLogTypes: [T]\nCondition: |\n" +
                     indented(condition) + "\n";
  if (!let.empty()) text += "Let: |\n" + indented(let) + "\n";
  return text + more;
}

std::string library(const std::string& id, const std::string& let, const std::string& use = "") {
  return "AnalysisType: definitions\nDefinitionsID: " + id + "\n" + use + "Let: |\n  " + let + "\n";
}

// "code:marked" of every diagnostic, with blanks between.
std::string codes(const Analysed& result) {
  std::string text;
  for (const Diagnostic& diagnostic : result.diagnostics.all()) {
    if (!text.empty()) text += " | ";
    text += std::string(row_of(diagnostic.code).word) + ":" + std::string(diagnostic.source->text(diagnostic.span));
  }
  return text;
}

std::string codes_of(const std::string& condition, const std::string& let = "", const std::string& more = "") {
  return codes(analysed({rule(condition, let, more)}));
}

}  // namespace

TEST_CASE("of a library or data model with errors it is told once, not by the rules that lean on it") {
  const std::string uses_library = rule("known", "", "Use: [lib]\n");
  const std::string uses_model = rule("udm.user eq \"a\"");
  const std::string model = "AnalysisType: datamodel\nDataModelID: M\nEnabled: true\nLogTypes: [T]\n";
  const std::string mappings = "Mappings:\n  - Name: user\n    Path: ";
  struct Case {
    std::string broken;
    std::string uses;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {library("lib", "known = eq 3"), uses_library, "missing-operand:eq"},
      {"AnalysisType: definitions\nDefinitionsID: lib\nLett: a = 1\n", uses_library, "unknown-key:Lett"},
      {"AnalysisType: definitions\nDefinitionsID: lib\nLet: [", uses_library, "yaml-syntax:["},
      {library("lib", "known = a eq 1") + "DefinitionsID: lib\n", uses_library, "duplicate-key:DefinitionsID"},
      {model + mappings + "[who", uses_model, "yaml-syntax:["},
      {model + mappings + "who\nLogTypes: [T]\n", uses_model, "duplicate-key:LogTypes"},
      {model + "Mapings: []\n", uses_model, "unknown-key:Mapings"},
      // What has nothing to do with it is told as ever.
      {library("lib", "known = eq 3"), rule("known\n\"a\" eq x", "", "Use: [lib]\n"),
       "missing-operand:eq | literal-on-left:\"a\""},
      {"AnalysisType: rule\nRuleID: [", uses_library, "yaml-syntax:[ | unknown-library:lib"},
      {"AnalysisType: rule\nRuleID: [", uses_model, "yaml-syntax:[ | unknown-udm-field:user"},
      {library("other", "known = eq 3"), uses_library, "missing-operand:eq | unknown-library:lib"},
  };
  for (const Case& one : cases) {
    INFO(one.broken);
    CHECK(codes(analysed({one.broken, one.uses})) == one.expected);
  }
}

TEST_CASE("a name that a Python function maps is no other field of the event, whatever else maps it") {
  const auto model = [](const std::string& id, const std::string& meaning) {
    return "AnalysisType: datamodel\nDataModelID: " + id + "\nEnabled: true\nLogTypes: [" + id +
           "]\nMappings:\n  - {Name: user, " + meaning + "}\n";
  };
  const auto judged = [&](const std::string& log_types) {
    std::string uses = rule("udm.user eq \"a\"");
    uses.replace(uses.find("[T]"), 3, log_types);
    return codes(analysed({model("A", "Method: get_user"), model("B", "Path: who"), uses}));
  };
  CHECK(judged("[A]") == "python-rule:get_user | unknown-udm-field:user");
  CHECK(judged("[A, B]") == "python-rule:get_user | unknown-udm-field:user");
  CHECK(judged("[B]") == "python-rule:get_user");
}

TEST_CASE("a sound rule has no diagnostics and is kept") {
  const Analysed result = analysed({rule("a eq X\nf(b)", "X = \"x\"\nf(y) = y starts_with X")});
  CHECK(codes(result).empty());
  REQUIRE(result.pack.rules.size() == 1);
  CHECK(result.pack.rules.front().mockable.contains("X"));
}

TEST_CASE("names that mean nothing") {
  CHECK(codes_of("a eq LIMIT") == "undefined-name:LIMIT");
  CHECK(codes_of("lwer(a) eq \"x\"") == "unknown-function:lwer");
  CHECK(codes_of("a.lower() eq \"x\"") == "unknown-function:a.lower");
  CHECK(codes_of("recall(a) eq 1").empty());
  CHECK(codes_of("now - recall(a) lt 1h") == "impossible-arithmetic:now - recall(a)");
  CHECK(codes_of("a is emty") == "unknown-predicate:emty");
  CHECK(codes_of("previous eq 1") == "undefined-name:previous");
  CHECK(codes_of("udm.user eq 1") == "unknown-udm-field:user");
  CHECK(codes_of(". eq 1") == "element-outside-binder:.");
  CHECK(codes_of("a eq 1", "", "Use: [nope]\n") == "unknown-library:nope");
}

TEST_CASE("libraries are seen qualified, and only where they are used") {
  const std::string lib = library("aws", "success = not errorCode\n  is_root(x) = x eq \"Root\"");
  CHECK(codes(analysed({lib, rule("aws.success", "", "Use: [aws]\n")})).empty());
  CHECK(codes(analysed({lib, rule("type is aws.is_root", "", "Use: [aws]\n")})).empty());
  CHECK(codes(analysed({lib, rule("aws.success")})) == "unknown-library:aws.success");
  CHECK(codes(analysed({lib, rule("aws.succes", "", "Use: [aws]\n")})) == "unknown-definition:succes");
  // A library sees its own names only.
  CHECK(codes(analysed({library("l", "x = TOP"), rule("l.x eq 1", "TOP = 1\nuse_it = TOP", "Use: [l]\n")})) ==
        "undefined-name:TOP | unused-definition:use_it");
}

TEST_CASE("definitions: twice, in a circle, unused, mistaken for comparisons") {
  CHECK(codes_of("x eq 1", "x = 1\nx = 2") == "duplicate-definition:x");
  CHECK(codes_of("x eq 1", "x = y\ny = x") == "cyclic-definition:x");
  CHECK(codes_of("f(1) eq 1", "f(a) = f(a)") == "cyclic-definition:f(a)");
  CHECK(codes_of("a eq 1", "x = 1") == "unused-definition:x");
  CHECK(codes_of("a = \"x\"") == "single-equals:=");
  CHECK(codes_of("any l { a = \"x\" }") == "single-equals:=");
  CHECK(codes_of("x = b\na eq x").empty());
  CHECK(codes_of("f(a, b) eq 1", "f(x, x) = x") == "duplicate-definition:x");
}

TEST_CASE("calls want their arguments") {
  CHECK(codes_of("lower() eq 1") == "wrong-argument-count:lower()");
  CHECK(codes_of("f(1) eq 1", "f(a, b) = a + b") == "wrong-argument-count:f(1)");
  CHECK(codes_of("f(1) eq 1", "f(a, b = 2) = a + b").empty());
  CHECK(codes_of("f eq 1", "f(a) = a") == "wrong-argument-count:f");
  CHECK(codes_of("x() eq 1", "x = 1") == "wrong-argument-count:x()");
  CHECK(codes_of("lower(5) eq \"x\"") == "wrong-argument:5");
}

TEST_CASE("comparisons that can never be true") {
  CHECK(codes_of("len(a) gt \"5\"") == "impossible-comparison:\"5\"");
  CHECK(codes_of("len(a) contains \"5\"") == "impossible-comparison:len(a)");
  CHECK(codes_of("lower(a) eq 5") == "impossible-comparison:5");
  CHECK(codes_of("a gt null") == "impossible-comparison:null");
  CHECK(codes_of("a starts_with 5") == "impossible-comparison:5");
  CHECK(codes_of("a in 5") == "impossible-comparison:5");
  CHECK(codes_of("a matches [\"x\", 5]") == "impossible-comparison:5");
  CHECK(codes_of("a - \"x\" gt 1") == "impossible-arithmetic:a - \"x\"");
  // A definition is judged for each call, and said once.
  CHECK(codes_of("f(len(a))\nf(b)", "f(x) = x eq \"5\"") == "impossible-comparison:\"5\"");
}

TEST_CASE("patterns are compiled here") {
  CHECK(codes_of("a matches \"(\"") == "bad-regex:\"(\"");
  CHECK(codes_of(R"(a matches ["x", "["])") == "bad-regex:\"[\"");
  CHECK(codes_of("a like \"[a\"") == "bad-glob:\"[a\"");
  CHECK(codes_of("a in cidr \"10.0.0.0/33\"") == "bad-cidr:\"10.0.0.0/33\"");
  CHECK(codes_of("a matches b") == "pattern-not-constant:b");
  CHECK(codes_of("a matches P", R"(P = ["x+", "y+"])").empty());
  CHECK(codes_of("f(a, \"x+\")", "f(s, p) = s matches p").empty());
  CHECK(codes_of(R"(extract(a, "(") eq "x")") == "bad-regex:\"(\"");
  CHECK(codes_of("a matches \"(((a{100}){100}){100})\"") == "bad-regex:\"(((a{100}){100}){100})\"");
}

TEST_CASE("severities and destinations") {
  CHECK(codes_of("a eq 1", "", "DynamicSeverity: if b then \"URGENT\" else \"high\"\n") == "bad-severity:\"URGENT\"");
  CHECK(codes_of("a eq 1", "", "DynamicSeverity: when b { 1 -> \"HIGH\" }\n") ==
        "missing-else:when b { 1 -> \"HIGH\" }");
  CHECK(codes_of("a eq 1", "", "Destinations: '\"x\"'\n") == "bad-destinations:\"x\"");
}

TEST_CASE("what definitions unfold to is bounded") {
  std::string let = "f0(x) = x + x";
  for (int i = 1; i < 40; ++i) {
    let += "\nf" + std::to_string(i) + "(x) = f" + std::to_string(i - 1) + "(x + 1) + f" + std::to_string(i - 1) +
           "(x + 2)";
  }
  CHECK(codes_of("f39(a) eq 1", let).find("condition-too-large") != std::string::npos);
  std::string chain = "d0 = a";
  for (int i = 1; i < 2'000; ++i) chain += "\nd" + std::to_string(i) + " = d" + std::to_string(i - 1) + " + 1";
  CHECK(codes_of("d1999 gt 1", chain).find("condition-too-large") != std::string::npos);
}

TEST_CASE("definitions that double one another count wherever they are named") {
  const auto doubling = [](int levels) {
    std::string let = "d0 = a eq 1";
    for (int i = 1; i < levels; ++i) {
      const std::string last = "d" + std::to_string(i - 1);
      let += "\nd" + std::to_string(i) + " = " + last + " and " + last;
    }
    return let;
  };
  CHECK(codes_of("d13", doubling(14)).empty());
  CHECK(codes_of(doubling(14) + "\nd13").empty());
  CHECK(codes_of("d39", doubling(40)) == "condition-too-large:d14");
  CHECK(codes_of(doubling(40) + "\nd39") == "condition-too-large:d14");
  // A library's, of which a rule names one twice.
  std::string let = doubling(15);
  for (std::size_t at = 0; (at = let.find('\n', at)) != std::string::npos; at += 3) let.insert(at + 1, "  ");
  const std::string use = "Use: [lib]\n";
  CHECK(codes(analysed({library("lib", let), rule("lib.d14", "", use)})).empty());
  CHECK(codes(analysed({library("lib", let), rule("lib.d14\nlib.d14", "", use)})) == "condition-too-large:lib.d14");
}

TEST_CASE("lints of the text") {
  CHECK(codes_of("a in [\"x\"]") == "single-item-list:[\"x\"]");
  CHECK(codes_of(R"(a starts_with ["ab", "a"])") == "redundant-pattern:\"ab\"");
  CHECK(codes_of(R"(a in ["x", "y", "x"])") == "redundant-pattern:\"x\"");
  CHECK(codes_of("\"x\" eq a") == "literal-on-left:\"x\"");
  CHECK(codes_of("\"x\" in a").empty());
  CHECK(codes_of("a matches \"abc\"") == "plain-regex:\"abc\"");
  CHECK(codes_of("1 eq 1") == "constant-condition:1 eq 1");
  CHECK(codes_of("true") == "constant-condition:true");
  CHECK(codes_of("a eq 1\na eq 2") == "constant-condition:a eq 2");
  CHECK(codes_of("a eq 1 or a eq 2").empty());
}

TEST_CASE("lints that know the events of the tests") {
  const std::string tests =
      "Tests:\n  - Name: t\n    ExpectedResult: true\n"
      "    Log: {eventName: x, userIdentity: {type: Root, mfa: true}, count: 5, ips: [{v: 1}], note: null}\n";
  CHECK(codes_of("eventNme eq \"x\"", "", tests) == "unknown-field:eventNme");
  CHECK(codes_of("eventname eq \"x\"", "", tests) == "wrong-case-field:eventname");
  CHECK(codes_of("userIdentity.tpe eq \"x\"", "", tests) == "unknown-field:tpe");
  CHECK(codes_of("ips[0].w eq 1", "", tests) == "unknown-field:w");
  CHECK(codes_of("$.count eq \"5\"", "", tests) == "number-as-string:\"5\"");
  CHECK(codes_of("eventName", "", tests) == "bare-value:eventName");
  CHECK(codes_of("userIdentity.mfa", "", tests).empty());
  CHECK(codes_of("note.x eq 1\np_any eq 1", "", tests).empty());
  CHECK(codes_of("eventName eq 1", "eventName = note", tests) == "shadowed-field:eventName");
  CHECK(codes(analysed({rule("nothing_known eq 1")})).empty());
}

TEST_CASE("comparisons are listed as a reader meets them") {
  const Analysed result =
      analysed({library("l", "b = p eq 2"), rule("a eq 1\nl.b\nany xs { . gt 3 }", "", "Use: [l]\n")});
  REQUIRE(result.pack.rules.size() == 1);
  std::string texts;
  const CheckedRule& checked = result.pack.rules.front();
  for (const ConditionPart& part : parts_of(checked.condition.term, result.pack.definitions)) {
    if (part.kind == PartKind::comparison) texts += std::string(part.site->source->text(part.site->span)) + "; ";
  }
  CHECK(texts == "a eq 1; l.b; p eq 2; . gt 3; ");
}

TEST_CASE("a rule with an error is left out, the others stay; any number of threads gives the same") {
  std::vector<std::string> files;
  for (int i = 0; i < 200; ++i) {
    std::string text = rule(i % 3 == 0 ? "a eq NOPE" : "a eq 1");
    text.replace(text.find("T.R"), 3, "T.R" + std::to_string(i));
    files.push_back(std::move(text));
  }
  const Analysed one = analysed(files, {.threads = 1});
  const Analysed four = analysed(files, {.threads = 4});
  CHECK(one.pack.rules.size() == 133);
  CHECK(codes(one) == codes(four));
  CHECK(one.pack.rules.size() == four.pack.rules.size());
}
