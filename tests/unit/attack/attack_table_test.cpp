// The table of ATT&CK: the one built in is whole, and what is wrong with another is told with its place.
#include <set>

#include "engine/attack/attack_table.hpp"
#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"

namespace picket {
namespace {

// "code line:column" of everything that is wrong with a table.
std::vector<std::string> faults_of(const std::string& text) {
  const auto source = std::make_shared<const Source>("table.tsv", text);
  Diagnostics diagnostics;
  const auto table = AttackTable::parse(source, diagnostics);
  CHECK((table == nullptr) == (diagnostics.size() > 0));
  std::vector<std::string> faults;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    const LineColumn place = source->locate(diagnostic.span.begin);
    faults.push_back(std::string(row_of(diagnostic.code).word) + " " + std::to_string(place.line) + ":" +
                     std::to_string(place.column));
  }
  return faults;
}

using Faults = std::vector<std::string>;

const std::string head = "attack\t1\tenterprise-attack\ntactic\tTA0001\tFirst\n";

}  // namespace

TEST_CASE("the table built in is whole") {
  const auto table = AttackTable::built_in();
  REQUIRE(table != nullptr);
  CHECK(table->version() == "19");
  CHECK(table->domain() == "enterprise-attack");
  CHECK(table->tactics().size() == 15);
  CHECK(table->techniques().size() > 800);
  std::set<std::string> ids;
  for (const Tactic& tactic : table->tactics()) {
    CHECK(is_tactic_id(tactic.id));
    CHECK(ids.insert(tactic.id).second);
  }
  for (const Technique& technique : table->techniques()) {
    INFO(technique.id);
    CHECK(is_technique_id(technique.id));
    CHECK(ids.insert(technique.id).second);
    CHECK((technique.parent().empty() || table->find_technique(technique.parent()) != nullptr));
    CHECK_FALSE(technique.tactics.empty());
    for (const std::string& tactic : technique.tactics) CHECK(table->find_tactic(tactic) != nullptr);
    CHECK((technique.status == AttackStatus::revoked) == (table->find_technique(technique.replaced_by) != nullptr));
    const Technique* current = table->current(technique);
    if (technique.status == AttackStatus::active) {
      CHECK(current == &technique);
    } else if (technique.status == AttackStatus::revoked) {
      REQUIRE(current != nullptr);
      CHECK(current->status == AttackStatus::active);
    } else {
      CHECK(current == nullptr);
    }
  }
}

TEST_CASE("the table built in is v18 with the changes of v19 that are known") {
  const auto table = AttackTable::built_in();
  CHECK(table->find_tactic("TA0005")->name == "Stealth");
  CHECK(table->find_tactic("TA0112")->name == "Defense Impairment");
  CHECK(table->find_tactic("TA0112")->short_name() == "defense-impairment");
  CHECK(table->current(*table->find_technique("T1562.008"))->id == "T1685.002");
  CHECK(table->current(*table->find_technique("T1070.001"))->id == "T1685.005");
  CHECK(full_name(*table, *table->find_technique("T1078.004")) == "Valid Accounts: Cloud Accounts");
  CHECK(table->find_technique("T1078.004")->parent() == "T1078");
  CHECK(table->find_technique("T1078")->belongs_to("TA0001"));
  CHECK_FALSE(table->find_technique("T1078")->belongs_to("TA0002"));
  CHECK(table->find_technique("T9999") == nullptr);
  CHECK(table->title() == "ATT&CK v19 (in part)");
}

TEST_CASE("a copy of ATT&CK carries MITRE's designation and its licence") {
  const auto folder = tests::project_dir() / "engine" / "attack";
  const std::string designation = "The MITRE Corporation. This work is reproduced and distributed with the permission";
  CHECK(tests::read_file(folder / "enterprise.tsv").find(designation) != std::string::npos);
  const std::string notice = tests::read_file(folder / "NOTICE");
  CHECK(notice.find(designation) != std::string::npos);
  CHECK(notice.find("royalty-free license to use ATT&CK") != std::string::npos);
}

TEST_CASE("mistyped ids have a nearest one, which is in use") {
  const auto table = AttackTable::built_in();
  CHECK(table->nearest_technique("T1078.04") == "T1078.004");
  CHECK(table->nearest_technique("t1685.002") == "T1685.002");
  CHECK(table->nearest_tactic("TA001") == "TA0001");
  CHECK_FALSE(table->nearest_technique("valid accounts").has_value());
  CHECK(table->nearest_technique("T1043") != "T1043");  // deprecated
}

TEST_CASE("what is printed reads back as the same") {
  const auto table = AttackTable::built_in();
  AttackData data{.version = table->version(),
                  .domain = table->domain(),
                  .partial = table->partial(),
                  .tactics = {table->tactics().begin(), table->tactics().end()},
                  .techniques = {table->techniques().begin(), table->techniques().end()}};
  const std::string text = print(data);
  const std::string shipped = tests::read_file(tests::project_dir() / "engine" / "attack" / "enterprise.tsv");
  CHECK(shipped.ends_with("\n" + text));
  CHECK(faults_of(text).empty());
}

TEST_CASE("ids have their form") {
  CHECK(is_technique_id("T1078"));
  CHECK(is_technique_id("T1078.004"));
  for (const char* wrong :
       {"", "T", "T107", "T10780", "T1078.", "T1078.04", "T1078.0044", "t1078", "TA0001", "T1078 "}) {
    INFO(wrong);
    CHECK_FALSE(is_technique_id(wrong));
  }
  CHECK(is_tactic_id("TA0001"));
  for (const char* wrong : {"", "TA001", "TA00011", "ta0001", "T0001", "TA000x"}) {
    INFO(wrong);
    CHECK_FALSE(is_tactic_id(wrong));
  }
}

TEST_CASE("every fault of a table is told where it is") {
  CHECK(faults_of(head + "technique\tT1000\tName\tTA0001\n").empty());
  CHECK(faults_of("# a remark\r\n\r\nattack\t1\td\r\ntactic\tTA0001\tFirst\r\n").empty());
  CHECK(faults_of("") == Faults{"bad-attack-table 1:1"});
  CHECK(faults_of(R"({"type": "bundle"})") == Faults{"bad-attack-table 1:1"});
  CHECK(faults_of("attack\t1\n") == Faults{"bad-attack-table 1:1"});
  CHECK(faults_of(head + head) == Faults{"bad-attack-table 3:1", "bad-attack-table 4:8"});
  CHECK(faults_of("attack\t1\td\twhole\n") == Faults{"bad-attack-table 1:12"});
  CHECK(faults_of(head + "tactic\tT0002\tName\n") == Faults{"bad-attack-table 3:8"});
  CHECK(faults_of(head + "technique\tT1\tName\n") == Faults{"bad-attack-table 3:11"});
  CHECK(faults_of(head + "technique\tT1000\n") == Faults{"bad-attack-table 3:11"});
  CHECK(faults_of(head + "technique\tT1000\tName\tTA0009\n") == Faults{"bad-attack-table 3:11"});
  CHECK(faults_of(head + "technique\tT1000.001\tName\tTA0001\n") == Faults{"bad-attack-table 3:11"});
  CHECK(faults_of(head + "technique\tT1000\tName\tTA0001\tgone\n") == Faults{"bad-attack-table 3:29"});
  CHECK(faults_of(head + "technique\tT1000\tName\tTA0001\trevoked\tT1001\n") == Faults{"bad-attack-table 3:11"});
  CHECK(faults_of(head + "technique\tT1000\tName\tTA0001\t\tT1000\n") == Faults{"bad-attack-table 3:30"});
  CHECK(faults_of(head + "technique\tT1000\tName\tTA0001\t\t\tmore\n") == Faults{"bad-attack-table 3:31"});
  CHECK(
      faults_of(head + "technique\tT1000\tA\tTA0001\trevoked\tT1001\ntechnique\tT1001\tB\tTA0001\trevoked\tT1000\n") ==
      Faults{"bad-attack-table 3:11", "bad-attack-table 4:11"});
}

TEST_CASE("of a file of another kind one fault is told, not one for each line") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "  \"type\": \"bundle\",\n";
  CHECK(faults_of(text) == Faults{"bad-attack-table 1:1"});
}

}  // namespace picket
