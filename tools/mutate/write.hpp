// `picket mutate --write-tests`: tests for what survives, in the rules' files.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/mutation/mutate.hpp"
#include "tools/loading.hpp"

namespace picket {

struct WrittenTests {
  std::string file;
  std::string rule_id;
  std::size_t tests = 0;
  std::string refusal;  // why nothing was written; empty if it was
};

// Adds the proposals of each rule to its file. Before a file is written the new text is loaded and its tests are run:
// if anything is wrong with it that was not before, or a new test fails, the file is left as it was.
// `loaded` is what the rules were loaded as, `options` how. Refused, too, is what would fail in a rule that inherits
// the tests.
[[nodiscard]] std::vector<WrittenTests> write_tests(const std::vector<RuleMutation>& rules, const LoadedPack& loaded,
                                                    const LoadOptions& options, const TestOptions& tests);

}  // namespace picket
