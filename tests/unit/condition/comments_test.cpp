// Where the comments of the detection language are.
#include "grammar/condition/comments.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

using Found = std::vector<std::string>;

std::vector<std::string> condition_comments(const std::string& text) {
  std::vector<std::string> found;
  for (const SourceSpan span : find_comments(text)) found.push_back(text.substr(span.begin, span.end - span.begin));
  return found;
}

}  // namespace

TEST_CASE("comments of a condition stand outside of its strings") {
  CHECK(condition_comments("a eq 1 # one\n# two") == Found{"# one", "# two"});
  CHECK(condition_comments("a eq \"# no\" # yes") == Found{"# yes"});
  CHECK(condition_comments(R"(a eq "\" # no" # yes)") == Found{"# yes"});
  CHECK(condition_comments("a matches '# no ''# no' # yes") == Found{"# yes"});
  CHECK(condition_comments(R"(a eq f"# {b} # {"# no"}" # yes)") == Found{"# yes"});
  CHECK(condition_comments(R"(a eq f"{{# {{a: "x"}.a} # no" # yes)") == Found{"# yes"});
  CHECK(condition_comments("a eq \"open # no\nb eq 2 # yes") == Found{"# yes"});
  CHECK(condition_comments("").empty());
  CHECK(condition_comments("\"\\").empty());
  CHECK(condition_comments("f\"{").empty());
}

}  // namespace picket
