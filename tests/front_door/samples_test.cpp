// Sample events that a pack ships tell which fields there are.
#include <string>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

std::string check(const TemporaryFolder& folder, const std::string& field) {
  folder.add("shop/rule.yml",
             "AnalysisType: rule\nRuleID: Shop.Login\nEnabled: true\nLogTypes: [Shop.Audit]\nSeverity: Low\n"
             "Condition: |\n  action eq \"login\"\n  " +
                 field +
                 " gt 3\n"
                 "Tests:\n  - {Name: one, ExpectedResult: false, Log: {action: login}}\n");
  ProgramCall call;
  call.arguments = {"check", folder.path("shop")};
  return run_picket(call).out;
}

}  // namespace

TEST_CASE("a field that only a sample has is known; one that is near to it is a typo") {
  const TemporaryFolder folder;
  CHECK_THAT(check(folder, "attempts"), contains("warning[unknown-field]"));
  folder.add(
      "shop/samples/audit.jsonl",
      "no event\n[1]\n{\"attempts\": 1}\n{\"p_log_type\": \"Shop.Audit\", \"action\": \"login\", \"attempts\": 4}\n");
  CHECK(check(folder, "attempts").empty());
  CHECK_THAT(check(folder, "atempts"), contains("warning[unknown-field]") && contains("did you mean `attempts`?"));
}

}  // namespace picket::tests
