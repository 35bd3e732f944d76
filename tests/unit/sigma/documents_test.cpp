// Which documents are Sigma's, and what those of one file say to each other.
#include "engine/sigma/sigma.hpp"

#include <memory>
#include <string>
#include <vector>

#include "engine/yaml/node.hpp"
#include "tests/catch.hpp"

namespace picket::sigma {
namespace {

bool looks_so(std::string text) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>("file.yml", std::move(text));
  return is_sigma(*yaml::load(source, diagnostics));
}

// What is said of the documents of a file, each as "line code", and how many documents are meant.
std::string said(std::string text) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>("file.yml", std::move(text));
  const auto meant = without_actions(source, yaml::load_documents(source, diagnostics), diagnostics);
  std::string all = std::to_string(meant.size());
  for (const Diagnostic& one : diagnostics.all()) {
    all += ", " + std::to_string(source->locate(one.span.begin).line) + " " + std::string(row_of(one.code).word);
  }
  return all;
}

TEST_CASE("documents of Sigma are known by their keys") {
  CHECK(looks_so("title: a\ndetection: x\n"));
  CHECK(looks_so("logsource: x\nfilter: x\n"));
  CHECK(looks_so("correlation: x\n"));
  CHECK(looks_so("action: reset\n"));
  CHECK_FALSE(looks_so("AnalysisType: rule\ntitle: a\ndetection: x\n"));
}

TEST_CASE("documents of Sigma whose keys are misspelt are known by what stands below them") {
  CHECK(looks_so("titel: a\nlogsourc: {product: x}\ndetection: {s: {a: b}, condition: s}\n"));
  CHECK(looks_so("title: a\ndetektion: {s: {a: b}, condition: s}\n"));
  CHECK(looks_so("title: a\ncorrelations: {type: event_count, rules: [b]}\n"));
  CHECK(looks_so("titel: a\nlogsource: {product: x}\nfilters: {s: {a: b}, condition: not s}\n"));
  CHECK(looks_so("title: a\naction: correlation\ntype: event_count\nrules: [b]\n"));
}

TEST_CASE("documents of others are not taken for Sigma's") {
  CHECK_FALSE(looks_so("title: a\nfilter: {path: b}\n"));
  CHECK_FALSE(looks_so("title: a\nfilters: [b]\n"));
  CHECK_FALSE(looks_so("filter: {condition: b}\n"));
  CHECK_FALSE(looks_so("action: correlation\n"));
  CHECK_FALSE(looks_so("action: reject\n"));
  CHECK_FALSE(looks_so("title: a\ncorrelations: {type: b}\n"));
  CHECK_FALSE(looks_so("- title\n"));
}

TEST_CASE("what documents say of each other is told where it cannot be meant") {
  CHECK(said("action: global\nid: a\n---\ntitle: b\n") == "1");
  CHECK(said("action: global\ntitle: a\n") == "0, 1 ignored-value");
  CHECK(said("action: global\ntitle: a\n---\naction: reset\n---\ntitle: b\n") == "1, 1 ignored-value");
  CHECK(said("action: globl\ntitle: a\n---\nid: b\n") == "1, 1 bad-value");
  CHECK(said("action: block\ntitle: a\n") == "1, 1 unread-key");
  CHECK(said("action: correlation\ntitle: a\n") == "0, 1 bad-value");
  CHECK(said("action: repeat\ntitle: a\n") == "1, 1 ignored-value");
}

TEST_CASE("two documents of a file do not share an id") {
  CHECK(said("id: a\n---\naction: repeat\nid: b\n") == "2");
  CHECK(said("title: a\n---\naction: repeat\ntitle: b\n") == "2");
  CHECK(said("id: a\n---\naction: repeat\ntitle: b\n") == "1, 3 duplicate-id");
  CHECK(said("id: a\n---\naction: repeat\ntitle: b\n---\naction: repeat\nid: c\n") == "2, 3 duplicate-id");
  CHECK(said("action: global\nid: a\n---\ntitle: b\n---\ntitle: c\n") == "1, 6 duplicate-id");
}

TEST_CASE("the cure of a filter without a negation leaves out all that it describes") {
  const auto cure = [](const std::string& condition) {
    Diagnostics diagnostics;
    const auto source = std::make_shared<const Source>(
        "file.yml",
        "title: a\nlogsource: {product: windows}\nfilter:\n  rules: any\n  a: {x: 1}\n  b: {x: 2}\n  condition: " +
            condition + "\n");
    (void)read_filter(source, yaml::load(source, diagnostics), LogSourceMap({}), diagnostics);
    for (const Diagnostic& one : diagnostics.all()) {
      if (one.code == Code::keeping_filter) return one.help;
    }
    return std::string();
  };
  CHECK(cure("a or b") == "write `not (a or b)` to leave that out");
  CHECK(cure("a and b") == "write `not (a and b)` to leave that out");
  CHECK(cure("1 of them") == "write `not 1 of them` to leave that out");
  CHECK(cure("[a, b]") == "write `not` before what it shall leave out");
  CHECK(cure("not a and not b").empty());
}

}  // namespace
}  // namespace picket::sigma
