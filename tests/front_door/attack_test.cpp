// `picket attack` as its users call it: what it prints at which width, what programs read, and its exit statuses.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"
#include "tools/terminal/display.hpp"

namespace picket::tests {
namespace {

using nlohmann::json;

std::string attack_rule(const std::string& id, const std::string& severity, const std::string& reports,
                        const std::string& more = "Enabled: true\n") {
  return "AnalysisType: rule\nRuleID: " + id + "\nLogTypes: [Zendesk.Audit]\nSeverity: " + severity + "\n" + more +
         "Reports:\n  MITRE ATT&CK: [" + reports + "]\nCondition: action eq \"create\"\n";
}

// One technique in two columns, by rules of two severities; a revoked id; a parent and its sub-technique; a disabled
// rule; a broken one; and one that names nothing.
struct Rules : TemporaryFolder {
  Rules() {
    add("a.yml", attack_rule("A", "High", "TA0001:T1078.004, TA0003:T1078.004"));
    add("b.yml", attack_rule("B", "Low", "TA0001:T1078.004, TA0001:T1078"));
    add("c.yml", attack_rule("C", "Critical", "TA0005:T1562.008"));
    add("d.yml", attack_rule("D", "High", "TA0040:T1485", "Enabled: false\n"));
    add("e.yml", attack_rule("E", "Medium", ""));
    add("f.yml", attack_rule("F", "Medium", "TA0001:T9999"));
    add("g.yml", attack_rule("G", "Medium", "TA0006:T1110", "Enabled: true\nLet: a = unknown_function(1)\n"));
  }
};

json technique(const json& report, const std::string& tactic, const std::string& id) {
  for (const json& column : report.at("tactics")) {
    if (column.at("id") != tactic) continue;
    for (const json& one : column.at("techniques")) {
      if (one.at("id") == id) return one;
      for (const json& sub : one.at("sub_techniques")) {
        if (sub.at("id") == id) return sub;
      }
    }
  }
  return nullptr;
}

std::size_t widest_line(const std::string& text) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, columns_of(line));
  return widest;
}

}  // namespace

TEST_CASE("attack counts the rules of each technique, in the columns that they name") {
  const Rules rules;
  const ProgramResult result = picket({"attack", "--format", "json", rules.path()});
  CHECK(result.status == 1);  // a rule is broken
  CHECK(holds(result.err, "unknown-function"));
  CHECK(holds(result.err, "2 rules without a technique: E and 1 more"));
  CHECK(holds(result.err, "1 item of reports not counted"));
  const json report = json::parse(result.out);
  CHECK(report.at("attack_version") == "19");
  CHECK(report.at("partial") == true);
  CHECK(report.at("domain") == "enterprise-attack");
  CHECK(report.at("rules") == 5);
  CHECK(report.at("rules_without") == json{"E", "F"});
  CHECK(report.at("techniques").at("covered") == 2);  // by themselves, or by a sub-technique
  CHECK(report.at("sub_techniques").at("covered") == 2);
  CHECK(report.at("sub_techniques").at("known") > 400);
  CHECK(report.at("tactics").size() == 15);
  CHECK(technique(report, "TA0001", "T1078.004").at("rules") == json{"A", "B"});
  CHECK(technique(report, "TA0001", "T1078.004").at("severity") == "High");
  CHECK(technique(report, "TA0001", "T1078").at("rules") == json{"B"});
  CHECK(technique(report, "TA0003", "T1078.004").at("rules") == json{"A"});
  CHECK(technique(report, "TA0003", "T1078").at("rules").empty());
  CHECK(technique(report, "TA0003", "T1078").at("severity").is_null());
  CHECK(technique(report, "TA0004", "T1078").is_null());
  CHECK(technique(report, "TA0112", "T1685.002").at("rules") == json{"C"});  // where the revoked id has gone
  CHECK(technique(report, "TA0040", "T1485").is_null());                     // disabled
  CHECK(technique(report, "TA0006", "T1110").is_null());                     // broken
}

TEST_CASE("attack counts disabled rules, and shows what is not covered, if asked to") {
  const Rules rules;
  const json disabled = json::parse(picket({"attack", "--format", "json", "--disabled", rules.path()}).out);
  CHECK(technique(disabled, "TA0040", "T1485").at("rules") == json{"D"});
  const json all = json::parse(picket({"attack", "--format", "json", "--all", rules.path()}).out);
  CHECK(technique(all, "TA0006", "T1110.001").at("rules").empty());
}

TEST_CASE("a tag that is an id counts in every column of its technique") {
  const TemporaryFolder folder;
  folder.add("a.yml", attack_rule("A", "High", "", "Enabled: true\nTags: [attack.t1055]\n"));
  const json report = json::parse(picket({"attack", "--format", "json", folder.path()}).out);
  CHECK(technique(report, "TA0004", "T1055").at("rules") == json{"A"});
  CHECK(technique(report, "TA0005", "T1055").at("rules") == json{"A"});
}

TEST_CASE("attack prints what its golden files hold") {
  const std::filesystem::path corpus = project_dir() / "tests" / "golden" / "attack";
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(corpus)) {
    if (entry.path().extension() != ".txt") continue;
    INFO(entry.path());
    const std::string golden = read_file(entry.path());
    const std::size_t end = golden.find('\n');
    std::istringstream words(golden.substr(0, end));
    std::vector<std::string> arguments;
    for (std::string word; words >> word;) arguments.push_back(word == "pack" ? (corpus / word).string() : word);
    arguments.erase(arguments.begin(), arguments.begin() + 2);  // "$ picket"
    const ProgramResult result = picket(arguments);
    CHECK(result.status == 0);
    CHECK(result.out == golden.substr(end + 1));
    ++files;
  }
  CHECK(files == 3);
}

TEST_CASE("attack fits the width: columns side by side where there is room, else one below the other") {
  const std::string rules = (project_dir() / "rules").string();
  for (const std::string width : {"60", "80", "120", "200", "700"}) {
    INFO(width);
    const ProgramResult result = picket({"attack", "--columns", width, rules});
    CHECK(result.status == 0);
    CHECK(result.err.empty());
    CHECK(widest_line(result.out) <= std::stoul(width));
    CHECK(holds(result.out, "ATT&CK v19 (in part), by 90 rules\n"));
    const std::size_t heading = result.out.find("\nInitial Access ", result.out.find("\nImpact "));
    const std::string line = result.out.substr(heading + 1, result.out.find('\n', heading + 1) - heading - 1);
    CHECK(holds(line, "Execution") == (std::stoul(width) >= 120));
    CHECK(holds(line, "Impact") == (width == "700"));
    CHECK(widest_line(picket({"attack", "--all", "--columns", width, rules}).out) <= std::stoul(width));
  }
  const std::string narrow = picket({"attack", "--columns", "80", rules}).out;
  CHECK(holds(narrow, "T1078  Valid Accounts\n  .004 Cloud Accounts  "));
  CHECK(holds(picket({"attack", "--columns", "80", "--color", "always", rules}).out, "\x1b[1;31m"));
}

TEST_CASE("attack writes Markdown") {
  const Rules rules;
  const std::string page = picket({"attack", "--format", "markdown", rules.path()}).out;
  CHECK(page.starts_with("# ATT&CK coverage\n"));
  CHECK(holds(page, "| T1078.004 | Cloud Accounts | High | A, B |\n"));
  CHECK(holds(page, "| Initial Access | TA0001 | 1 of "));
  CHECK_FALSE(holds(page, "## Impact"));
}

TEST_CASE("the layer for Navigator has the shape of its format 4.5") {
  const Rules rules;
  const std::string file = rules.path("layer.json");
  const ProgramResult result = picket({"attack", "--navigator", file, rules.path()});
  CHECK(holds(result.out, "Initial Access"));  // the report is printed all the same
  const json layer = json::parse(read_file(file));
  CHECK(layer.at("name").is_string());
  CHECK(layer.at("domain") == "enterprise-attack");
  CHECK(layer.at("versions") == json{{"attack", "19"}, {"navigator", "5.2.0"}, {"layer", "4.5"}});
  CHECK(layer.at("gradient").at("colors").size() == 2);
  CHECK(layer.at("gradient").at("minValue") < layer.at("gradient").at("maxValue"));
  for (const json& item : layer.at("legendItems")) {
    CHECK(item.at("label").is_string());
    CHECK(item.at("color").get<std::string>().size() == 7);
  }
  std::set<std::pair<std::string, std::string>> seen;
  for (const json& one : layer.at("techniques")) {
    CHECK(seen.emplace(one.at("techniqueID"), one.at("tactic")).second);
    CHECK(one.at("comment").is_string());
    CHECK(one.at("enabled") == true);
    if (one.at("techniqueID") == "T1078.004" && one.at("tactic") == "initial-access") {
      CHECK(one.at("score") == 2);
      CHECK(one.at("comment") == "A\nB");
      CHECK(one.at("metadata") == json::array({{{"name", "highest severity"}, {"value", "High"}}}));
    }
    if (one.at("techniqueID") == "T1078" && one.at("tactic") == "persistence") {
      CHECK_FALSE(one.contains("score"));
      CHECK(one.at("showSubtechniques") == true);
    }
  }
  CHECK(seen == std::set<std::pair<std::string, std::string>>{{"T1078", "initial-access"},
                                                              {"T1078.004", "initial-access"},
                                                              {"T1078", "persistence"},
                                                              {"T1078.004", "persistence"},
                                                              {"T1685", "defense-impairment"},
                                                              {"T1685.002", "defense-impairment"}});
  const ProgramResult nowhere = picket({"attack", "--navigator", rules.path("none/layer.json"), rules.path()});
  CHECK(nowhere.status == 2);
  CHECK(holds(nowhere.err, "none/layer.json"));
}

TEST_CASE("attack says why there is nothing to show") {
  const TemporaryFolder folder;
  CHECK(picket({"attack", folder.path()}).status == 4);
  const ProgramResult missing = picket({"attack", folder.path("none")});
  CHECK(missing.status == 2);
  CHECK(holds(missing.err, "no-such-file"));
}

TEST_CASE("a bundle is imported, and its table is what rules are held against") {
  const TemporaryFolder folder;
  const std::string phases = R"("kill_chain_phases": [{"kill_chain_name": "mitre-attack", "phase_name": "start"}])";
  const std::string bundle = folder.add(
      "bundle.json",
      R"({"type": "bundle", "objects": [{"type": "x-mitre-tactic", "id": "t", "name": "Start", "x_mitre_shortname": )"
      R"("start", "external_references": [{"source_name": "mitre-attack", "external_id": "TA0900"}]}, )"
      R"({"type": "attack-pattern", "id": "p", "name": "Walk in", )" +
          phases + R"(, "external_references": [{"source_name": "mitre-attack", "external_id": "T9000"}]}]})");
  const std::string table = folder.path("attack.tsv");
  const ProgramResult imported = picket({"attack", "import", bundle, "--output", table});
  CHECK(imported.status == 0);
  CHECK(imported.out.empty());
  CHECK(holds(imported.err, "1 tactic, 1 technique in use"));
  CHECK(holds(read_file(table), "The MITRE Corporation"));
  CHECK(holds(picket({"attack", "import", bundle}).out, "technique\tT9000\tWalk in\tTA0900\n"));

  const std::string rules = folder.add("rules/a.yml", attack_rule("A", "High", "TA0900:T9000"));
  CHECK(holds(picket({"check", rules}).out, "unknown-technique"));
  CHECK(picket({"check", "--attack-table", table, rules}).out.empty());
  CHECK(holds(picket({"attack", "--attack-table", table, rules}).out, "T9000  Walk in"));
  // Navigator cannot read a version without a digit; that of this bundle is not known.
  const std::string layer = folder.path("layer.json");
  CHECK(picket({"attack", "--attack-table", table, "--navigator", layer, rules}).status == 0);
  CHECK(json::parse(read_file(layer)).at("versions") == json{{"navigator", "5.2.0"}, {"layer", "4.5"}});
  CHECK(holds(imported.err, "does not say which version of ATT&CK it is"));
  const ProgramResult versioned = picket({"attack", "import", bundle, "--attack-version", "15.1", "-o", table});
  CHECK(versioned.status == 0);
  CHECK(versioned.err == "ATT&CK v15.1, enterprise-attack: 1 tactic, 1 technique in use\n");
  CHECK(picket({"attack", "--attack-table", table, "--navigator", layer, rules}).status == 0);
  CHECK(json::parse(read_file(layer)).at("versions").at("attack") == "15");
  const ProgramResult spelt = picket({"attack", "import", bundle, "--attack-version", "v15"});
  CHECK(spelt.status == 2);
  CHECK(holds(spelt.err, "`v15` is no version of ATT&CK"));

  const ProgramResult wrong = picket({"check", "--attack-table", bundle, rules});
  CHECK(wrong.status == 1);
  CHECK(holds(wrong.out, "bundle.json:1:1: error[bad-attack-table]"));
  CHECK(picket({"check", "--attack-table", folder.path("none"), rules}).status == 2);
}

TEST_CASE("what cannot be imported is said in a sentence") {
  const TemporaryFolder folder;
  const ProgramResult missing = picket({"attack", "import", folder.path("none.json")});
  CHECK(missing.status == 2);
  CHECK(holds(missing.err, "picket attack import: there is no file"));
  const ProgramResult broken = picket({"attack", "import", folder.add("a.json", "{")});
  CHECK(broken.status == 2);
  CHECK(holds(broken.err, "a.json: it is no JSON"));
  CHECK(holds(picket({"attack", "import", folder.add("b.json", "{}")}).err, "it is no STIX bundle"));
  CHECK(picket({"attack", "import"}).status == 2);
  CHECK(holds(picket({"attack", "import", "--help"}).out, "Usage: picket attack import [OPTION]... FILE"));
  const ProgramResult typo = picket({"attack", "import", "--ouput", "x", "y"});
  CHECK(typo.status == 2);
  CHECK(holds(typo.err, "did you mean `--output`?"));
}

}  // namespace picket::tests
