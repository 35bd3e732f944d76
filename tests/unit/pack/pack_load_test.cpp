#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"
#include "tests/unit/pack/folder.hpp"

using namespace picket;
using namespace picket::tests;
using Words = std::vector<std::string>;

namespace {

std::string rule(const std::string& id, const std::string& more = "") {
  return "AnalysisType: rule\nRuleID: " + id + "\nEnabled: true\nLogTypes: [l]\nSeverity: Low\nCondition: a eq 1\n" +
         more;
}

std::string model(const std::string& id, const std::string& type, bool enabled = true) {
  return "AnalysisType: datamodel\nDataModelID: " + id + "\nEnabled: " + (enabled ? "true" : "false") +
         "\nLogTypes: [" + type + "]\nMappings: [{Name: a, Path: b}]\n";
}

Words found(const Diagnostics& diagnostics) {
  Words result;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    const LineColumn place = diagnostic.source->locate(diagnostic.span.begin);
    const std::string name = std::filesystem::path(diagnostic.source->name()).filename().string();
    result.push_back(name + ":" + std::to_string(place.line) + " " + std::string(row_of(diagnostic.code).word));
  }
  return result;
}

}  // namespace

TEST_CASE("a folder of files becomes a pack; a broken file hides no other") {
  const Folder folder;
  folder.write("a.yml", rule("A"));
  folder.write("b.yml", rule("B", "Treshold: 1\n"));
  folder.write("c.yml", "a: [\n");
  folder.write("d.yml", rule("D"));
  folder.write("e.yml", "AnalysisType: rule\nRuleID: E\nFilename: e.py\n");
  folder.write("lib.yml", "AnalysisType: definitions\nDefinitionsID: lib\nLet: a = 1\n");
  folder.write("model.yml", model("M", "l"));
  folder.write("other.yml", "jobs: {a: 1}\n");
  folder.write("pack.yml", "AnalysisType: pack\nPackID: P\nPackDefinition: {IDs: [A, B, D, E, lib, M]}\n");
  Diagnostics diagnostics;
  const Pack pack = load_pack({folder.path()}, {}, diagnostics);
  CHECK(found(diagnostics) == Words{"b.yml:7 unknown-key", "c.yml:1 yaml-syntax", "e.yml:3 python-rule"});
  REQUIRE(pack.rules.size() == 2);
  CHECK(pack.rules[0].id.value + pack.rules[1].id.value == "AD");
  CHECK(pack.libraries.size() + pack.data_models.size() + pack.manifests.size() == 3);
  CHECK(pack.skipped_rules == 1);
  CHECK(pack.sources.size() == 8);  // all but other.yml
}

TEST_CASE("ids are one namespace, and the first in the order of files stays") {
  const Folder folder;
  folder.write("a.yml", rule("X", "Description: first\n"));
  folder.write("b.yml", "AnalysisType: rule\nRuleID: X\nFilename: x.py\n");
  folder.write("c.yml", "AnalysisType: definitions\nDefinitionsID: X\nLet: a = 1\n");
  folder.write("d.yml", "AnalysisType: global\nGlobalID: G\n");
  folder.write("e.yml", rule("G"));
  Diagnostics diagnostics;
  const Pack pack = load_pack({folder.path()}, {}, diagnostics);
  REQUIRE(pack.rules.size() == 1);
  CHECK(pack.rules[0].description == "first");
  CHECK(pack.libraries.empty());
  std::size_t duplicates = 0;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.code != Code::duplicate_id) continue;
    ++duplicates;
    REQUIRE(diagnostic.related.size() == 1);
  }
  CHECK(duplicates == 3);
}

TEST_CASE("a log type has one enabled data model") {
  Diagnostics diagnostics;
  const std::vector<SourcePtr> sources = {std::make_shared<const Source>("a.yml", model("A", "l")),
                                          std::make_shared<const Source>("b.yml", model("B", "l", false)),
                                          std::make_shared<const Source>("c.yml", model("C", "k, l")),
                                          std::make_shared<const Source>("d.yml", model("D", "k"))};
  const Pack pack = load_sources(sources, {}, diagnostics);
  CHECK(found(diagnostics) == Words{"c.yml:4 conflicting-data-model"});
  REQUIRE(pack.data_models.size() == 3);
  CHECK(pack.data_models[2].id.value == "D");
}

TEST_CASE("a manifest's id with a typo is offered the one that was meant") {
  Diagnostics diagnostics;
  const std::vector<SourcePtr> sources = {
      std::make_shared<const Source>("a.yml", rule("Zendesk.NewAPIToken")),
      std::make_shared<const Source>(
          "p.yml", "AnalysisType: pack\nPackID: P\nPackDefinition:\n  IDs:\n    - Zendesk.NewApiTokn\n")};
  (void)load_sources(sources, {}, diagnostics);
  CHECK(found(diagnostics) == Words{"p.yml:5 unknown-pack-id"});
  CHECK(diagnostics.all()[0].help == "did you mean `Zendesk.NewAPIToken`?");
}

TEST_CASE("a file that is named and is no analysis file is worth a word, one in a directory is not") {
  const Folder folder;
  folder.write("a.yml", "services: {a: 1}\n");
  folder.write("b.yml", "x: 1\nx: 2\n");
  Diagnostics silent;
  (void)load_pack({folder.path()}, {}, silent);
  CHECK(found(silent) == Words{});
  Diagnostics named;
  (void)load_pack({folder.path("a.yml")}, {}, named);
  CHECK(found(named) == Words{"a.yml:1 not-analysis"});
}

TEST_CASE("the number of threads changes nothing") {
  const Folder folder;
  for (int i = 0; i < 200; ++i) {
    folder.write(std::to_string(i) + ".yml", rule("R" + std::to_string(i % 150), i % 7 == 0    ? "Tgas: [a]\n"
                                                                                 : i % 11 == 0 ? "Tags: [\n"
                                                                                               : ""));
  }
  std::vector<std::pair<Words, std::size_t>> outcomes;
  for (const unsigned threads : {1U, 2U, 8U}) {
    PackOptions options;
    options.threads = threads;
    Diagnostics diagnostics;
    const Pack pack = load_pack({folder.path()}, options, diagnostics);
    outcomes.emplace_back(found(diagnostics), pack.rules.size());
  }
  CHECK(outcomes[0] == outcomes[1]);
  CHECK(outcomes[0] == outcomes[2]);
  CHECK(outcomes[0].second > 100);
}

TEST_CASE("files that are too large, unreadable or devices end in an error") {
  const Folder folder;
  folder.write("large.yml", std::string(5000, 'x'));
  PackOptions options;
  options.yaml.bytes = 1000;
  Diagnostics diagnostics;
  (void)load_pack({folder.path("large.yml"), "/dev/zero"}, options, diagnostics);
  REQUIRE(diagnostics.size() == 2);
  CHECK(diagnostics.all()[0].code == Code::yaml_too_large);
  CHECK(diagnostics.all()[1].code == Code::yaml_too_large);
}

TEST_CASE("a file that is named by itself finds the libraries and data models beside it, and no rules") {
  const Folder folder;
  folder.write("a.yml", rule("A", "Use: [lib]\n"));
  folder.write("b.yml", rule("B"));
  folder.write("lib.yml", "AnalysisType: definitions\nDefinitionsID: lib\nLet: x = 1\n");
  folder.write("model.yml", model("M", "l"));
  folder.write("other.yml", "no: analysis\n");
  Diagnostics diagnostics;
  const Pack pack = load_pack({folder.path("a.yml")}, {}, diagnostics);
  CHECK(found(diagnostics).empty());
  REQUIRE(pack.rules.size() == 1);
  CHECK(pack.rules.front().id.value == "A");
  CHECK(pack.libraries.size() == 1);
  CHECK(pack.data_models.size() == 1);

  // What was named wins over what was found.
  folder.write("sub/lib.yml", "AnalysisType: definitions\nDefinitionsID: lib\nLet: x = 2\n");
  folder.write("sub/model.yml", model("N", "l"));
  Diagnostics quiet;
  const Pack both = load_pack({folder.path("a.yml"), folder.path("sub")}, {}, quiet);
  CHECK(found(quiet).empty());
  REQUIRE(both.libraries.size() == 1);
  CHECK(both.libraries.front().source->name() == folder.path("sub/lib.yml"));
  REQUIRE(both.data_models.size() == 1);
  CHECK(both.data_models.front().id.value == "N");

  // A rule that stands by itself does not make the others be read.
  Diagnostics none;
  CHECK(load_pack({folder.path("b.yml")}, {}, none).libraries.empty());

  // A folder holds what it needs.
  Diagnostics alone;
  CHECK(load_pack({folder.path("sub")}, {}, alone).libraries.size() == 1);
}

TEST_CASE("a derived rule finds its base in any file, and the files beside and above it") {
  const Folder folder;
  folder.write("z_base.yml",
               rule("Base", "Description: of the base\nTests: [{Name: t, ExpectedResult: true, Log: {a: 1}}]\n"));
  folder.write("a.yml", "AnalysisType: rule\nRuleID: A\nBaseDetection: Middle\nSeverity: High\n");
  folder.write("m.yml", "AnalysisType: rule\nRuleID: Middle\nBaseDetection: Base\nDisplayName: middle\n");
  Diagnostics diagnostics;
  const Pack whole = load_pack({folder.path()}, {}, diagnostics);
  CHECK(found(diagnostics) == Words{});
  REQUIRE(whole.rules.size() == 3);
  const Rule& derived = whole.rules.front();
  CHECK(derived.id.value == "A");
  CHECK(derived.severity.value == Severity::high);
  CHECK(derived.description == "of the base");
  CHECK(derived.display_name == "middle");
  CHECK(derived.log_types.front().value == "l");
  REQUIRE(derived.tests.size() == 1);
  CHECK(derived.source->text(derived.tests.front().span) == "Middle");
  CHECK(derived.source->text(derived.condition.lines.front().span) == "Middle");
  REQUIRE(derived.descent);
  CHECK(derived.descent->bases.size() == 2);

  // Named alone: its bases are read, and are no part of the pack.
  const Pack alone = load_pack({folder.path() + "/a.yml"}, {}, diagnostics);
  CHECK(found(diagnostics) == Words{});
  REQUIRE(alone.rules.size() == 1);
  CHECK(alone.rules.front().id.value == "A");
  CHECK(alone.sources.size() == 1);
}

TEST_CASE("what a broken or circular base leaves is counted as broken") {
  const Folder folder;
  folder.write("a.yml", "AnalysisType: rule\nRuleID: A\nBaseDetection: B\n");
  folder.write("b.yml", rule("B", "Treshold: 1\n"));
  folder.write("c.yml", "AnalysisType: rule\nRuleID: C\nBaseDetection: D\n");
  folder.write("d.yml",
               "AnalysisType: rule\nRuleID: D\nBaseDetection: C\nTests: [{Name: t, ExpectedResult: true, Log: {}}]\n");
  folder.write("e.yml", "AnalysisType: rule\nRuleID: E\nBaseDetection: P\n");
  folder.write("p.yml",
               "AnalysisType: rule\nRuleID: P\nFilename: p.py\nTests: [{Name: t, ExpectedResult: true, Log: {}}]\n");
  Diagnostics diagnostics;
  const Pack pack = load_pack({folder.path()}, {}, diagnostics);
  CHECK(found(diagnostics) == Words{"b.yml:7 unknown-key", "c.yml:3 bad-base", "d.yml:3 bad-base",
                                    "e.yml:3 python-rule", "p.yml:3 python-rule"});
  CHECK(pack.rules.empty());
  CHECK(pack.broken_ids == Words{"A", "B", "C", "D"});
  CHECK(pack.skipped_ids == Words{"E", "P"});
  CHECK(pack.skipped_rules == 2);
  CHECK(pack.skipped_tests == 3);
}
