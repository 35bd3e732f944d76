// Rule files that mean harm: a clear error, in bounded time and memory, and the sound rule beside them is still tested.
#include <chrono>
#include <functional>
#include <string>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

constexpr double most_seconds = 20;  // of a debug build under a sanitizer on a busy machine; usual is far below 1
constexpr long most_kilobytes = 1024 * 1024;

const std::string bad_head = "AnalysisType: rule\nRuleID: Bad.Rule\nEnabled: true\nLogTypes: [A]\nSeverity: Low\n";
const std::string sound_rule =
    "AnalysisType: rule\nRuleID: Sound.Rule\nEnabled: true\nLogTypes: [A]\nSeverity: Low\nCondition: a eq 1\n"
    "Tests: [{Name: one, ExpectedResult: true, Log: {a: 1}}]\n";

std::string repeat(const std::string& text, std::size_t times) {
  std::string repeated;
  repeated.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) repeated += text;
  return repeated;
}

// Tests a folder with the file and the sound rule, and expects this code and the sound rule's pass.
void refuse(const std::string& text, const std::string& code) {
  const TemporaryFolder folder;
  folder.add("bad.yml", text);
  folder.add("sound.yml", sound_rule);
  ProgramCall call;
  call.arguments = {"test", folder.path()};
  const auto begin = std::chrono::steady_clock::now();
  const ProgramResult result = run_picket(call);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  INFO(result.out.substr(0, 2000));
  CHECK(result.status == 1);
  CHECK(result.out.find("error[" + code + "]") != std::string::npos);
  CHECK(result.out.find("1 passed") != std::string::npos);
  CHECK(result.out.size() < 100'000);
  CHECK(taken.count() < most_seconds);
  CHECK(result.peak_kilobytes < most_kilobytes);
}

}  // namespace

TEST_CASE("bytes that are no text") {
  refuse(bad_head + "Condition: a eq \"caf\xE9\"\n", "not-utf8");
  refuse(bad_head + std::string("Condition: a eq \"\0\"\n", 19), "nul-byte");
  refuse(std::string("\xFF\xFE"
                     "A\0n\0a\0",
                     8),
         "not-utf8");
  refuse(repeat(std::string("\x80\x00\xff", 3), 100'000), "not-utf8");
}

TEST_CASE("line ends and byte order marks are no faults") {
  const TemporaryFolder folder;
  std::string crlf = "\xEF\xBB\xBF";
  for (const char c : sound_rule) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  folder.add("crlf.yml", crlf);
  ProgramCall call;
  call.arguments = {"test", folder.path()};
  const ProgramResult result = run_picket(call);
  CHECK(result.status == 0);
  CHECK(result.out == "1 rule, 1 test: 1 passed\n");
}

TEST_CASE("YAML that is too much") {
  refuse(bad_head + "Condition: a eq 1\nTests: " + repeat("[", 100'000) + "\n", "yaml-syntax");
  refuse(bad_head + "Condition: a eq 1\nTests: " + repeat("[", 100'000) + repeat("]", 100'000) + "\n", "yaml-too-deep");
  refuse(bad_head + "Condition: a eq 1\nTests: " + repeat("{a: ", 100'000) + "\n", "yaml-too-deep");
  refuse(bad_head + "Condition: a eq 1\nTests:\n" + repeat("- ", 100'000) + "a\n", "yaml-too-deep");
  std::string laughs = bad_head + "Condition: a eq 1\nTests:\n  - &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 30; ++i) {
    laughs += "  - &a" + std::to_string(i) + " [" + repeat("*a" + std::to_string(i - 1) + ", ", 9) + "x]\n";
  }
  refuse(laughs, "yaml-too-many-nodes");
  refuse(bad_head + "Condition: a eq 1\nTests: [&x 1" + repeat(", *x", 20'000) + "]\n", "yaml-too-many-aliases");
  refuse(bad_head + "Condition: a eq 1\nTests: [" + repeat("1, ", 5'000'000) + "1]\n", "yaml-too-many-nodes");
  refuse(bad_head + "Condition: a eq 1\nDescription: " + repeat("word ", 10'000'000) + "\n", "yaml-too-large");
}

TEST_CASE("conditions that are too much") {
  refuse(bad_head + "Condition: " + repeat("(", 10'000) + "a eq 1" + repeat(")", 10'000) + "\n", "nesting-too-deep");
  refuse(bad_head + "Condition: " + repeat("not ", 10'000) + "a\n", "nesting-too-deep");
  refuse(bad_head + "Condition: a eq " + repeat("[", 10'000) + repeat("]", 10'000) + "\n", "nesting-too-deep");
  refuse(bad_head + "Condition: a eq " + repeat("-", 10'000) + "1\n", "nesting-too-deep");
  refuse(bad_head + "Condition: any a { " + repeat("any . { ", 10'000) + "\n", "nesting-too-deep");
  refuse(bad_head + "Condition: " + repeat("lower(", 10'000) + "a" + repeat(")", 10'000) + " eq 1\n",
         "nesting-too-deep");
  refuse(bad_head + "Condition: a eq \"" + repeat("x", 1'000'000) + "\"\n", "text-too-long");
  refuse(bad_head + "Condition: 'a matches \"a{1000}{1000}\"'\n", "bad-regex");
  refuse(bad_head + "Condition: 'a matches \"((a{100}){100}){100}\"'\n", "bad-regex");
  std::string doubled = bad_head + "Let: |\n  f0(x) = x eq 1\n";
  for (int i = 1; i < 100; ++i) {
    const std::string below = "f" + std::to_string(i - 1) + "(x)";
    doubled += "  f" + std::to_string(i) + "(x) = " + below + " or " + below + "\n";
  }
  refuse(doubled + "Condition: f99(a)\n", "condition-too-large");
}

}  // namespace picket::tests
