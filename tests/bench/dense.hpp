// The dense shape: every rule asks about one log type, process creation on Windows, as Sigma's rules do: parts of
// command lines and paths, ignoring case. What decides here is how many strings can be looked for in one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/chance.hpp"

namespace picket::bench {

// How often the values of an event were seen before.
enum class Repetition {
  natural,     // CommandLine and ParentCommandLine follow Zipf's law over 130,000: about 7 of 10 were seen before
  half_unique  // 50 % of CommandLine and 30 % of ParentCommandLine are new; the others are of 3,000 by Zipf's law
};

// Appends an event of 1.0 to 1.6 kB with its line end. Its log type is "Windows.ProcessCreation".
void append_dense_event(std::string& out, Repetition repetition, Chance& chance);

// The texts of so many rules: YAML analysis files.
[[nodiscard]] std::vector<std::string> dense_rules(std::size_t count);
// The same of rules that seek words in all of an event, as Sigma's keywords do.
[[nodiscard]] std::vector<std::string> keyword_rules(std::size_t count);

// --- what rules and events have in common ---

// A program: its full path, the end of a path that Sigma rules ask for ("\cmd.exe"), and its name inside the file.
struct Program {
  std::string path;
  std::string end;
  std::string original_name;
};
constexpr std::size_t programs = 600;
[[nodiscard]] Program program(std::size_t rank);

// Things found on command lines: those that many have (" -nop", "\AppData\Local\Temp\"); those that belong to one
// program
// ("localgroup administrators"); and those that hardly any has, which are different for every rank ("-VaultSync1873").
constexpr std::size_t common_parts = 64;
[[nodiscard]] std::string_view common_part(std::size_t rank);
constexpr std::size_t known_parts = 500;
[[nodiscard]] std::string known_part(std::size_t rank);
constexpr std::size_t rare_parts = 200'000;
[[nodiscard]] std::string rare_part(std::size_t rank);

[[nodiscard]] std::string user(std::size_t rank);
constexpr std::size_t users = 300;

}  // namespace picket::bench
