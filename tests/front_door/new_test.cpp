// `picket new` as its users call it.
#include <string>
#include <utility>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

const std::string login = R"({"p_log_type": "Shop.Audit", "action": "login", "user": "dana"})";

}  // namespace

TEST_CASE("a new rule passes test, check and fmt at once") {
  const TemporaryFolder folder;
  const std::string from = folder.add("event.json", login);
  const std::string path = folder.path("login.yml");
  const ProgramResult result = picket({"new", "--from", from, "--output", path});
  CHECK(result.status == 0);
  CHECK(result.out == "wrote " + path + "\n");
  CHECK(result.err.empty());
  CHECK(holds(read_file(path), "RuleID: Shop.Audit.Login\n"));
  const ProgramResult test = picket({"test", path});
  CHECK(test.status == 0);
  CHECK(holds(test.out, "2 tests: 2 passed"));
  const ProgramResult check = picket({"check", "--deny-warnings", path});
  CHECK(check.status == 0);
  CHECK(check.out.empty());
  CHECK(picket({"fmt", "--check", path}).status == 0);
}

TEST_CASE("new overwrites nothing unless it is told to") {
  const TemporaryFolder folder;
  const std::string from = folder.add("event.json", login);
  const std::string path = folder.add("mine.yml", "mine");
  const ProgramResult refused = picket({"new", "--from", from, "--output", path});
  CHECK(refused.status == 2);
  CHECK(refused.err == "picket new: " + path + " exists; --force overwrites it\n");
  CHECK(read_file(path) == "mine");
  CHECK(picket({"new", "--from", from, "--output", path, "--force"}).status == 0);
  CHECK(read_file(path).starts_with("AnalysisType: rule\n"));
}

TEST_CASE("new takes the event from wherever it stands") {
  const std::string expected = picket({"new", "--from", "-"}, login).out;
  CHECK(holds(expected, "action eq \"login\""));
  CHECK(picket({"new", "--from", "-"}, "\n" + login + "\n{\"action\": \"other\"}\n").out == expected);
  CHECK(picket({"new", "--from", "-"}, "[" + login + "]").out == expected);
  CHECK(picket({"new", "--from", "-"}, "{\"Records\": [" + login + ", {}]}").out == expected);
}

TEST_CASE("new of a log type alone takes an event of the rules beside it") {
  const TemporaryFolder folder;
  const std::string path = folder.path("second.yml");
  CHECK(holds(picket({"new", "--log-type", "Shop.Audit"}).out, "action eq \"something\""));
  CHECK(picket({"new", "--from", folder.add("event.json", login), "-o", folder.path("first.yml")}).status == 0);
  CHECK(picket({"new", "--log-type", "Shop.Audit", "--id", "Shop.Second", "-o", path}).status == 0);
  CHECK(holds(read_file(path), "RuleID: Shop.Second\n"));
  CHECK(holds(read_file(path), "action eq \"login\""));
  CHECK(picket({"test", folder.path()}).status == 0);
}

TEST_CASE("a schema beside the rule or above it is named by itself") {
  const TemporaryFolder folder;
  const std::string from = folder.add("event.json", login);
  const std::string rule = folder.path("rules/shop/login.yml");
  folder.add("rules/shop/other.txt");
  folder.add(".git/HEAD");  // what is beyond a repository is somebody else's
  CHECK(picket({"new", "--from", from, "--output", rule}).status == 0);
  CHECK(read_file(rule).starts_with("AnalysisType: rule\n"));
  folder.add("picket.schema.json", picket({"schema"}).out);
  CHECK(picket({"new", "--force", "--from", from, "--output", rule}).status == 0);
  CHECK(read_file(rule).starts_with("# yaml-language-server: $schema=../../picket.schema.json\nAnalysisType: rule\n"));
  CHECK(picket({"check", "--deny-warnings", rule}).status == 0);
}

TEST_CASE("new names a schema if it is given one, and its own is valid by it") {
  const ProgramResult result = picket({"new", "--log-type", "T", "--schema", "picket.schema.json"});
  CHECK(result.out.starts_with("# yaml-language-server: $schema=picket.schema.json\nAnalysisType: rule\n"));
}

TEST_CASE("new says what it lacks") {
  const TemporaryFolder folder;
  CHECK(holds(picket({"new"}).err, "Give an event (--from FILE) or a log type (--log-type NAME)"));
  CHECK(picket({"new"}).status == 2);
  CHECK(holds(picket({"new", "--from", folder.path("none.json")}).err, "picket new: there is no file `"));
  CHECK(holds(picket({"new", "--from", "-"}, "no event").err, "picket new: standard input:1: this is no JSON"));
  CHECK(holds(picket({"new", "--from", "-"}, "{\"a\": 1}").err, "which log type?"));
  CHECK(picket({"new", "--from", "-"}, "{\"a\": 1}").status == 2);
  CHECK(holds(picket({"new", "--log-type", "T", "--id", "a<b"}).err, "`RuleID` holds `<`"));
  const ProgramResult no_folder = picket({"new", "--log-type", "T", "-o", folder.path("none/x.yml")});
  CHECK(no_folder.status == 2);
  CHECK(holds(no_folder.err, "none/x.yml: "));
}

}  // namespace picket::tests
