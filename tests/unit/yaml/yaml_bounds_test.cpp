// Hostile files: an error in bounded time and memory.
#include <chrono>
#include <string>

#include "tests/catch.hpp"
#include "tests/unit/yaml/yaml_text.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

TEST_CASE("depth is bounded, whatever nests") {
  CHECK(outcome(load_yaml("a: " + repeat("[", 100'000) + repeat("]", 100'000))) == "yaml-too-deep 1:67");
  CHECK(outcome(load_yaml(repeat("{a: ", 100'000))).substr(0, 6) == "yaml-s");  // never closed
  CHECK(outcome(load_yaml("a: " + repeat("{a: ", 70) + repeat("}", 70))) == "yaml-too-deep 1:256");
  CHECK(outcome(load_yaml(repeat("- ", 100'000))) == "yaml-too-deep 1:129");
  CHECK(outcome(load_yaml(repeat("? ", 100'000))) == "yaml-syntax 1:3");
  CHECK(outcome(load_yaml("a: " + repeat("[", 63) + repeat("]", 63))).substr(0, 6) == "{\"a\":[");
}

TEST_CASE("size is bounded") {
  yaml::Limits limits;
  limits.bytes = 1000;
  CHECK(outcome(load_yaml("a: " + std::string(990, 'x'), limits)).substr(0, 4) == "{\"a\"");
  CHECK(outcome(load_yaml("a: " + std::string(1000, 'x'), limits)) == "yaml-too-large 1:1");
  CHECK(outcome(load_yaml(std::string(50 * 1024 * 1024, 'x'))) == "yaml-too-large 1:1");
}

TEST_CASE("what aliases repeat counts") {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 30; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + repeat(before + ", ", 9) + before + "]\n";
  }
  CHECK(outcome(load_yaml(bomb)).starts_with("yaml-too-many-nodes 6:"));

  std::string merges = "a0: &a0 {k0: 1, l0: 2}\n";
  for (int i = 1; i < 40; ++i) {
    const std::string n = std::to_string(i);
    const std::string before = "*a" + std::to_string(i - 1);
    merges += "a" + n + ": &a" + n + " {k" + n + ": {<<: [" + before + ", " + before + "]}}\n";
  }
  CHECK(outcome(load_yaml(merges)).starts_with("yaml-too-many-nodes"));

  yaml::Limits limits;
  limits.aliases = 100;
  CHECK(outcome(load_yaml("a: &a 1\nb: [" + repeat("*a, ", 101) + "]", limits)) == "yaml-too-many-aliases 2:405");
}

TEST_CASE("nodes are bounded before and while they are read") {
  yaml::Limits limits;
  limits.nodes = 1000;
  CHECK(outcome(load_yaml("a: [" + repeat("1,", 2000) + "]", limits)) == "yaml-too-many-nodes 1:1");
  CHECK(outcome(load_yaml(repeat("- x\n", 2000), limits)).starts_with("yaml-too-many-nodes"));
}

TEST_CASE("long lines, runs of everything: linear time") {
  const std::vector<std::string> inputs = {
      "a: " + std::string(1'000'000, 'x'),
      "a: \"" + std::string(1'000'000, 'x') + "\"",
      "a: |\n  " + std::string(1'000'000, 'x'),
      "a: \"" + repeat("\\ \n", 300'000) + "\"",
      "a:\n" + repeat(" x\n", 300'000),
      "a: >\n" + repeat("  x\n\n", 200'000),
      "a: |" + repeat("\n", 1'000'000),
      std::string(1'000'000, '\n'),
      std::string(1'000'000, '#'),
      std::string(1'000'000, ' '),
      repeat(", ", 300'000),
      repeat("[a\n", 100'000),
      repeat("*a ", 100'000),
      repeat("&a ", 100'000),
      repeat("!a ", 100'000),
      repeat("? a\n", 100'000),
      repeat("---\n", 100'000),
      repeat("a: b\n", 100'000),
      repeat("\"a\" ", 100'000),
      "[" + repeat("? ", 100'000),
      "[" + repeat(": ", 100'000),
      "{" + repeat("a: b, ", 100'000),
  };
  for (const std::string& input : inputs) {
    CAPTURE(input.substr(0, 20));
    const auto begin = std::chrono::steady_clock::now();
    const LoadedYaml loaded = load_yaml(input);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    CHECK((loaded.root != nullptr || loaded.diagnostics.has_errors()));
    CHECK(loaded.diagnostics.size() <= 1000);
    // A tenth of a second is what it takes; sanitizers and busy machines are far slower, quadratic time slower still.
    CHECK(seconds.count() < 20);
  }
}
