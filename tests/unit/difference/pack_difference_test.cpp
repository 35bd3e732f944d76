// Packs compared: keys of rules, and rules that a change elsewhere affects.
#include "engine/difference/pack_difference.hpp"

#include <string>
#include <vector>

#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"

using namespace picket;

namespace {

// `rows`: of the lookup table, whose file is partners.csv.
Pack pack_of(const std::vector<std::string>& files, const std::string& rows = "") {
  std::vector<SourcePtr> sources;
  for (const std::string& file : files) {
    sources.push_back(std::make_shared<const Source>("f" + std::to_string(sources.size()) + ".yml", file));
  }
  Diagnostics diagnostics;
  PackOptions options;
  options.unsaved.emplace("partners.csv", std::make_shared<const Source>("partners.csv", rows));
  Pack pack = load_sources(sources, options, diagnostics);
  REQUIRE_FALSE(diagnostics.has_errors());
  return pack;
}

std::string rule(const std::string& id, const std::string& condition, const std::string& more = "") {
  return "AnalysisType: rule\nRuleID: " + id + "\nEnabled: true\nLogTypes: [T]\nSeverity: Low\nCondition: |\n  " +
         condition + "\n" + more;
}

std::string library(const std::string& id, const std::string& let, const std::string& use = "") {
  return "AnalysisType: definitions\nDefinitionsID: " + id + "\n" + use + "Let: |\n  " + let + "\n";
}

std::string model(const std::string& id, const std::string& log_type, const std::string& name,
                  const std::string& expression) {
  return "AnalysisType: datamodel\nDataModelID: " + id + "\nEnabled: true\nLogTypes: [" + log_type +
         "]\nMappings:\n  - Name: " + name + "\n    Expression: " + expression + "\n";
}

// "changed rule A: Severity, Tags" of each item, then "A by x.y" of each rule affected.
std::string told(const PackDifference& difference) {
  std::string text;
  for (const ItemChange& item : difference.items) {
    text += (text.empty() ? "" : " | ") + std::string(spelling(item.kind)) + " " + std::string(in_words(item.item)) +
            " " + item.id;
    for (const KeyChange& key : item.keys) text += (&key == &item.keys.front() ? ": " : ", ") + key.key;
  }
  for (const AffectedRule& rule : difference.affected) {
    text += " | " + rule.id + " by";
    for (const std::string& name : rule.by) text += " " + name;
  }
  return text;
}
std::string told(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  return told(difference_of(pack_of(before), pack_of(after)));
}

std::string table(const std::string& log_types, const std::string& more = "") {
  return "AnalysisType: lookup_table\nLookupName: partners\nEnabled: true\nFilename: partners.csv\n"
         "LogTypeMap:\n  PrimaryKey: id\n  AssociatedLogTypes:\n" +
         log_types + more;
}

}  // namespace

TEST_CASE("rules are matched by id, whatever their files") {
  const std::string a = rule("A", "x eq 1");
  const std::string b = rule("B", "x eq 2");
  CHECK(told({a, b}, {b, a}).empty());
  CHECK(told({a}, {b}) == "removed rule A | added rule B");
  CHECK(told({a}, {rule("A", "x == 1 # the same", "Tests: []\nUse: []\n")}).empty());
  CHECK(told({a}, {rule("A", "x eq 2")}) == "changed rule A: Condition");
}

TEST_CASE("every key that means something is compared") {
  const std::vector<std::pair<std::string, std::string>> keys = {
      {"DisplayName: N\n", "DisplayName"},
      {"Status: Experimental\n", "Status"},
      {"CreatedBy: me\n", "CreatedBy"},
      {"Description: why\n", "Description"},
      {"Runbook: how\n", "Runbook"},
      {"Reference: where\n", "Reference"},
      {"Reports:\n  MITRE ATT&CK: [TA0001:T1078]\n", "Reports: MITRE ATT&CK"},
      {"Tags: [a]\n", "Tags"},
      {"Let: y = 1\n", "Let"},
      {"Remember: {Key: k}\n", "Remember: Key"},
      {"AlertTitle: t\n", "AlertTitle"},
      {"AlertDescription: t\n", "AlertDescription"},
      {"AlertReference: t\n", "AlertReference"},
      {"AlertRunbook: t\n", "AlertRunbook"},
      {"DynamicSeverity: '\"HIGH\"'\n", "DynamicSeverity"},
      {"Dedup: t\n", "Dedup"},
      {"DedupPeriodMinutes: 15\n", "DedupPeriodMinutes"},
      {"Threshold: 5\n", "Threshold"},
      {"Unique: t\n", "Unique"},
      {"AlertContext: 'a: b'\n", "AlertContext"},
      {"Destinations: '[\"x\"]'\n", "Destinations"},
      {"OutputIds: [a]\n", "OutputIds"},
      {"CreateAlert: false\n", "CreateAlert"},
      {"Output: [a]\n", "Output"},
      {"SummaryAttributes: [a]\n", "SummaryAttributes"},
  };
  for (const auto& [line, key] : keys) {
    INFO(line);
    CHECK(told({rule("A", "x")}, {rule("A", "x", line)}) == "changed rule A: " + key);
    CHECK(told({rule("A", "x", line)}, {rule("A", "x")}) == "changed rule A: " + key);
  }
  // What is the default may be written.
  CHECK(told({rule("A", "x")}, {rule("A", "x", "DedupPeriodMinutes: 60\nThreshold: 1\nCreateAlert: true\n")}).empty());
}

TEST_CASE("correlation rules are compared entry by entry") {
  const std::string head = "AnalysisType: correlation_rule\nRuleID: C\nEnabled: true\nSeverity: High\nDetection:\n";
  const std::string group =
      "  - Group: [{ID: A, RuleID: A}, {ID: B, RuleID: B}]\n"
      "    MatchCriteria: {user: [{GroupID: A, Match: user}, {GroupID: B, Match: user}]}\n";
  const std::string other =
      "  - Group: [{ID: A, RuleID: A, MinMatchCount: 2}, {ID: B, RuleID: B}]\n"
      "    MatchCriteria: {user: [{GroupID: A, Match: user}, {GroupID: B, Match: name}]}\n"
      "    LookbackWindowMinutes: 30\n";
  CHECK(told({head + group}, {head + group + "Tests: []\n"}) == told({}, {}));
  const PackDifference difference = difference_of(pack_of({head + group}), pack_of({head + other}));
  REQUIRE(difference.items.size() == 1);
  CHECK(difference.items[0].item == ItemKind::rule);
  REQUIRE(difference.items[0].keys.size() == 3);
  CHECK(difference.items[0].keys[0].key == "Group");
  CHECK(difference.items[0].keys[0].parts.at(0).values_added == std::vector<std::string>{"A: A, MinMatchCount 2"});
  CHECK(difference.items[0].keys[0].parts.at(0).values_removed == std::vector<std::string>{"A: A"});
  CHECK(difference.items[0].keys[1].parts.at(0).values_added == std::vector<std::string>{"user: B by name"});
  CHECK(difference.items[0].keys[2].before == "15");
  CHECK(difference.items[0].keys[2].after == "30");
  CHECK(difference_of(pack_of({}), pack_of({head + group})).count(ItemKind::rule, ChangeKind::added) == 1);
}

TEST_CASE("rules are affected by definitions that they ask for, directly or not") {
  const std::string direct = rule("Direct", "lib.x", "Use: [lib]\n");
  const std::string through = rule("Through", "lib.y(a)", "Use: [lib]\n");
  const std::string own = rule("Own", "mine", "Use: [lib]\nLet: mine = a is lib.y\n");
  const std::string title = rule("Title", "a", "Use: [other]\nAlertTitle: '{other.z}'\n");
  const std::string not_at_all = rule("None", "lib.w", "Use: [lib]\n");
  const std::string other = library("other", "z = if lib.x then 1 else 2", "Use: [lib]\n");
  const auto files = [&](const std::string& x) {
    return std::vector<std::string>{direct,
                                    through,
                                    own,
                                    title,
                                    not_at_all,
                                    other,
                                    library("lib", "x = a eq " + x + "\n  y(v) = v and x\n  w = 5")};
  };
  CHECK(told(files("1"), files("2")) ==
        "changed library lib: Let | Direct by lib.x | Own by lib.x | Through by lib.x | Title by lib.x");
}

TEST_CASE("rules are affected by the data model of their log type only") {
  const std::string mine = rule("Mine", "udm.user eq 'x'");
  const std::string unconcerned = rule("Unconcerned", "udm.ip eq 'x'");
  const auto files = [&](const std::string& of_t, const std::string& of_other) {
    return std::vector<std::string>{mine, unconcerned, model("M", "T", "user", of_t),
                                    model("O", "Other", "user", of_other)};
  };
  CHECK(told(files("a", "a"), files("b", "a")) == "changed data model M: Mappings | Mine by udm.user");
  CHECK(told(files("a", "a"), files("a", "b")) == "changed data model O: Mappings");
  CHECK(told(files("a", "a"), {mine, unconcerned, model("O", "Other", "user", "a")}) ==
        "removed data model M | Mine by udm.user");
}

TEST_CASE("rules are affected by lookup tables that they ask for") {
  const std::string plain = rule("Plain", "p_enrichment.partners.user.tier eq 'gold'");
  const std::string quoted = rule("Quoted", R"(p_enrichment["partners"].user.tier eq 'gold')");
  const std::string through = rule("Through", "lib.gold", "Use: [lib]\n");
  const std::string shared = library("lib", "gold = p_enrichment.partners.user.tier eq 'gold'");
  const std::string unconcerned = rule("Unconcerned", "p_enrichment.others.user.tier eq 'gold'");
  const std::vector<std::string> rules = {plain, quoted, through, shared, unconcerned};
  const auto pack = [&](const std::string& of_table, const std::string& rows) {
    std::vector<std::string> files = rules;
    files.push_back(of_table);
    return pack_of(files, rows);
  };
  const std::string affected =
      " | Plain by p_enrichment.partners | Quoted by p_enrichment.partners | Through by p_enrichment.partners";
  const std::string by_user = table("    - LogType: T\n      Selectors: [user]\n");
  const std::string by_user_and_owner = table("    - LogType: T\n      Selectors: [user, owner]\n");
  const std::string rows = "id,tier\nann,gold\n";
  CHECK(told(difference_of(pack(by_user, rows), pack(by_user, rows))).empty());
  const PackDifference other_rows = difference_of(pack(by_user, rows), pack(by_user, rows + "bob,gold\n"));
  CHECK(told(other_rows) == "changed lookup table partners: rows" + affected);
  CHECK(other_rows.items.front().keys.front().before == "1 row");
  CHECK(other_rows.items.front().keys.front().after == "2 rows");
  const PackDifference as_many = difference_of(pack(by_user, rows), pack(by_user, "id,tier\nbob,gold\n"));
  CHECK(as_many.items.front().keys.front().after == "others, 1 row");
  CHECK(told(difference_of(pack(by_user, rows), pack(by_user_and_owner, rows))) ==
        "changed lookup table partners: AssociatedLogTypes" + affected);
  CHECK(told(difference_of(pack(by_user, rows), pack_of(rules))) == "removed lookup table partners" + affected);
}

TEST_CASE("a rule that changed itself is not told twice") {
  const std::string before = library("lib", "x = a eq 1");
  const std::string after = library("lib", "x = a eq 2");
  CHECK(told({rule("A", "lib.x", "Use: [lib]\n"), before}, {rule("A", "lib.x\n  b", "Use: [lib]\n"), after}) ==
        "changed rule A: Condition | changed library lib: Let");
}
