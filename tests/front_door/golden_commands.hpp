// Golden files of commands: the first line is "$ picket COMMAND …", the rest what it must print.
#pragma once

#include <cstddef>
#include <string>

namespace picket::tests {

// Runs the command of every *.txt in tests/golden/FOLDER as if in that folder, and checks that it prints what stands
// there, and nothing on standard error; how many there were. A last line "exit N" names a status other than 0.
[[nodiscard]] std::size_t check_golden_commands(const std::string& folder);

}  // namespace picket::tests
