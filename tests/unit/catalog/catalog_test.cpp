#include "engine/catalog/catalog.hpp"

#include <string>
#include <vector>

#include "engine/catalog/gather.hpp"
#include "engine/catalog/implications.hpp"
#include "tests/catch.hpp"
#include "tests/unit/catalog/checked_rules.hpp"
#include "tests/unit/rule_text.hpp"

namespace picket::tests {
namespace {

Catalog catalog_of(const std::vector<std::string>& files) {
  const CheckedPack pack = checked_rules(files);
  GatherOptions options;
  options.attack = AttackTable::built_in();
  const auto gathered = gather(pack, options);
  return {gathered->facts, gathered->libraries, gathered->packs, options.attack};
}

std::string sigma(const std::string& id, const std::string& detection) {
  return "title: " + id + "\nid: " + id +
         "\nlogsource:\n  category: process_creation\n  product: windows\ndetection:\n" + detection + "level: low\n";
}

const CatalogIndicator& find(const Catalog& catalog, const std::string& field, const std::string& value) {
  for (const CatalogIndicator& indicator : catalog.indicators()) {
    if (indicator.field == field && indicator.value.text == value) return indicator;
  }
  FAIL("no indicator " << field << " " << value);
  return catalog.indicators().front();
}

}  // namespace

TEST_CASE("rules that look for the same value of the same field in the same way share an indicator") {
  const Catalog catalog = catalog_of({
      rule_text("a eq \"x\"\nb in [\"p\", \"q\"]", {}, "", "One"),
      rule_text(R"(a eq "x" or b in ["q"])", {}, "", "Two"),
      rule_text("a in [\"x\"]\nb eq \"q\"", {}, "", "Three"),
      rule_text("c eq 1\na ne \"x\"", {}, "", "Four"),
  });
  CHECK(catalog.rules()[0].id == "Four");  // in the order of ids
  const CatalogIndicator& x = find(catalog, "a", "x");
  CHECK(x.rules.size() == 2);     // One and Two; `in` is another kind
  CHECK(x.excluded.size() == 1);  // Four
  CHECK(find(catalog, "b", "q").shared());
  CHECK_FALSE(find(catalog, "b", "p").shared());
}

TEST_CASE("counts are split by format, and the case of letters does not part what is the same") {
  const Catalog catalog = catalog_of({
      rule_text(R"(Image ends_with~ "\\CMD.exe")", {}, "", "Native"),
      sigma("sigma-one", "  selection:\n    Image|endswith: '\\cmd.exe'\n  condition: selection\n"),
      sigma("sigma-two", "  selection:\n    Image|endswith: '\\Cmd.exe'\n  condition: selection\n"),
  });
  for (const CatalogIndicator& indicator : catalog.indicators()) {
    if (indicator.field != "Image") continue;
    CHECK(indicator.formats == FormatCounts{1, 0, 2});
  }
}

TEST_CASE("similar rules share what few others look for") {
  std::vector<std::string> files = {
      rule_text("a eq \"rare\"\nb eq \"common\"", {}, "", "Self"),
      rule_text("a eq \"rare\"", {}, "", "Rare"),
  };
  for (int i = 0; i < 6; ++i) files.push_back(rule_text("b eq \"common\"", {}, "", "Common" + std::to_string(i)));
  const Catalog catalog = catalog_of(files);
  const auto similar = catalog.similar_to(*catalog.find("Self"), 3);
  REQUIRE(similar.size() == 3);
  CHECK(catalog.rules()[similar[0].rule].id == "Rare");
  REQUIRE(similar[0].shared.size() == 1);
  CHECK(catalog.indicators()[similar[0].shared[0]].value.text == "rare");
}

TEST_CASE("a rule within another is found, in either direction, over the same log types only") {
  std::string elsewhere = rule_text(R"(a in ["x", "y"])", {}, "", "Elsewhere");
  elsewhere.replace(elsewhere.find("[Test]"), 6, "[Other]");
  const Catalog catalog = catalog_of({
      rule_text("a eq \"x\"\nb eq 1", {}, "", "Narrow"),
      rule_text(R"(a in ["x", "y"])", {}, "", "Wide"),
      rule_text("a starts_with \"x\"\nc eq 2", {}, "", "Neither"),
      elsewhere,
  });
  const Implications implications(catalog);
  const RuleIndex narrow = *catalog.find("Narrow");
  const RuleIndex wide = *catalog.find("Wide");
  CHECK(implications.wider[narrow] == std::vector<RuleIndex>{wide});
  CHECK(implications.narrower[wide] == std::vector<RuleIndex>{narrow});
  CHECK(implications.wider[wide].empty());
  CHECK(implications.narrower[*catalog.find("Elsewhere")].empty());
}

TEST_CASE("a tag alone adds nothing to a claim that names the technique with its tactic") {
  const Catalog catalog = catalog_of(
      {rule_text("a eq 1", {}, "Reports:\n  MITRE ATT&CK: [TA0003:T1098.001]\nTags: [attack.t1098.001, T1485]\n")});
  const auto& attack = catalog.rules().front().attack;
  REQUIRE(attack.size() == 2);
  CHECK(attack[0].tactic.empty());
  CHECK(attack[0].technique == "T1485");
  CHECK(attack[1].tactic == "TA0003");
  CHECK(attack[1].technique == "T1098.001");
}

}  // namespace picket::tests
