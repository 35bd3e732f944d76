// `picket trace` as its users call it: what it prints is that of tests/golden/trace, and its exit statuses.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/golden_commands.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

const std::string trace_corpus = (project_dir() / "tests/golden/trace").string() + "/";

ProgramResult trace(std::vector<std::string> arguments, const std::string& input = "") {
  arguments.insert(arguments.begin(), "trace");
  return picket(std::move(arguments), input);
}

}  // namespace

TEST_CASE("trace prints what its golden files hold") { CHECK(check_golden_commands("trace") >= 3); }

TEST_CASE("events come from standard input, arrays and CloudTrail's Records") {
  const std::string rule = trace_corpus + "pack/choice.yml";
  CHECK_THAT(trace({rule, "-"}, R"({"actor": "eve"})").out, contains("Trace.Choice on standard input: no match"));
  CHECK_THAT(trace({rule, "-"}, R"([{"actor": "eve"}, {"actor": "bob"}])").out,
             contains("on standard input[1]: no match"));
  CHECK_THAT(trace({rule, "-"}, R"({"Records": [{"actor": "eve"}]})").out, contains("on standard input[0]: no match"));
}

TEST_CASE("the JSON of trace is what its document says") {
  const auto json = nlohmann::json::parse(trace({trace_corpus + "pack/choice.yml", "Lowered", "--format", "json"}).out);
  CHECK(json.at("rule_id") == "Trace.Choice");
  const auto& one = json.at("traces").at(0);
  CHECK(one.at("verdict") == false);
  CHECK(one.at("alerts") == false);
  CHECK(one.at("alert").at("title") == "dana did update");
  CHECK(one.at("alert").at("severity") == "LOW");
  CHECK(one.at("alert").at("context") == nlohmann::json{{"actor", "dana"}});
  const auto& part = one.at("parts").at(1);
  CHECK(part.at("kind") == "comparison");
  CHECK(part.at("definition") == "audit.by_person");
  CHECK(part.at("depth") == 1);
  CHECK(part.at("text") == "actor is string");
  CHECK(part.at("state") == "true");
}

TEST_CASE("a rule that derives from another shows what it inherits, where its author wrote it") {
  const TemporaryFolder folder;
  folder.add("base.yml",
             "AnalysisType: rule\nRuleID: D.Base\nEnabled: true\nLogTypes: [T]\nSeverity: Low\n"
             "InlineFilters:\n  - {KeyPath: old, Condition: DoesNotEqual, Value: q}\nCondition: |\n  a eq \"x\"\n  b "
             "eq \"y\"\n");
  folder.add("derived.yml",
             "AnalysisType: rule\nRuleID: D.Derived\nBaseDetection: D.Base\nSeverity: High\n"
             "InlineFilters:\n  - {KeyPath: z, Condition: DoesNotEqual, Value: k}\n"
             "Tests:\n  - {Name: one, ExpectedResult: true, Log: {a: x, b: n}}\n");
  const std::string inherited = "in `D.Base` of " + folder.path("base.yml") + ":";
  ProgramCall call;
  call.arguments = {"trace", "D.Derived", "--rules", folder.path()};
  const ProgramResult trace = run_picket(call);
  CHECK_THAT(trace.out, contains(inherited) && contains("9    a eq \"x\"") && contains("10    b eq \"y\""));
  CHECK_THAT(trace.out, !contains("KeyPath: old"));
  call.arguments = {"test", folder.path()};
  CHECK_THAT(run_picket(call).out, contains(inherited) && contains("b is \"n\""));
}

TEST_CASE("a correlation rule has no events to trace") {
  const auto pack = project_dir() / "tests/golden/correlation/pack";
  ProgramCall call;
  call.arguments = {"trace", (pack / "guessed.yml").string()};
  const ProgramResult result = run_picket(call);
  CHECK(result.status == 2);
  CHECK_THAT(result.err, contains("a correlation rule, which judges signals"));
}

TEST_CASE("a Sigma rule is found by the name that correlations know it by") {
  const TemporaryFolder folder;
  folder.add("rules.yml",
             "title: Failed\nid: 42222222-1111-4111-8111-111111111111\nname: failed_login\n"
             "logsource: {product: windows, service: security}\ndetection: {s: {EventID: 4625}, condition: s}\n"
             "---\ntitle: Many\nid: 11111111-1111-4111-8111-111111111111\nname: many_failed\n"
             "correlation: {type: event_count, rules: [failed_login], timespan: 5m, condition: {gte: 3}}\n");
  const ProgramResult one =
      trace({"failed_login", "-", "--rules", folder.path()}, R"({"Channel": "Security", "EventID": 4625})");
  CHECK(one.status == 0);
  CHECK_THAT(one.out, contains("a match"));
  const ProgramResult many = trace({"many_failed", "--rules", folder.path()});
  CHECK_THAT(many.err, contains("a correlation rule, which judges signals"));
}

TEST_CASE("trace says what it could not find") {
  const auto fails = [](const ProgramResult& result, int status, const std::string& why) {
    CHECK(result.status == status);
    CHECK_THAT(result.err, contains(why));
  };
  const std::string pack = trace_corpus + "pack";
  fails(trace({"Trace.Choise", "--rules", pack}), 4, "did you mean `Trace.Choice`?");
  fails(trace({"Trace.Choice", "Lowerd", "--rules", pack}), 2,
        "`Lowerd` is neither a file nor the name of a test of this rule; did you mean `Lowered`?");
  fails(trace({"Trace.Choice", "-", "--rules", pack}, "{\"a\": 1}\nno json\n"), 2, "standard input:2: this is no JSON");
  fails(trace({"Trace.Choice", "-", "--rules", pack}, std::string((16U << 20U) + 1, ' ')), 2,
        "standard input is larger than 16 MiB");
  fails(trace({"Trace.Choice", "-", "--rules", pack}, "17"), 2, "standard input holds no event");
  const TemporaryFolder folder;
  fails(trace({folder.add(
            "broken.yml",
            "AnalysisType: rule\nRuleID: B\nEnabled: true\nLogTypes: [A]\nSeverity: Low\nCondition: a equals 1\n")}),
        1, "holds no sound rule");
  fails(trace({folder.add(
            "untested.yml",
            "AnalysisType: rule\nRuleID: U\nEnabled: true\nLogTypes: [A]\nSeverity: Low\nCondition: a eq 1\n")}),
        2, "the rule has no tests; give an event");
}

TEST_CASE("values of events cannot move a terminal's cursor") {
  const ProgramResult result =
      trace({trace_corpus + "pack/choice.yml", "-"}, R"({"actor": "\u001b[2Jeve", "action": "update"})");
  CHECK(result.out.find('\x1b') == std::string::npos);
  CHECK_THAT(result.out, contains("\\x1b[2Jeve"));
}

}  // namespace picket::tests
