// `picket catalog` as its users call it: what it writes, what it leaves, and that a rebuild of what has changed is the
// same as making all anew.
#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t largest_page = 60'000;

// What is known from the last time is kept in a folder of the test's own.
struct Collection : TemporaryFolder {
  Collection() { ::setenv("XDG_CACHE_HOME", path("cache").c_str(), 1); }  // NOLINT(concurrency-mt-unsafe): one thread
  Collection(const Collection&) = delete;
  Collection& operator=(const Collection&) = delete;
  ~Collection() { ::unsetenv("XDG_CACHE_HOME"); }  // NOLINT(concurrency-mt-unsafe)

  void rule(const std::string& file, const std::string& id, const std::string& condition,
            const std::string& more = "") const {
    add("rules/" + file + ".yml", "AnalysisType: rule\nRuleID: " + id +
                                      "\nEnabled: true\nLogTypes: [Zendesk.Audit]\nSeverity: Low\n" + more +
                                      "Condition: |\n  " + condition + "\n");
  }

  [[nodiscard]] ProgramResult build(const std::string& site, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"catalog", path("rules"), "-o", path(site)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return picket(arguments);
  }
};

std::map<std::string, std::string> files_of(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files[fs::relative(entry.path(), folder).string()] = read_file(entry.path());
  }
  return files;
}

// The names of files that differ, or are only in one of the two.
std::vector<std::string> differences(const fs::path& a, const fs::path& b) {
  const auto in_a = files_of(a);
  const auto in_b = files_of(b);
  std::vector<std::string> names;
  for (const auto& [name, text] : in_a) {
    const auto other = in_b.find(name);
    if (other == in_b.end() || other->second != text) names.push_back(name);
  }
  for (const auto& [name, text] : in_b) {
    if (!in_a.contains(name)) names.push_back(name);
  }
  return names;
}

json rule_of(const fs::path& site, const std::string& id) {
  const json catalog = json::parse(read_file(site / "rules.json"));
  for (const json& rule : catalog.at("rules")) {
    if (rule.at("id") == id) return rule;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("the catalog of the shipped rules says what the token rule looks for, and what its alerts carry") {
  const Collection folder;
  const ProgramResult made = picket({"catalog", "rules", "-o", folder.path("site")});
  REQUIRE(made.status == 0);
  CHECK(holds(made.out, "open " + folder.path("site") + "/index.html"));
  const json rule = rule_of(folder.path("site"), "Zendesk.NewAPIToken");
  std::vector<std::string> indicators;
  for (const json& row : rule.at("indicators")) {
    std::string text = row.at("field").get<std::string>() + " " + row.at("kind").get<std::string>();
    for (const json& value : row.at("values")) text += " " + value.at("value").get<std::string>();
    indicators.push_back(text);
  }
  CHECK(indicators == std::vector<std::string>{"action in create destroy", "source_type eq api_token"});
  std::vector<std::string> title;
  for (const json& field : rule.at("output_fields")) {
    if (field.at("where").at(0) == "title") title.push_back(field.at("field"));
  }
  CHECK(title == std::vector<std::string>{"p_log_type", "udm.actor_user", "action"});

  for (const auto& [name, text] : files_of(folder.path("site"))) {
    if (!name.ends_with(".html")) continue;
    INFO(name);
    CHECK(text.size() <= largest_page);
    CHECK(holds(text, "Content-Security-Policy"));
  }
}

TEST_CASE("a test tells how often its event comes, and how many alerts that is") {
  const Collection collection;
  const std::string log = "    Log: {action: login}\n";
  collection.rule("twice", "Twice", "action eq \"login\"",
                  "Threshold: 2\nTests:\n  - Name: Twice\n    ExpectedResult: true\n    At: [0, 59]\n"
                  "    ExpectedAlerts: 1\n" +
                      log + "  - Name: Once\n    ExpectedResult: true\n    ExpectedAlerts: 0\n" + log +
                      "  - Name: Plain\n    ExpectedResult: true\n" + log);
  REQUIRE(collection.build("site").status == 0);
  const std::string page = read_file(collection.path("site/rules/Twice.html"));
  CHECK_THAT(page, contains("The event comes 2 times within 59 minutes: 1 alert<"));
  CHECK_THAT(page, contains("The event comes 1 time: no alert<"));
  std::size_t sentences = 0;
  for (std::size_t at = page.find("The event comes"); at != std::string::npos;
       at = page.find("The event comes", at + 1)) {
    ++sentences;
  }
  CHECK(sentences == 2);
}

TEST_CASE("a matrix that is full goes over two pages, and the first leads to every tactic") {
  const Collection folder;
  std::istringstream table(read_file("engine/attack/enterprise.tsv"));
  std::string line;
  std::size_t tactics = 0;
  while (std::getline(table, line)) {
    std::vector<std::string> columns;
    std::istringstream of_line(line);
    for (std::string column; std::getline(of_line, column, '\t');) columns.push_back(column);
    tactics += columns.size() > 1 && columns[0] == "tactic" ? 1 : 0;
    if (columns.size() != 4 || columns[0] != "technique") continue;
    const std::string tactic = columns[3].substr(0, columns[3].find(','));
    folder.rule(columns[1], "R." + columns[1], "action eq \"" + columns[1] + "\"",
                "Reports:\n  MITRE ATT&CK: [" + tactic + ":" + columns[1] + "]\n");
  }
  REQUIRE(folder.build("site").status == 0);
  const std::string first = read_file(folder.path("site/matrix.html"));
  const std::string second = read_file(folder.path("site/matrix~2.html"));
  CHECK(first.size() <= largest_page);
  CHECK(second.size() <= largest_page);
  std::size_t sections = 0;
  std::size_t places = 0;
  for (const std::string* page : {&first, &second}) {
    for (std::size_t at = 0; (at = page->find("<section id=\"TA", at)) != std::string::npos; ++at) ++sections;
  }
  for (std::size_t at = 0; (at = first.find(" id=\"TA", at)) != std::string::npos; ++at) ++places;
  CHECK(sections == tactics);
  CHECK(places == tactics);
}

TEST_CASE("the same rules give the same bytes, however many threads there are, and nothing is written twice") {
  const Collection folder;
  REQUIRE(picket({"catalog", "rules", "-o", folder.path("one"), "--jobs", "1"}).status == 0);
  REQUIRE(picket({"catalog", "rules", "-o", folder.path("four"), "--jobs", "4"}).status == 0);
  CHECK(differences(folder.path("one"), folder.path("four")).empty());
  CHECK(holds(picket({"catalog", "rules", "-o", folder.path("one")}).out, ", 0 written"));
}

TEST_CASE("a rebuild of what has changed is what making all anew would be") {
  const Collection folder;
  folder.add("rules/lib.yml", "AnalysisType: definitions\nDefinitionsID: lib\nLet: |\n  ok = outcome eq \"ok\"\n");
  folder.rule("a", "A", "action eq \"create\"");
  folder.rule("b", "B", "action in [\"create\", \"destroy\"]\n  lib.ok", "Use: [lib]\n");
  folder.rule("c", "C", "user eq \"root\"", "Tags: [attack.t1098]\n");
  folder.rule("d", "D", "action ne \"create\"\n  user eq \"root\"");
  REQUIRE(folder.build("site").status == 0);

  const auto change = [&](const std::string& what, const auto& apply) {
    INFO(what);
    apply();
    const ProgramResult again = folder.build("site");
    CHECK(again.status == 0);
    fs::remove_all(folder.path("anew"));
    REQUIRE(folder.build("anew").status == 0);
    CHECK(differences(folder.path("site"), folder.path("anew")) == std::vector<std::string>{});
  };
  change("another title", [&] { folder.rule("a", "A", "action eq \"create\"", "DisplayName: Another\n"); });
  change("another value", [&] { folder.rule("a", "A", "action eq \"destroy\"\n  user eq \"root\""); });
  change("another technique", [&] { folder.rule("c", "C", "user eq \"root\"", "Tags: [attack.t1485]\n"); });
  change("another id", [&] { folder.rule("c", "C2", "user eq \"root\""); });
  change("a rule more", [&] { folder.rule("e", "E", R"(action in ["create", "x"])"); });
  change("an id that differs by case", [&] { folder.rule("f", "a", "action eq \"create\""); });
  change("a rule less", [&] { fs::remove(folder.path("rules/a.yml")); });
  change("another library", [&] {
    folder.add("rules/lib.yml", "AnalysisType: definitions\nDefinitionsID: lib\nLet: |\n  ok = result eq \"fine\"\n");
  });
  change("a correlation", [&] {
    folder.add(
        "rules/g.yml",
        "AnalysisType: correlation_rule\nRuleID: G\nEnabled: true\nSeverity: High\nDetection:\n  - Group:\n"
        "      - ID: one\n        RuleID: B\n      - ID: two\n        RuleID: D\n    LookbackWindowMinutes: 15\n");
  });
  change("a rule that the correlation counts",
         [&] { folder.rule("d", "D", "action ne \"create\"", "DisplayName: Counted\n"); });
  change("nothing", [] {});
  change("a page that somebody removed", [&] { fs::remove(folder.path("site/index.html")); });
}

TEST_CASE("a file that has not changed is not read again") {
  const Collection folder;
  folder.rule("a", "A", "action eq \"create\"");
  folder.rule("b", "B", "user eq \"root\"");
  REQUIRE(folder.build("site").status == 0);
  // Of the same size, and as old as before: nobody can see that it is another.
  const fs::path file = folder.path("rules/b.yml");
  const auto time = fs::last_write_time(file);
  folder.rule("b", "B", "user eq \"mary\"");
  fs::last_write_time(file, time);
  folder.rule("a", "A", "action eq \"destroy\"");
  REQUIRE(folder.build("site").status == 0);
  CHECK(rule_of(folder.path("site"), "A").at("indicators").at(0).at("values").at(0).at("value") == "destroy");
  CHECK(rule_of(folder.path("site"), "B").at("indicators").at(0).at("values").at(0).at("value") == "root");
}

TEST_CASE("what is known from the last time is found again if the site's folder was not there then") {
  const Collection folder;
  folder.rule("a", "A", "action eq \"create\"");
  const fs::path before = fs::current_path();
  fs::current_path(folder.path(""));
  const bool first = picket({"catalog", "rules", "-o", "site"}).status == 0;
  const fs::path file = folder.path("rules/a.yml");
  const auto time = fs::last_write_time(file);
  folder.rule("a", "A", "action eq \"delete\"");  // of the same size, and as old: not read again
  fs::last_write_time(file, time);
  const bool second = picket({"catalog", "rules", "-o", "site"}).status == 0;
  fs::current_path(before);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(rule_of(folder.path("site"), "A").at("indicators").at(0).at("values").at(0).at("value") == "create");
}

TEST_CASE("what is wrong is said, by the exit status, too") {
  const Collection folder;
  const ProgramResult missing = picket({"catalog", folder.path("nowhere"), "-o", folder.path("site")});
  CHECK(missing.status == 2);
  CHECK(holds(missing.err, "nowhere"));
  fs::create_directories(folder.path("rules"));
  CHECK(folder.build("site").status == 4);

  folder.rule("good", "Good", "a eq 1");
  folder.rule("bad", "Bad", "a eq");
  const ProgramResult broken = folder.build("site");
  CHECK(broken.status == 1);
  CHECK(holds(broken.err, "bad.yml:7:5: error[missing-operand]"));
  CHECK(fs::exists(folder.path("site/rules/Good.html")));
  CHECK_FALSE(fs::exists(folder.path("site/rules/Bad.html")));
  CHECK(folder.build("site").status == 1);  // and again, from what was kept
  fs::remove(folder.path("rules/bad.yml"));

  folder.add("file", "x");
  const ProgramResult unwritable = folder.build("file");
  CHECK(unwritable.status == 2);
  CHECK(holds(unwritable.err, "cannot write"));
  const ProgramResult url = folder.build("site", {"--url", "javascript:alert(1)"});
  CHECK(url.status == 2);
  CHECK(holds(url.err, "no http or https URL"));
}

TEST_CASE("with an address there is a sitemap of absolute URLs; without one, no sitemap") {
  const Collection folder;
  folder.rule("a", "A", "a eq 1");
  REQUIRE(folder.build("site", {"--url", "https://rules.example.com/all"}).status == 0);
  CHECK(holds(read_file(folder.path("site/sitemap.xml")), "<loc>https://rules.example.com/all/rules/A.html</loc>"));
  REQUIRE(folder.build("site").status == 0);
  CHECK_FALSE(fs::exists(folder.path("site/sitemap.xml")));
}

}  // namespace picket::tests
