// `picket check --fix` by example: each pair of tests/golden/fix (NAME.in.yml, NAME.out.yml).
#include "tools/check/fix.hpp"

#include <algorithm>
#include <filesystem>

#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

namespace fs = std::filesystem;

const fs::path pairs = project_dir() / "tests" / "golden" / "fix";

std::size_t errors_in(const LoadedPack& loaded) {
  const auto& all = loaded.diagnostics.all();
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [](const Diagnostic& one) { return one.level == Level::error; }));
}

}  // namespace

TEST_CASE("every golden pair: what --fix makes of a file, and what it leaves") {
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(pairs)) {
    const std::string name = entry.path().string();
    if (!name.ends_with(".in.yml")) continue;
    CAPTURE(name);
    ++files;
    const TemporaryFolder folder;
    LoadOptions options;
    options.paths = {folder.add("rule.yml", read_file(entry.path()))};
    const LoadedPack before = load_checked(options);
    const FixedPack fixed = fix_files(options, load_checked);
    const std::string expected = read_file(name.substr(0, name.size() - std::string(".in.yml").size()) + ".out.yml");
    CHECK(read_file(options.paths.front()) == expected);
    CHECK(fixed.refusals.empty());
    CHECK(errors_in(fixed.loaded) <= errors_in(before));
    // What is told of the file is what is true of it now.
    CHECK(load_checked(options).diagnostics.size() == fixed.loaded.diagnostics.size());
    CHECK(fix_files(options, load_checked).applied.empty());
  }
  CHECK(files >= 5);
}

}  // namespace picket::tests
