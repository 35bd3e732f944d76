// Lines that are broken, or nearly so.
#pragma once

#include <string>
#include <vector>

#include "tests/agree/chance.hpp"

namespace picket::tests {

// The line with one to three faults: cut off, bytes flipped, taken out, put in, repeated or exchanged. Has no line end
// unless it had one.
[[nodiscard]] std::string broken(std::string line, Chance& chance);

// Lines that each test one thing: numbers out of range, nesting at the limit, what is no object, stray bytes, keys and
// strings at the edges of what JSON allows. Without line ends.
[[nodiscard]] std::vector<std::string> odd_lines();

}  // namespace picket::tests
