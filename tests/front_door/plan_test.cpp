// `picket plan` as its users call it: what it prints is that of tests/golden/plan, and its exit statuses.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/golden_commands.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

const std::string plan_corpus = (project_dir() / "tests" / "golden" / "plan").string() + "/";

ProgramResult plan(std::vector<std::string> more) {
  more.insert(more.begin(), {"plan", plan_corpus + "pack"});
  return picket(std::move(more));
}

}  // namespace

TEST_CASE("plan prints what its golden files hold") { CHECK(check_golden_commands("plan") >= 7); }

TEST_CASE("the JSON of plan is what its document says") {
  const auto json = nlohmann::json::parse(plan({"--rule", "Trail.Stopped", "--format", "json"}).out);
  const auto& of_type = json.at("log_types").at(0);
  CHECK(of_type.at("log_type") == "AWS.CloudTrail");
  CHECK(of_type.at("sampled_events") == 0);
  CHECK(of_type.at("fields") == nlohmann::json{{"read", 15}, {"searched", 7}});
  CHECK(of_type.at("found_by").at("every_event") == 1);
  CHECK(of_type.at("predicates").at("interpreted") == 3);
  REQUIRE(of_type.at("rules").size() == 1);
  const auto& rule = of_type.at("rules").at(0);
  CHECK(rule.at("rule_id") == "Trail.Stopped");
  CHECK(rule.at("found_by") == "equality");
  CHECK(rule.at("cover") == "eventSource eq \"cloudtrail.amazonaws.com\"");
  CHECK(rule.at("cost").get<double>() == Approx(rule.at("share").get<double>() * 32));
  CHECK(rule.at("interpreted") == 1);
  const auto& steps = rule.at("programs").at(0).at("steps");
  CHECK(steps.at(0).at("if_true") == 1);
  CHECK(steps.at(0).at("if_false") == false);
  CHECK(steps.at(3).at("interpreted") == true);
  CHECK(rule.at("programs").at(1).at("definition") == "trail.success");

  const auto all = nlohmann::json::parse(plan({"--format", "json"}).out);
  CHECK(all.at("log_types").at(0).at("rules").size() == 7);
  CHECK_FALSE(all.at("log_types").at(0).at("rules").at(0).contains("programs"));
}

TEST_CASE("plan shows the ten dearest rules, or all of them") {
  const TemporaryFolder folder;
  for (int i = 0; i < 12; ++i) {
    const std::string id = "Many.Rule" + std::to_string(i);
    folder.add(id + ".yml", "AnalysisType: rule\nRuleID: " + id +
                                "\nEnabled: true\nLogTypes: [A]\nSeverity: Low\nCondition: x ne " + std::to_string(i) +
                                "\n");
  }
  const std::string some = picket({"plan", folder.path()}).out;
  CHECK_THAT(some, contains("the 10 dearest rules, 83 % of the cost of all"));
  CHECK_THAT(some, contains("12 rules: Many.Rule0, ") && contains(" and 2 more\n"));
  const std::string all = picket({"plan", "--all", folder.path()}).out;
  CHECK_THAT(all, contains("all rules, the dearest first"));
  CHECK_THAT(all, contains("Many.Rule11  nothing: it is looked at for every event\n"));
}

TEST_CASE("statuses of plans that could not be shown") {
  const auto fails = [](const ProgramResult& result, int status, const std::string& why) {
    CHECK(result.status == status);
    CHECK_THAT(result.err, contains(why));
  };
  fails(plan({"--rule", "Trail.Stoped"}), 4, "there is no rule `Trail.Stoped`; did you mean `Trail.Stopped`?");
  fails(plan({"--rule", "Trail.Disabled"}), 4, "`Trail.Disabled` is disabled, and judges nothing");
  fails(plan({"--rule", "Trail.Stopped", "--log-type", "Zendesk.Audit"}), 4, "does not judge `Zendesk.Audit`");
  fails(plan({"--log-type", "AWS.CloudTrial"}), 4, "`AWS.CloudTrial`; did you mean `AWS.CloudTrail`?");
  fails(plan({"--sample", plan_corpus + "none"}), 2, "none: No such file or directory");
  fails(plan({"--sample", plan_corpus + "pack"}), 2, "pack: it is a folder");
  fails(plan({"--sample", plan_corpus + "overview.txt"}), 2, "no line of it is an event");
  const TemporaryFolder folder;
  fails(picket({"plan", folder.path()}), 4, "there is no rule that judges");
  fails(picket({"plan", folder.path("missing")}), 2, "something is wrong with the rules");
  folder.add(
      "broken.yml",
      "AnalysisType: rule\nRuleID: Broken\nEnabled: true\nLogTypes: [A]\nSeverity: Low\nCondition: a equals 1\n");
  folder.add("sound.yml",
             "AnalysisType: rule\nRuleID: Sound\nEnabled: true\nLogTypes: [A]\nSeverity: Low\nCondition: a eq 1\n");
  const ProgramResult partly = picket({"plan", folder.path()});
  fails(partly, 1, "what is broken is left out");
  CHECK_THAT(partly.out, contains("A: 1 rule\n"));
}

}  // namespace picket::tests
