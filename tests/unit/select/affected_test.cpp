#include "engine/select/affected.hpp"

#include <string>

#include "tests/catch.hpp"

namespace picket {
namespace {

SourcePtr source(const std::string& name, const std::string& text = "") {
  return std::make_shared<const Source>(name, text);
}

Located<std::string> word(std::string text) { return {std::move(text), {}}; }

Rule rule(const std::string& id, std::vector<Located<std::string>> libraries, const std::string& text = "") {
  Rule rule;
  rule.source = source(id, text);
  rule.id.value = id;
  rule.libraries = std::move(libraries);
  rule.log_types = {word("Log")};
  return rule;
}

Library library(const std::string& id, std::vector<Located<std::string>> libraries, const std::string& text = "") {
  Library library;
  library.source = source(id, text);
  library.id.value = id;
  library.libraries = std::move(libraries);
  return library;
}

// The rules that a change of one file affects.
std::string affected(const Pack& pack, const std::string& file) {
  const auto rules = affected_rules(pack, [&](const Source& one) { return one.name() == file; });
  std::string ids;
  for (const Rule& one : pack.rules) {
    if (rules.contains(&one)) ids += one.id.value + " ";
  }
  for (const CorrelationRule& one : pack.correlations) {
    if (rules.contains(&one)) ids += one.id.value + " ";
  }
  return ids;
}

}  // namespace

TEST_CASE("a change reaches whoever leans on it, by whatever chain") {
  Pack pack;
  pack.rules = {rule("alone", {}), rule("near", {word("b")}), rule("far", {word("a")}), rule("asks", {}, "udm.x eq 1"),
                rule("asks_through", {word("c")})};
  // a uses b, and b uses a: a circle.
  pack.libraries = {library("a", {word("b")}), library("b", {word("a")}), library("c", {}, "x = udm.x")};
  DataModel model;
  model.source = source("model");
  model.log_types = {word("Log")};
  model.libraries = {word("a")};
  pack.data_models = {model};
  CHECK(affected(pack, "none") == "");
  CHECK(affected(pack, "alone") == "alone ");
  CHECK(affected(pack, "b") == "near far asks asks_through ");  // the model uses a, which uses b
  CHECK(affected(pack, "c") == "asks_through ");
  CHECK(affected(pack, "model") == "asks asks_through ");
}

TEST_CASE("a change of a rule reaches the correlation rules over it") {
  Pack pack;
  pack.rules = {rule("near", {word("a")}), rule("other", {})};
  pack.libraries = {library("a", {})};
  CorrelationRule correlation;
  correlation.source = source("both");
  correlation.id.value = "both";
  correlation.items.resize(1);
  correlation.items[0].rule.value = "near";
  CorrelationRule outer = correlation;
  outer.source = source("outer");
  outer.id.value = "outer";
  outer.items[0].rule.value = "both";
  pack.correlations = {outer, correlation};
  CHECK(affected(pack, "outer") == "outer ");
  CHECK(affected(pack, "near") == "near outer both ");
  pack.correlations = {correlation};
  CHECK(affected(pack, "both") == "both ");
  CHECK(affected(pack, "near") == "near both ");
  CHECK(affected(pack, "a") == "near both ");
  CHECK(affected(pack, "other") == "other ");
}

TEST_CASE("a change of a base reaches whatever derives from it, and one of a table the rules of its log types") {
  Pack pack;
  pack.rules = {rule("base", {}), rule("derived", {}), rule("other", {})};
  pack.rules[1].descent = Descent{{}, {source("base")}};
  pack.rules[2].log_types = {word("Another")};
  CHECK(affected(pack, "base") == "base derived ");
  CHECK(affected(pack, "derived") == "derived ");
  LookupTable table;
  table.source = source("table");
  table.rows = source("rows");
  table.log_types = {{word("Another"), {}}};
  pack.lookup_tables = {table};
  CHECK(affected(pack, "table") == "other ");
  CHECK(affected(pack, "rows") == "other ");
}

}  // namespace picket
