#include "tests/front_door/golden_commands.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"

namespace picket::tests {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// "$ picket plan pack --rule X", with the names of files as the test finds them.
std::vector<std::string> arguments_of(const std::string& command, const std::string& corpus) {
  std::istringstream words(command.substr(std::string("$ picket ").size()));
  std::vector<std::string> arguments;
  for (std::string word; words >> word;) {
    arguments.push_back(!arguments.empty() && fs::exists(corpus + word) ? corpus + word : word);
  }
  return arguments;
}

std::string without(std::string text, const std::string& part) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
  return text;
}

}  // namespace

std::size_t check_golden_commands(const std::string& folder) {
  const std::string corpus = (project_dir() / "tests" / "golden" / folder).string() + "/";
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(corpus)) {
    if (entry.path().extension() != ".txt") continue;
    INFO(entry.path());
    const std::string golden = read(entry.path());
    const std::size_t end = golden.find('\n');
    ProgramCall call;
    call.arguments = arguments_of(golden.substr(0, end), corpus);
    const ProgramResult result = run_picket(call);
    CHECK(result.err.empty());
    std::string printed = without(result.out, corpus);
    if (result.status != 0) printed += "exit " + std::to_string(result.status) + "\n";
    CHECK(printed == golden.substr(end + 1));
    ++files;
  }
  return files;
}

}  // namespace picket::tests
