// Completions and manual pages, tried by the programs that read them. Those that are not installed are skipped, and
// said to be.
#include <filesystem>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"
#include "tools/changes/run_program.hpp"
#include "tools/surface/surface.hpp"

namespace picket::tests {
namespace {

std::string printed(std::vector<std::string> arguments) {
  ProgramCall call;
  call.arguments = std::move(arguments);
  const ProgramResult result = run_picket(call);
  CHECK(result.status == 0);
  CHECK(result.err.empty());
  return result.out;
}

// What the program says; false if there is no such program here.
bool run(const std::vector<std::string>& arguments, ProgramOutput& output) {
  auto ran = run_program(arguments);
  if (std::holds_alternative<std::string>(ran)) {
    WARN("skipped: " << std::get<std::string>(ran));
    return false;
  }
  output = std::get<ProgramOutput>(ran);
  return true;
}

// The name of an option as a page has it.
std::string troff_name(const std::string& name) {
  std::string text;
  for (const char c : name) {
    if (c == '-') text += '\\';
    text += c;
  }
  return text;
}

// What bash offers for the words, of which the last is being written; false if there is no bash.
struct Offered {
  bool tried = false;
  std::string words;  // each with a blank behind it
};
Offered offered(const std::string& script, const std::string& words, const std::string& folder = ".") {
  ProgramOutput output;
  const std::string program = R"(cd "$2" && source "$1" && COMP_WORDS=()" + words +
                              ") && COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) && { _picket; printf '%s ' "
                              "\"${COMPREPLY[@]}\"; }";
  if (!run({"bash", "-c", program, "bash", script, folder}, output)) return {};
  INFO(output.err);
  CHECK(output.status == 0);
  return {true, output.out};
}

}  // namespace

TEST_CASE("bash completes commands, options, choices and files") {
  const TemporaryFolder folder;
  const std::string script = folder.add("picket.bash", printed({"completions", "bash"}));
  folder.add("pack/a rule.yml");
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"picket che", "check "},
      {"picket help mut", "mutate "},
      {"picket test --form", "--format "},
      {"picket test --format j", "json junit "},
      {"picket test --format = jso", "json "},
      {"picket cover --format l", "lcov "},
      {"picket test --output ju", "junit= "},
      {"picket test --output junit = pack/a", "pack/a rule.yml "},
      {"picket test --output = ta", "tap= "},
      {"picket test --severity c", "critical "},
      {"picket test pack/", "pack/a rule.yml "},
      {"picket test -E", "-E "},
      {"picket test -E sev", " "},
      {"picket plan --project pa", "pack "},
      {"picket attack imp", "import "},
      {"picket attack import --out", "--output "},
      {"picket explain unknown-op", "unknown-operator "},
      {"picket completions f", "fish "},
      {"ruletest --fail", "--fail-fast "},
      {"./build/ruletest --format sa", "sarif "},
  };
  for (const auto& [words, wanted] : rows) {
    INFO(words);
    const Offered result = offered(script, words, folder.path());
    if (!result.tried) return;
    CHECK(result.words == wanted);
  }
  // Every option of every command.
  for (const CommandSurface& command : command_surfaces()) {
    const std::string all = offered(script, "picket " + command.name + " -").words;
    for (const CommandOption& option : command.options) {
      for (const std::string& name : option.names) CHECK(holds(" " + all, " " + name + " "));
    }
  }
}

TEST_CASE("zsh and fish can read their completions") {
  const TemporaryFolder folder;
  for (const std::string shell : {"zsh", "fish"}) {
    const std::string text = printed({"completions", shell});
    for (const CommandSurface& command : command_surfaces()) CHECK(holds(text, command.name));
    const std::string script = folder.add(shell, text);
    ProgramOutput output;
    if (!run({shell, "-n", script}, output)) continue;
    INFO(shell << ": " << output.err);
    CHECK(output.status == 0);
    CHECK(output.err.empty());
  }
}

TEST_CASE("the manual pages have no faults, and tell of every option") {
  const TemporaryFolder folder;
  printed({"man", "--directory", folder.path()});
  CHECK(read_file(folder.path("picket.1")) == printed({"man"}));
  CHECK(read_file(folder.path("ruletest.1")) == ".so man1/picket-test.1\n");
  for (const CommandSurface& command : command_surfaces()) {
    const std::string file = folder.path("picket-" + command.name + ".1");
    const std::string page = read_file(file);
    INFO(file);
    CHECK(page == printed({"man", command.name}));
    for (const CommandOption& option : command.options) {
      for (const std::string& name : option.names) CHECK(holds(page, "\\fB" + troff_name(name) + "\\fR"));
    }
    ProgramOutput output;
    if (run({"groff", "-man", "-Tutf8", "-ww", "-z", "-k", file}, output)) {
      CHECK(output.status == 0);
      CHECK(output.err.empty());
    }
    if (run({"mandoc", "-Tlint", "-Werror", file}, output)) CHECK(output.out.empty());
  }
}

TEST_CASE("a page that there is not") {
  ProgramCall call;
  call.arguments = {"man", "tset"};
  const ProgramResult result = run_picket(call);
  CHECK(result.status == 2);
  CHECK(result.err == "picket man: there is no command `tset`; did you mean `test`?\n");
}

}  // namespace picket::tests
