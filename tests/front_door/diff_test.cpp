// `picket diff` as its users call it.
#include <zlib.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/golden_commands.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

ProgramResult diff(std::vector<std::string> arguments, const std::string& input = "") {
  arguments.insert(arguments.begin(), "diff");
  return picket(std::move(arguments), input);
}

std::string diff_rule(const std::string& condition, const std::string& more = "") {
  return "AnalysisType: rule\nRuleID: T.R\nEnabled: true\nLogTypes: [T]\nSeverity: Low\nCondition: " + condition +
         "\n" + more;
}

}  // namespace

TEST_CASE("what picket diff prints") { CHECK(check_golden_commands("diff") >= 6); }

TEST_CASE("diff exits with 1 for a difference only if it is asked to") {
  const TemporaryFolder folder;
  const std::string before = folder.add("old/r.yml", diff_rule("a eq 1"));
  const std::string after = folder.add("new/r.yml", diff_rule("a eq 2"));
  const std::string respelt = folder.add("respelt/other.yml", diff_rule("a==1  # the same"));
  CHECK(diff({before, after}).status == 0);
  CHECK(diff({before, after, "--exit-code"}).status == 1);
  CHECK(diff({before, respelt, "--exit-code"}).status == 0);
  CHECK(diff({before, respelt}).out == "no difference in meaning, 1 rule\n");
}

TEST_CASE("diff judges events from packed files and standard input") {
  const TemporaryFolder folder;
  const std::string before = folder.add("old/r.yml", diff_rule("a in [1, 2]"));
  const std::string after = folder.add("new/r.yml", diff_rule("a in [2, 3]"));
  const std::string events = "{\"a\": 1}\n{\"a\": 2}\n{\"a\": 3}\n{\"a\": 3}\nbroken\n";
  const std::string packed = folder.path("events.gz");
  auto* const file = ::gzopen(packed.c_str(), "wb");
  REQUIRE(::gzwrite(file, events.data(), static_cast<unsigned>(events.size())) == static_cast<int>(events.size()));
  ::gzclose(file);
  const std::string summary = "4 events: 2 alerts gained, 1 lost, 1 as before\n";
  const ProgramResult from_file = diff({before, after, "--log-type", "T", "--events", packed});
  CHECK(from_file.status == 0);
  CHECK(holds(from_file.out, summary));
  CHECK(holds(from_file.out, packed + ":3"));
  CHECK(holds(from_file.err, "1 text passed over"));
  CHECK(holds(diff({before, after, "--log-type", "T", "--events", "-"}, events).out, summary));
  CHECK(holds(diff({before, after, "--events", packed}).out, "4 events: the same alerts, 0\n"));
}

TEST_CASE("diff compares alerts of rules whose files did not change") {
  const TemporaryFolder folder;
  const std::string user = diff_rule("lib.x", "Use: [lib]\n");
  const auto library = [](const std::string& value) {
    return "AnalysisType: definitions\nDefinitionsID: lib\nLet: x = a eq " + value + "\n";
  };
  folder.add("old/r.yml", user);
  folder.add("old/lib.yml", library("1"));
  folder.add("new/r.yml", user);
  folder.add("new/lib.yml", library("2"));
  const std::string events = folder.add("events.jsonl", "{\"p_log_type\": \"T\", \"a\": 1}\n");
  const ProgramResult result = diff({folder.path("old"), folder.path("new"), "--events", events});
  CHECK(holds(result.out, "T.R  lib.x\n"));
  CHECK(holds(result.out, "1 alert lost, 0 as before"));
}

TEST_CASE("diff refuses what it cannot compare, and says why") {
  const TemporaryFolder folder;
  const std::string fine = folder.add("fine.yml", diff_rule("a eq 1"));
  const std::string broken = folder.add("broken.yml", diff_rule("a eq"));
  const ProgramResult result = diff({fine, broken});
  CHECK(result.status == 2);
  CHECK(result.out.empty());
  CHECK(holds(result.err, "error[missing-operand]"));
  CHECK(holds(result.err, broken + " has errors, and what is broken cannot be compared"));
  CHECK(diff({fine, folder.path("none")}).status == 2);
  CHECK(diff({fine}).status == 2);
  const ProgramResult no_events = diff({fine, fine, "--events", folder.path("none.jsonl")});
  CHECK(no_events.status == 2);
  CHECK(holds(no_events.err, "none.jsonl"));
  folder.add("empty/notes.txt", "no rules");
  CHECK(diff({folder.path("empty"), folder.path("empty")}).status == 4);
}

TEST_CASE("a value of an event is text in a review comment") {
  const TemporaryFolder folder;
  const std::string before = folder.add("old/r.yml", diff_rule("a eq 1", "AlertTitle: 'by {u}'\n"));
  const std::string after = folder.add("new/r.yml", diff_rule("a eq 2", "AlertTitle: 'by {u}'\n"));
  const std::string events = R"({"p_log_type": "T", "a": 2, "u": "</details>|`@team`\n::error::x\n```\n##[group]"})"
                             "\n";
  const ProgramResult result = diff({before, after, "--format", "markdown", "--events", folder.add("e.jsonl", events)});
  CHECK(result.status == 0);
  CHECK(holds(result.out, "by \\</details\\>\\|\\`@\u200bteam\\`\\\\n::error::x\\\\n"));
  CHECK_FALSE(holds(result.out, "\n::"));
  CHECK_FALSE(holds(result.out, "##["));
  CHECK(holds(result.out, "````json\n"));
}

}  // namespace picket::tests
