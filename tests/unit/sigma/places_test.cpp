// Messages about Sigma rules point into the Sigma file.
#include <memory>
#include <string>

#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

// The first error as "line:column code".
std::string first_error(const std::string& text) {
  Diagnostics diagnostics;
  (void)load_sources({std::make_shared<const Source>("rule.yml", text)}, {}, diagnostics);
  diagnostics.sort();
  for (const Diagnostic& one : diagnostics.all()) {
    if (one.level != Level::error) continue;
    const LineColumn at = one.source->locate(one.span.begin);
    return std::to_string(at.line) + ":" + std::to_string(at.column) + " " + std::string(row_of(one.code).word) + " " +
           std::string(one.source->text(one.span));
  }
  return "";
}

constexpr const char* rule_head = "title: a\nid: a\nlogsource:\n  product: windows\n  service: security\ndetection:\n";

TEST_CASE("errors of Sigma rules have the place of what is wrong") {
  const std::string begin = rule_head;
  CHECK(first_error(begin + "  selection:\n    Image|endwith: x\n  condition: selection\n") ==
        "8:11 unknown-modifier endwith");
  CHECK(first_error(begin + "  selection:\n    'Image|endwith': x\n  condition: selection\n") ==
        "8:12 unknown-modifier endwith");
  CHECK(first_error(begin + "  selection:\n    Image|re: ['a', 'b(']\n  condition: selection\n") ==
        "8:21 bad-regex 'b('");
  CHECK(first_error(begin + "  selection:\n    a: x\n  condition: selection and filter\n") ==
        "9:28 unknown-selection filter");
  CHECK(first_error(begin + "  selection:\n    a: x\n  condition: |\n    selection\n    AND selection\n") ==
        "11:5 bad-sigma-condition AND");
  CHECK(first_error(begin + "  selection:\n    a: x\n  condition: selection\nlevel: hihg\n") == "10:8 bad-value hihg");
}

TEST_CASE("what is sound in a file of several rules is loaded") {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>("rules.yml",
                                                     "title: a\nid: a\n"
                                                     "logsource: {product: windows}\n"
                                                     "detection: {s: {a: x}, condition: s}\n"
                                                     "---\n"
                                                     "title: b\nid: b\n"
                                                     "logsource: {product: windows}\n"
                                                     "detection: {s: {a|no: x}, condition: s}\n");
  const Pack pack = load_sources({source}, {}, diagnostics);
  CHECK(pack.rules.size() == 1);
  CHECK(pack.broken_ids == std::vector<std::string>{"b"});
  CHECK(diagnostics.has_errors());
}

}  // namespace
}  // namespace picket
