#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"
#include "tests/unit/pack/folder.hpp"

using namespace picket;
using namespace picket::tests;
using Words = std::vector<std::string>;

namespace {

// The files found, without the folder's own name.
Words names(const Folder& folder, const std::vector<std::string>& paths, Diagnostics& diagnostics) {
  Words result;
  for (const std::string& file : discover(paths, diagnostics)) result.push_back(file.substr(folder.path().size() + 1));
  return result;
}

}  // namespace

TEST_CASE("a directory is walked for YAML, hidden ones and caches left out, in the order of names") {
  const Folder folder;
  for (const std::string name : {"b.yml", "a.yaml", "c/d.yml", "c/B.yml", ".hidden.yml", ".git/x.yml",
                                 "__pycache__/x.yml", "x.txt", "y.json", "dependabot.yml", "z.yml.bak", "c/.d/x.yml"}) {
    folder.write(name, "");
  }
  std::filesystem::create_directories(folder.path("dir.yml"));
  Diagnostics diagnostics;
  CHECK(names(folder, {folder.path()}, diagnostics) == Words{"a.yaml", "b.yml", "c/B.yml", "c/d.yml"});
  CHECK(names(folder, {folder.path(".git")}, diagnostics) == Words{".git/x.yml"});
  CHECK(diagnostics.size() == 0);
}

TEST_CASE("a file that is named is read whatever its name; each file once") {
  const Folder folder;
  folder.write("x.txt", "");
  folder.write("a.yml", "");
  folder.write("c/b.yml", "");
  Diagnostics diagnostics;
  CHECK(
      names(folder,
            {folder.path("x.txt"), folder.path(), folder.path("a.yml"), folder.path("c/../a.yml"), folder.path() + "/"},
            diagnostics) == Words{"a.yml", "c/b.yml", "x.txt"});
  std::filesystem::create_symlink(folder.path("a.yml"), folder.path("link.yml"));
  std::filesystem::create_directory_symlink(folder.path(), folder.path("c/circle"));
  CHECK(names(folder, {folder.path()}, diagnostics).size() == 2);
  CHECK(diagnostics.size() == 0);
}

TEST_CASE("paths that do not exist are told") {
  Diagnostics diagnostics;
  CHECK(discover({"/nowhere/at/all", "/nowhere.yml"}, diagnostics).empty());
  REQUIRE(diagnostics.size() == 2);
  CHECK(diagnostics.all()[0].code == Code::no_such_file);
  CHECK(diagnostics.all()[0].source->name() == "/nowhere/at/all");
}

TEST_CASE(
    "what rules lean on is found above a relative path, and in the folders where Panther's repositories keep it") {
  const Folder folder;
  folder.write("rules/a/r.yml", "AnalysisType: rule\n");
  folder.write("rules/library.yml", "AnalysisType: definitions\n");
  folder.write("data_models/model.yml", "AnalysisType: datamodel\n");
  folder.write("data_models/further/down.yml", "AnalysisType: datamodel\n");
  folder.write("lookup_tables/table.yml", "AnalysisType: lookup_table\n");
  folder.write("global_helpers/helper.yml", "AnalysisType: global\n");
  folder.write("elsewhere/model.yml", "AnalysisType: datamodel\n");
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  const Words found = find_context({"rules/a"}, {"rules/a/r.yml"});
  const Words of_absolute = find_context({folder.path("rules/a")}, {folder.path("rules/a/r.yml")});
  std::filesystem::current_path(before);
  CHECK(found == Words{"data_models/model.yml", "lookup_tables/table.yml", "rules/library.yml"});
  CHECK(of_absolute.empty());
}
