// Running another program and reading what it says.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace picket {

struct ProgramOutput {
  int status = 0;  // as it exited; minus the signal that ended it
  std::string out;
  std::string err;
};

// Runs the program, found along PATH, with these arguments as they are: no shell reads them. Its standard input is
// empty. The other alternative is why it could not be run. REQUIRES: not empty; the first is the program's name.
[[nodiscard]] std::variant<ProgramOutput, std::string> run_program(const std::vector<std::string>& arguments);

}  // namespace picket
