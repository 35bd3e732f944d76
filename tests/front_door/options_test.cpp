// Options that cannot mean what was written, or contradict each other: each is refused with exit status 2, by a
// sentence that says why, before anything is done.
#include <filesystem>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

using Words = std::vector<std::string>;

constexpr const char* rule =
    "AnalysisType: rule\nRuleID: A.B\nEnabled: true\nLogTypes: [T]\nSeverity: Low\nCondition: a eq 1\n";

void is_refused(const Words& arguments, std::string_view reason) {
  const ProgramResult result = picket(arguments);
  INFO(reason);
  INFO(result.err);
  CHECK(result.status == 2);
  CHECK(result.out.empty());
  CHECK(holds(result.err, reason));
}

}  // namespace

TEST_CASE("numbers are within their bounds") {
  const TemporaryFolder folder;
  folder.add("r.yml", rule);
  is_refused({"test", "--min-tests", "-1", folder.path()}, "--min-tests: `-1` is below 0");
  is_refused({"run", "--rules", folder.path(), "--threads", "abc"}, "`abc` is no whole number from 1 to 1024");
  is_refused({"run", "--rules", folder.path(), "--threads", "0"}, "`0` is no whole number from 1 to 1024");
  is_refused({"run", "--rules", folder.path(), "--threads", "2x"}, "`2x` is no whole number from 1 to 1024");
}

TEST_CASE("only logs can be followed") {
  const TemporaryFolder folder;
  folder.add("rules/r.yml", rule);
  folder.add("logs/a.jsonl", "{\"a\": 1}\n");
  folder.add("packed.log", "\x1f\x8b\x08");
  folder.add("wide.log", std::string("\xff\xfe{\0", 4));
  const auto follow = [&](const std::string& name) {
    return Words{"run", "--rules", folder.path("rules"), "--log-type", "T", "--follow", folder.path(name)};
  };
  is_refused(follow("logs"), "--follow follows files, and " + folder.path("logs") + " is a folder");
  is_refused(follow("logs/*.jsonl"), "is a pattern that no shell has written out");
  is_refused(follow("packed.log"), "packed.log is packed");
  is_refused(follow("wide.log"), "--follow reads lines as they come, and ");
}

TEST_CASE("options for a web hook need one") {
  const TemporaryFolder folder;
  folder.add("r.yml", rule);
  is_refused({"run", "--rules", folder.path(), "--webhook-patience", "3s"}, "no --webhook");
}

TEST_CASE("a catalog is written where no other site is, and links to what can be found") {
  const TemporaryFolder folder;
  folder.add("rules/r.yml", rule);
  folder.add("full/index.html", "theirs");
  is_refused({"catalog", folder.path("rules"), "-o", folder.path("full")}, "no catalog has written it");
  CHECK(std::filesystem::file_size(folder.path("full/index.html")) == 6);
  is_refused({"catalog", folder.path("rules"), "-o", folder.path("site"), "--source-url", "https://git.example.com/"},
             "it lacks {path}");
}

TEST_CASE("an import says what it lacks") {
  const TemporaryFolder folder;
  folder.add("r.yml", rule);
  const ProgramResult none = picket({"import", "sigma", folder.path()});
  CHECK(none.status == 4);
  CHECK(holds(none.err, "there is no rule of Sigma's here"));
  is_refused({"import", "sigma", folder.path("missing")}, "error[no-such-file]");
}

}  // namespace picket::tests
