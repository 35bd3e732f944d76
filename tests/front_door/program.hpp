// Running a binary as its users do, and what came of it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace picket::tests {

// Writes into the pipe that is the program's standard input; false when nobody reads it any more.
using WriteInput = std::function<bool(std::string_view)>;

struct ProgramCall {
  std::vector<std::string> arguments;                       // behind the program's name
  std::function<void(const WriteInput&)> input;             // none: an empty standard input
  std::size_t read_at_most = static_cast<std::size_t>(-1);  // bytes of standard output, which is closed then
  int signal_after_output = 0;                              // sent when the first output has come
};

struct ProgramResult {
  int status = -1;  // the exit status, or minus the signal that ended it
  std::string out;
  std::string err;
  long peak_kilobytes = 0;  // resident
};

// Runs `picket` (tools/picket of the build) to its end.
[[nodiscard]] ProgramResult run_picket(const ProgramCall& call);

// The input of a call that is a text.
[[nodiscard]] std::function<void(const WriteInput&)> text_input(std::string text);

// `picket ARGUMENTS`, with this text on its standard input.
[[nodiscard]] ProgramResult picket(std::vector<std::string> arguments, const std::string& input = "");

[[nodiscard]] inline bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace picket::tests
