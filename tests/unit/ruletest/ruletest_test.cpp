#include "engine/ruletest/ruletest.hpp"

#include <memory>

#include "engine/analyse/analyse.hpp"
#include "engine/pack/pack.hpp"
#include "engine/ruletest/mocks.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

constexpr std::string_view rule_head =
    "AnalysisType: rule\nRuleID: A.B\nEnabled: true\nLogTypes: [Zendesk.Audit]\nSeverity: High\n";

// A pack from texts; each text that does not name its kind is a rule that the head above begins.
struct Loaded {
  CheckedPack checked;
  Diagnostics diagnostics;
};

Loaded load(const std::vector<std::string>& texts) {
  std::vector<SourcePtr> sources;
  for (const std::string& text : texts) {
    const std::string whole = text.starts_with("AnalysisType") ? text : std::string(rule_head) + text;
    sources.push_back(std::make_shared<const Source>(std::to_string(sources.size()) + ".yml", whole));
  }
  Loaded loaded;
  const auto pack = std::make_shared<const Pack>(load_sources(sources, {}, loaded.diagnostics));
  AnalysisOptions options;
  options.lints = false;
  loaded.checked = analyse(pack, options, loaded.diagnostics);
  check_mocks(loaded.checked, loaded.diagnostics);
  return loaded;
}

std::vector<TestResult> run(const Loaded& loaded, TestOptions options = {}) {
  std::vector<TestCase> cases;
  for (const CheckedRule& rule : loaded.checked.rules) {
    for (const RuleTest& test : rule.rule->tests) cases.push_back({&rule, &test});
  }
  return run_tests(loaded.checked, cases, options);
}

// The one test of one rule.
TestResult run_one(const Loaded& loaded) {
  REQUIRE(loaded.diagnostics.size() == 0);
  const auto results = run(loaded);
  REQUIRE(results.size() == 1);
  return results.front();
}

std::string test_of(const std::string& log, const std::string& expected = "true", const std::string& more = "") {
  return "Tests:\n  - Name: one\n    ExpectedResult: " + expected + "\n" + more + "    Log: " + log + "\n";
}

const std::vector<ComparisonReport>& comparisons(const TestResult& result) {
  REQUIRE(result.failures.size() == 1);
  return result.failures.front().comparisons;
}

}  // namespace

TEST_CASE("a verdict passes or fails") {
  const std::string condition = "Condition: action eq \"create\"\n";
  CHECK(run_one(load({condition + test_of("{action: create}")})).passed());
  CHECK(run_one(load({condition + test_of("{action: destroy}", "false")})).passed());
  const TestResult wrong = run_one(load({condition + test_of("{action: destroy}")}));
  CHECK_FALSE(wrong.passed());
  CHECK(wrong.failures.front().message == "expected a match, got no match");
  CHECK(run_one(load({condition + test_of("{action: create}", "false")})).failures.front().message ==
        "expected no match, got a match");
}

TEST_CASE("a wrong verdict is explained comparison by comparison") {
  const Loaded loaded =
      load({"Condition: |\n  source_type eq \"api_token\"\n  action in [\"create\", \"destroy\"]\n"
            "  actor.nme eq \"dana\"\n  risk gt \"50\"\n  name eq \"a\"\n" +
            test_of("{source_type: api_token, action: create, actor: {name: dana}, risk: 70}")});
  const TestResult result = run_one(loaded);
  const auto& list = comparisons(result);
  REQUIRE(list.size() == 5);
  CHECK(list[0].state == ComparisonState::is_true);
  CHECK(list[0].text == "source_type eq \"api_token\"");
  CHECK(list[0].actual == "\"api_token\"");
  CHECK(list[1].state == ComparisonState::is_true);
  CHECK(list[2].state == ComparisonState::missing);
  CHECK(list[2].path == "actor.nme");
  CHECK(list[2].note == "did you mean `actor.name`?");
  CHECK(list[3].state == ComparisonState::not_reached);
  CHECK(list[4].state == ComparisonState::not_reached);
}

TEST_CASE("a comparison of values of different types says so") {
  const TestResult number = run_one(load({"Condition: risk gt \"50\"\n" + test_of("{risk: 70}")}));
  CHECK(comparisons(number).front().state == ComparisonState::wrong_type);
  CHECK(comparisons(number).front().actual == "70");
  CHECK(comparisons(number).front().note == "the left side is a number, the right side is a string");
  const TestResult in_list = run_one(load({"Condition: risk in [\"50\", \"70\"]\n" + test_of("{risk: 70}")}));
  CHECK(comparisons(in_list).front().state == ComparisonState::wrong_type);
  const TestResult text = run_one(load({"Condition: risk starts_with \"7\"\n" + test_of("{risk: 70}")}));
  CHECK(comparisons(text).front().state == ComparisonState::wrong_type);
}

TEST_CASE("a false comparison names the value that is nearest") {
  const TestResult near =
      run_one(load({"Condition: action in [\"create\", \"destroy\"]\n" + test_of("{action: creat}")}));
  CHECK(comparisons(near).front().state == ComparisonState::is_false);
  CHECK(comparisons(near).front().note == "the nearest value is \"create\"");
  const TestResult of_case = run_one(load({"Condition: action eq \"create\"\n" + test_of("{action: Create}")}));
  CHECK(comparisons(of_case).front().note ==
        "the nearest value is \"create\", which differs in case only: `~` ignores case");
}

TEST_CASE("comparisons of definitions are named after them") {
  const Loaded loaded =
      load({"Let: |\n  is_token = source_type eq \"api_token\"\nUse: [zendesk]\n"
            "Condition: |\n  is_token\n  zendesk.by_admin\n" +
                test_of("{source_type: api_token, actor: {role: agent}}"),
            "AnalysisType: definitions\nDefinitionsID: zendesk\nLet: |\n"
            "  by_admin = actor.role eq \"admin\"\n"});
  const TestResult result = run_one(loaded);
  std::vector<std::string> seen;
  for (const ComparisonReport& one : comparisons(result)) {
    seen.push_back(one.definition + "|" + one.text + "|" + std::string(spelling(one.state)));
  }
  const auto has = [&seen](const std::string& text) { return std::find(seen.begin(), seen.end(), text) != seen.end(); };
  for (const std::string& line : seen) UNSCOPED_INFO(line);
  CHECK(has("is_token|source_type eq \"api_token\"|true"));
  CHECK(has("zendesk.by_admin|actor.role eq \"admin\"|false"));
}

TEST_CASE("a comparison in a binder counts its evaluations") {
  const TestResult result = run_one(
      load({"Condition: |\n  all t in tags { t starts_with \"prod\" }\n" + test_of("{tags: [prod1, prod2, dev]}")}));
  const auto& list = comparisons(result);
  const auto found = std::find_if(list.begin(), list.end(), [](const auto& one) { return one.times == 3; });
  REQUIRE(found != list.end());
  CHECK(found->times_true == 2);
  CHECK(found->actual == "\"dev\"");
}

TEST_CASE("expected texts of the alert are compared if there is one") {
  const std::string rule =
      "Condition: action eq \"create\"\nAlertTitle: \"by {actor}\"\nDedup: \"{actor}\"\n"
      "AlertContext: |\n  actor\n  action\n";
  const auto failures = [&](const std::string& more) {
    return run_one(load({rule + test_of("{action: create, actor: dana}", "true", more)})).failures;
  };
  CHECK(failures("    ExpectedTitle: by dana\n    ExpectedSeverity: HIGH\n    ExpectedDedup: dana\n"
                 "    ExpectedContext: {actor: dana, action: create}\n")
            .empty());
  const auto title = failures("    ExpectedTitle: by eve\n");
  REQUIRE(title.size() == 1);
  CHECK(title.front().kind == TestFailure::Kind::title);
  CHECK(title.front().expected == "by eve");
  CHECK(title.front().actual == "by dana");
  CHECK(failures("    ExpectedSeverity: low\n").front().actual == "HIGH");
  CHECK(failures("    ExpectedDedup: eve\n").front().kind == TestFailure::Kind::dedup);
  const auto context = failures("    ExpectedContext: {actor: eve, more: 1}\n");
  REQUIRE(context.size() == 1);
  CHECK(context.front().details == std::vector<std::string>{R"(`actor` is "dana", expected "eve")",
                                                            "`more` is missing, expected 1",
                                                            "`action` is \"create\", not expected"});
}

TEST_CASE("rows of queries have no data model, whatever logs they were made of") {
  const std::string library = "AnalysisType: definitions\nDefinitionsID: lib\nLet: who = udm.user\n";
  const std::string model =
      "AnalysisType: datamodel\nDataModelID: M\nEnabled: true\nLogTypes: [Zendesk.Audit, Rows]\n"
      "Mappings: [{Name: user, Path: actor.name}]\n";
  const std::string rule =
      "AnalysisType: scheduled_rule\nRuleID: A.B\nEnabled: true\nScheduledQueries: [Rows]\nSeverity: High\n"
      "Use: [lib]\nCondition: lib.who eq \"dana\"\n";
  const std::string row = "{p_log_type: Zendesk.Audit, user: dana, actor: {name: eve}}";
  CHECK(run_one(load({library, model, rule + test_of(row)})).passed());
  CHECK(run_one(load({library, model, rule + test_of("{p_udm: {user: dana}}")})).passed());
  CHECK(run_one(load({library, model, rule + test_of("{actor: {name: dana}}", "false")})).passed());
}

TEST_CASE("what is wrong with a data model is told of it alone, and who asks it is not judged") {
  const std::string model =
      "AnalysisType: datamodel\nDataModelID: M\nEnabled: true\nLogTypes: [Zendesk.Audit]\n"
      "Mappings: [{Name: user, Path: actor.name}, {Name: ip, Path: 'a[?(@.b)]'}]\n";
  const auto asked = load({model, "Condition: udm.user eq \"dana\"\n" + test_of("{user: dana}")});
  REQUIRE(asked.diagnostics.size() == 1);
  CHECK(asked.diagnostics.all().front().code == Code::bad_path);
  CHECK(asked.checked.rules.empty());
  CHECK(load({model, "Condition: user eq \"dana\"\n"}).checked.rules.size() == 1);

  // So it is where the fault is one of meaning, and what is sound of the model serves.
  const std::string half =
      "AnalysisType: datamodel\nDataModelID: M\nEnabled: true\nLogTypes: [Zendesk.Audit]\n"
      "Mappings: [{Name: user, Path: actor.name}, {Name: ip, Expression: lowr(ip)}]\n";
  const auto broken = load({half, "Condition: udm.ip eq \"x\"\n" + test_of("{ip: x}")});
  CHECK(broken.diagnostics.size() == 1);
  CHECK(broken.checked.rules.empty());
  const auto sound = load({half, "Condition: udm.user eq \"dana\"\n" + test_of("{actor: {name: dana}}")});
  REQUIRE(sound.checked.rules.size() == 1);
  CHECK(run(sound).front().passed());
}

TEST_CASE("a DynamicSeverity that gives no severity fails the test, where the rule alerts") {
  const std::string rule = "Condition: action eq \"create\"\nDynamicSeverity: level\n";
  const auto failures = [&](const std::string& event, const std::string& expected = "true",
                            const std::string& more = "") {
    return run_one(load({rule + test_of(event, expected, more)})).failures;
  };
  for (const std::string level : {"LOW", "critical", "Default", "null", "~"})
    CHECK(failures("{action: create, level: " + level + "}").empty());
  CHECK(failures("{action: create}").empty());
  CHECK(failures("{action: read, level: urgent}", "false").empty());
  const auto word = failures("{action: create, level: urgent}", "true", "    ExpectedSeverity: HIGH\n");
  REQUIRE(word.size() == 1);
  CHECK(word.front().kind == TestFailure::Kind::severity);
  CHECK(word.front().message == "DynamicSeverity gives \"urgent\", which is no severity");
  CHECK(failures("{action: create, level: ''}").front().message == "DynamicSeverity gives \"\", which is no severity");
  CHECK(failures("{action: create, level: 3}").front().message == "DynamicSeverity gives 3, which is no severity");
}

TEST_CASE("the number of alerts is compared if a test says it") {
  const std::string rule = "Condition: action eq \"create\"\nThreshold: 2\nDedupPeriodMinutes: 10\n";
  const auto failures = [&](const std::string& more) {
    return run_one(load({rule + test_of("{action: create}", "true", more)})).failures;
  };
  CHECK(failures("    ExpectedAlerts: 0\n").empty());
  CHECK(failures("    At: [0, 10]\n    ExpectedAlerts: 1\n").empty());
  CHECK(failures("    At: [0, 11]\n    ExpectedAlerts: 0\n").empty());
  CHECK(failures("    At: [\"2026-03-02T08:24:00Z\", \"2026-03-02T08:30:00Z\"]\n    ExpectedAlerts: 1\n").empty());
  const auto wrong = failures("    At: [0, 1, 20, 21.5]\n    ExpectedAlerts: 1\n");
  REQUIRE(wrong.size() == 1);
  CHECK(wrong.front().kind == TestFailure::Kind::alerts);
  CHECK(wrong.front().expected == "1");
  CHECK(wrong.front().actual == "2");
  CHECK(wrong.front().details == std::vector<std::string>{"an alert at minute 1", "an alert at minute 21.5"});
}

TEST_CASE("what a rule remembers, and the clock, go on with the times of its event") {
  const std::string remembers = "Remember: {Key: \"seen {u}\", For: 30m}\nCondition: previous is null\nThreshold: 2\n";
  const auto failures = [&](const std::string& rule, const std::string& more) {
    return run_one(load({rule + test_of("{u: eve, at: \"2026-03-02T08:00:00Z\"}", "true", more)})).failures;
  };
  CHECK(failures(remembers, "    At: [0, 1, 2]\n    ExpectedAlerts: 0\n").empty());
  CHECK(failures(remembers, "    At: [0, 1, 31]\n    ExpectedAlerts: 1\n").empty());
  CHECK(failures("Condition: now - time(at) lt 10m\nThreshold: 2\n",
                 "    Now: 2026-03-02T08:05:00Z\n    At: [0, 6]\n    ExpectedAlerts: 0\n")
            .empty());
}

TEST_CASE("mocks replace definitions, and one that names nothing fails its test") {
  const std::string rule = "Let: |\n  ADMINS = [\"dana\"]\nCondition: actor in ADMINS\n";
  const auto mocked = [&](const std::string& name) {
    return test_of("{actor: eve}", "true", "    Mocks:\n      - {objectName: " + name + ", returnValue: [eve]}\n");
  };
  CHECK(run_one(load({rule + mocked("ADMINS")})).passed());
  const Loaded unknown = load({rule + mocked("ADMIN")});
  REQUIRE(unknown.diagnostics.size() == 1);
  CHECK(unknown.diagnostics.all().front().code == Code::unknown_mock);
  CHECK(unknown.diagnostics.all().front().fixes.front().replacement == "ADMINS");
  const auto results = run(unknown);
  REQUIRE(results.size() == 1);
  CHECK_FALSE(results.front().passed());
}

TEST_CASE("now is the test's, else the run's") {
  const std::string rule = "Condition: now - time(at) lt 5m\n";
  const std::string log = "{at: \"2026-01-31T12:00:00Z\"}";
  CHECK(run_one(load({rule + test_of(log, "true", "    Now: 2026-01-31T12:04:00Z\n")})).passed());
  CHECK_FALSE(run_one(load({rule + test_of(log, "true", "    Now: 2026-01-31T12:06:00Z\n")})).passed());
  const Loaded loaded = load({rule + test_of(log)});
  TestOptions options;
  options.now = Time{1'769'860'800'000'000 + 60'000'000};  // a minute after
  CHECK(run(loaded, options).front().passed());
}

TEST_CASE("an event's log type is its own, else the rule's first") {
  const std::string model =
      "AnalysisType: datamodel\nDataModelID: M\nEnabled: true\nLogTypes: [Zendesk.Audit]\n"
      "Mappings:\n  - Name: actor_user\n    Path: actor.name\n";
  const std::string rule = "Condition: udm.actor_user eq \"dana\"\n";
  CHECK(run_one(load({rule + test_of("{actor: {name: dana}}"), model})).passed());
  CHECK(run_one(load({rule + test_of("{p_log_type: Zendesk.Audit, actor: {name: dana}}"), model})).passed());
  CHECK_FALSE(run_one(load({rule + test_of("{p_log_type: Other.Log, actor: {name: dana}}"), model})).passed());
}

TEST_CASE("a policy alerts on what does not comply") {
  const std::string policy =
      "AnalysisType: policy\nPolicyID: P\nEnabled: true\nSeverity: Low\nCondition: encrypted eq true\n"
      "Tests:\n  - Name: one\n    ExpectedResult: ";
  const TestResult compliant = run_one(load({policy + "true\n    Resource: {encrypted: true}\n"}));
  CHECK(compliant.passed());
  CHECK_FALSE(compliant.alert.has_value());
  const TestResult not_compliant = run_one(load({policy + "false\n    Resource: {encrypted: false}\n"}));
  CHECK(not_compliant.passed());
  CHECK(not_compliant.alert.has_value());
  const TestResult wrong = run_one(load({policy + "true\n    Resource: {}\n"}));
  CHECK(wrong.failures.front().message == "expected compliant, got not compliant");
}

TEST_CASE("an evaluation that is too long is a failure of its own") {
  const Loaded loaded = load({"Condition: any a in x { any b in x { any c in x { a eq 0 } } }\n" +
                              test_of("{x: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}", "false")});
  TestOptions options;
  options.steps = 100;
  const auto results = run(loaded, options);
  REQUIRE(results.front().failures.size() == 1);
  CHECK(results.front().failures.front().kind == TestFailure::Kind::budget);
  CHECK(run(loaded).front().passed());
}

TEST_CASE("results are in file order and the same for any number of threads") {
  std::string tests = "Tests:\n";
  for (int i = 0; i < 200; ++i) {
    tests += "  - {Name: t" + std::to_string(i) + ", ExpectedResult: true, Log: {n: " + std::to_string(i) + "}}\n";
  }
  const Loaded loaded = load({"Condition: n ne 60 and n ne 150\n" + tests});
  for (const unsigned threads : {1U, 2U, 8U}) {
    TestOptions options;
    options.threads = threads;
    const auto results = run(loaded, options);
    REQUIRE(results.size() == 200);
    for (std::size_t i = 0; i < results.size(); ++i) {
      CHECK(results[i].test_case.test->name.value == "t" + std::to_string(i));
      CHECK(results[i].passed() == (i != 60 && i != 150));
    }
    options.fail_fast = true;
    const auto fast = run(loaded, options);
    for (std::size_t i = 0; i < fast.size(); ++i) {
      CHECK(fast[i].skipped == (i > 60));
      CHECK(fast[i].passed() == (i < 60));
    }
  }
}

}  // namespace picket
