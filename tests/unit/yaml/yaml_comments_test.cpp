// Where the comments of a YAML file are.
#include <filesystem>

#include "engine/yaml/comments.hpp"
#include "engine/yaml/node.hpp"
#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"
#include "tests/unit/yaml/yaml_text.hpp"

namespace picket {
namespace {

using Found = std::vector<std::string>;

std::vector<std::string> yaml_comments(const std::string& text) {
  const auto source = std::make_shared<const Source>("a.yml", text);
  Diagnostics diagnostics;
  const auto root = yaml::load(source, diagnostics);
  REQUIRE(root != nullptr);
  REQUIRE(diagnostics.size() == 0);
  std::vector<std::string> found;
  for (const SourceSpan span : yaml::find_comments(*source, *root)) found.emplace_back(source->text(span));
  return found;
}

}  // namespace

TEST_CASE("comments of YAML stand outside of every scalar") {
  CHECK(yaml_comments("# first\na: 1 # one\nb: x#y\n") == Found{"# first", "# one"});
  CHECK(yaml_comments("a: \"b # c\" # d\n'k # e': '# f'\n") == Found{"# d"});
  CHECK(yaml_comments("a: |  # header\n  text # text\n  # text\n# after\nb: 1\n") == Found{"# header", "# after"});
  CHECK(yaml_comments("a: >-\n  # text\n\n# after\n") == Found{"# after"});
  CHECK(yaml_comments("a: [1, # one\n  2] # two\n") == Found{"# one", "# two"});
  CHECK(yaml_comments("a: &x # anchor\n  b: 1\nc: *x # alias\n") == Found{"# anchor", "# alias"});
  CHECK(yaml_comments("a: # nothing\nb: plain\n  over lines # end\n") == Found{"# nothing", "# end"});
  CHECK(yaml_comments("a: 1 # one\r\nb: 2\r\n") == Found{"# one"});
  CHECK(yaml_comments("a:\n  - b # item\n  # alone\n  - |\n    # text\n") == Found{"# item", "# alone"});
}

TEST_CASE("a file means the same without its comments, and has none then") {
  std::size_t files = 0;
  std::size_t comments = 0;
  for (const char* folder : {"rules", "tests/conformance", "tests/golden/broken"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(tests::project_dir() / folder)) {
      if (entry.path().extension() != ".yml") continue;
      const tests::LoadedYaml loaded = tests::load_yaml(tests::read_file(entry.path()));
      if (loaded.diagnostics.size() > 0) continue;
      INFO(entry.path());
      std::vector<SourceSpan> found = yaml::find_comments(*loaded.source, *loaded.root);
      std::string bare(loaded.source->text());
      for (auto span = found.rbegin(); span != found.rend(); ++span) {
        REQUIRE(bare[span->begin] == '#');
        bare.erase(span->begin, span->end - span->begin);
      }
      comments += found.size();
      const tests::LoadedYaml again = tests::load_yaml(bare);
      REQUIRE(again.diagnostics.size() == 0);
      CHECK(again.root->value() == loaded.root->value());
      CHECK(yaml::find_comments(*again.source, *again.root).empty());
      ++files;
    }
  }
  CHECK(files > 400);
  CHECK(comments > 400);
}

}  // namespace picket
