#include "engine/stream/find_inputs.hpp"

#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"

using namespace picket;
using namespace picket::tests;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> names_of(const FoundInputs& found, const TemporaryFolder& folder) {
  std::vector<std::string> names;
  for (const FoundInput& file : found.files)
    names.push_back(fs::path(file.path).lexically_relative(folder.path()).string());
  return names;
}

}  // namespace

TEST_CASE("no name is standard input, and so is a dash") {
  for (const auto& names : {std::vector<std::string>{}, std::vector<std::string>{"-"}}) {
    const FoundInputs found = find_inputs(names);
    REQUIRE(found.files.size() == 1);
    CHECK(found.files[0].path == "-");
    CHECK(found.faults.empty());
  }
}

TEST_CASE("folders are walked in order; hidden files, links to folders and pipes are left out") {
  const TemporaryFolder folder;
  folder.add("b.json", "xxx");
  folder.add("a/z.json");
  folder.add("a/Y.json");
  folder.add("c");
  folder.add(".hidden.json");
  folder.add(".git/x.json");
  fs::create_directory_symlink(folder.path("a"), folder.path("link"));
  fs::create_symlink(folder.path("b.json"), folder.path("linked.json"));
  const FoundInputs found = find_inputs({folder.path()});
  CHECK(names_of(found, folder) == std::vector<std::string>{"a/Y.json", "a/z.json", "b.json", "c", "linked.json"});
  CHECK(found.files[2].size == 3);
  CHECK_FALSE(found.files[0].named);
  CHECK(found.faults.empty());
}

TEST_CASE("patterns are for names that do not exist") {
  const TemporaryFolder folder;
  folder.add("a1.json");
  folder.add("a2.json");
  folder.add("b.json");
  folder.add("a[1].json");
  CHECK(names_of(find_inputs({folder.path("a?.json")}), folder) == std::vector<std::string>{"a1.json", "a2.json"});
  CHECK(names_of(find_inputs({folder.path("a[1].json")}), folder) == std::vector<std::string>{"a[1].json"});
  CHECK(names_of(find_inputs({folder.path("b*"), folder.path("a1.json")}), folder) ==
        std::vector<std::string>{"b.json", "a1.json"});
}

TEST_CASE("what is not there is told, and the rest is found") {
  const TemporaryFolder folder;
  folder.add("a.json");
  const FoundInputs found = find_inputs({folder.path("none.json"), folder.path("a.json"), folder.path("x*")});
  CHECK(names_of(found, folder) == std::vector<std::string>{"a.json"});
  REQUIRE(found.faults.size() == 2);
  CHECK(found.faults[0] == folder.path("none.json") + ": No such file or directory");
  CHECK(found.faults[1] == folder.path("x*") + ": no file matches");
}
