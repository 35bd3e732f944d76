// A table as a pack has it: its file found and read, its mistakes told.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/lookup/enrichment.hpp"
#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"
#include "tests/unit/pack/folder.hpp"

namespace picket::tests {
namespace {

using Words = std::vector<std::string>;

std::string table(const std::string& file, const std::string& more = "", const std::string& selectors = "[user]") {
  return "AnalysisType: lookup_table\nLookupName: people\nEnabled: true\n" + file + "\n" + more +
         "LogTypeMap:\n  PrimaryKey: name\n  AssociatedLogTypes: [{LogType: A, Selectors: " + selectors + "}]\n";
}

struct Loaded {
  Pack pack;
  Words found;
};

Loaded load(const std::vector<std::string>& paths, const PackOptions& options = {}) {
  Diagnostics diagnostics;
  Loaded loaded;
  loaded.pack = load_pack(paths, options, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    const LineColumn place = diagnostic.source->locate(diagnostic.span.begin);
    loaded.found.push_back(std::filesystem::path(diagnostic.source->name()).filename().string() + ":" +
                           std::to_string(place.line) + " " + std::string(row_of(diagnostic.code).word));
  }
  return loaded;
}

bool knows(const Pack& pack, const std::string& user) {
  return pack.enrichment != nullptr && pack.enrichment->enriched(Value(Object{{"user", user}}), "A").has_value();
}

}  // namespace

TEST_CASE("a table's file is looked for from the folder of the table") {
  const Folder folder;
  folder.write("tables/table.yml", table("Filename: ../rows/people.csv"));
  folder.write("rows/people.csv", "name\nada\n");
  const Loaded whole = load({folder.path()});
  CHECK(whole.found == Words{});
  CHECK(knows(whole.pack, "ada"));
  CHECK_FALSE(knows(whole.pack, "bob"));
  CHECK(whole.pack.enrichment->of("B").empty());
  REQUIRE(whole.pack.enrichment->files().size() == 1);
  CHECK(whole.pack.enrichment->files().front().name == folder.path() + "/rows/people.csv");
}

TEST_CASE("what is wrong with a table's file is told where it is named, or in it") {
  const Folder folder;
  folder.write("rows.csv", "name\nada\n");
  folder.write("broken.csv", "name\nada,1\nbob\n");
  folder.write("rows.txt", "name\nada\n");
  folder.write("rows.mmdb", "name\nada\n");
  const auto told = [&](const std::string& text, const PackOptions& options = {}) {
    folder.write("table.yml", text);
    return load({folder.path()}, options).found;
  };
  CHECK(told(table("Filename: gone.csv")) == Words{"table.yml:4 missing-table"});
  CHECK(told(table("Filename: .csv/")) == Words{"table.yml:4 bad-table"});
  CHECK(told(table("Filename: rows.txt")) == Words{"table.yml:4 bad-table"});
  CHECK(told(table("Filename: rows.mmdb")) == Words{"table.yml:4 bad-table"});
  CHECK(told(table("Filename: broken.csv")) == Words{"broken.csv:2 bad-table"});
  PackOptions small;
  small.tables.bytes = 4;
  CHECK(told(table("Filename: rows.csv"), small) == Words{"table.yml:4 bad-table"});
  CHECK(told(table("Filename: rows.csv\nRefresh: {ObjectPath: a}")) == Words{"table.yml:5 conflicting-keys"});
  CHECK(told(table("Refresh: {ObjectPath: a}")) == Words{"table.yml:4 absent-table"});
  CHECK(told(table("Query: select 1\nRefresh: {PeriodMinutes: 1}")) == Words{"table.yml:5 absent-table"});
  CHECK(told(table("Schema: Custom.People")) == Words{"table.yml:1 missing-key"});
  CHECK(told(table("Filename: rows.csv", "", "[\"user[0]\"]")) == Words{"table.yml:7 bad-path"});
  CHECK(told(table("Filename: rows.csv", "", "[\"$\"]")) == Words{"table.yml:7 bad-path"});
  CHECK(told(table("Filename: rows.csv", "", "[\"a[?(@.b)]\"]")) == Words{"table.yml:7 bad-path"});
  CHECK(told(table("Filename: rows.csv", "", "[\"a..b\"]")) == Words{"table.yml:7 bad-path"});
  CHECK(told(table("Filename: rows.csv", "", "[user, user]")) == Words{"table.yml:7 duplicate-item"});
}

TEST_CASE("a broken row leaves the rest of the table and of the pack") {
  const Folder folder;
  folder.write("table.yml", table("Filename: rows.jsonl"));
  folder.write("rows.jsonl", "{\"name\":\"ada\"}\n{\n{\"name\":\"bob\"}\n");
  folder.write("rule.yml",
               "AnalysisType: rule\nRuleID: R\nEnabled: true\nLogTypes: [A]\nSeverity: Low\nCondition: a eq 1\n");
  const Loaded whole = load({folder.path()});
  CHECK(whole.found == Words{"rows.jsonl:2 bad-table"});
  CHECK(knows(whole.pack, "ada"));
  CHECK(knows(whole.pack, "bob"));
  CHECK(whole.pack.rules.size() == 1);
}

TEST_CASE("a table that is not enabled is not read, and one kept elsewhere knows only what tests say") {
  const Folder folder;
  std::string off = table("Filename: gone.csv");
  off.replace(off.find("true"), 4, "false");
  folder.write("table.yml", off);
  const Loaded disabled = load({folder.path()});
  CHECK(disabled.found == Words{});
  CHECK(disabled.pack.enrichment == nullptr);
  folder.write("table.yml", table("Refresh: {ObjectPath: a}"));
  const Pack pack = load({folder.path()}).pack;
  CHECK_FALSE(knows(pack, "ada"));
  const Object mocked{{"people", Object{{"ada", Object{{"team", "core"}}}}}};
  CHECK(pack.enrichment->enriched(Value(Object{{"user", "ada"}}), "A", &mocked).has_value());
}

TEST_CASE("a rule that is loaded by itself brings the tables beside it") {
  const Folder folder;
  folder.write("table.yml", table("Filename: rows.csv"));
  folder.write("rows.csv", "name\nada\n");
  folder.write("rule.yml",
               "AnalysisType: rule\nRuleID: R\nEnabled: true\nLogTypes: [A]\nSeverity: Low\nCondition: "
               "p_enrichment.people.user.name eq \"ada\"\n");
  const Loaded alone = load({folder.path() + "/rule.yml"});
  CHECK(alone.found == Words{});
  CHECK(alone.pack.lookup_tables.size() == 1);
  CHECK(knows(alone.pack, "ada"));
}

}  // namespace picket::tests
