// Every file (or folder, for faults between files) of tests/golden/broken gives exactly the diagnostics that it names
// in its first lines: these codes, at these lines and columns, and none besides. Where it names a fix, the first fix
// must be that one; of the one-letter typos at least 95 % must be cured, and the rate is printed.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include "engine/analyse/analyse.hpp"
#include "engine/pack/pack.hpp"
#include "engine/project/silence.hpp"
#include "engine/ruleset/unindexed.hpp"
#include "engine/ruletest/mocks.hpp"
#include "tests/catch.hpp"
#include "tests/golden/expectation.hpp"

namespace picket::tests {
namespace {

namespace fs = std::filesystem;

const fs::path corpus = project_dir() / "tests" / "golden" / "broken";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The cases: files, and the folders of broken/packs, each with the files in it.
std::map<fs::path, std::vector<fs::path>> cases() {
  std::map<fs::path, std::vector<fs::path>> found;
  for (const auto& entry : fs::recursive_directory_iterator(corpus)) {
    if (entry.path().extension() != ".yml") continue;
    const fs::path folder = entry.path().parent_path();
    const bool pack = folder.parent_path() == corpus / "packs";
    found[pack ? folder : entry.path()].push_back(entry.path());
  }
  return found;
}

Diagnostics diagnose(const std::vector<fs::path>& files) {
  std::vector<SourcePtr> sources;
  for (const fs::path& file : files) sources.push_back(std::make_shared<const Source>(file.string(), read(file)));
  Diagnostics diagnostics;
  const auto pack = std::make_shared<const Pack>(load_sources(sources, {}, diagnostics));
  const auto checked = std::make_shared<const CheckedPack>(analyse(pack, {}, diagnostics));
  check_mocks(*checked, diagnostics);
  lint_unindexed_conditions(RuleSet(checked), diagnostics);
  silence(sources, {}, diagnostics);
  diagnostics.sort();
  return diagnostics;
}

Expectation seen(const Diagnostic& diagnostic) {
  const LineColumn place = diagnostic.source->locate(diagnostic.span.begin);
  Expectation expectation{place.line, place.column, std::string(row_of(diagnostic.code).word), std::nullopt};
  if (!diagnostic.fixes.empty()) expectation.fix = diagnostic.fixes.front().replacement;
  return expectation;
}

bool same_place(const Expectation& a, const Expectation& b) {
  return a.line == b.line && a.column == b.column && a.code == b.code;
}

std::string print_all(const std::vector<Expectation>& list) {
  std::string text;
  for (const Expectation& one : list) text += "\n    " + print(one);
  return text.empty() ? "\n    nothing" : text;
}

struct BrokenOutcome {
  std::size_t files = 0;
  std::size_t typos = 0;
  std::size_t cured = 0;
  std::size_t certain = 0;  // cures that `check --fix` would write
  std::vector<std::string> faults;
  std::set<std::string> codes;
};

// What is written without asking must be what was meant.
void judge_certain(const std::string& name, const Diagnostics& diagnostics, const std::vector<Expectation>& expected,
                   BrokenOutcome& outcome) {
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.fixes.empty() || !diagnostic.fixes.front().certain) continue;
    const Expectation given = seen(diagnostic);
    for (const Expectation& one : expected) {
      if (!one.fix || !same_place(one, given)) continue;
      ++outcome.certain;
      if (one.fix != given.fix) outcome.faults.push_back(name + ": `" + *given.fix + "` is not what was meant");
    }
  }
}

// Compares what one file of a case gave with what it says.
void judge(const fs::path& file, const Diagnostics& diagnostics, BrokenOutcome& outcome) {
  const bool typo = file.parent_path().filename().string().starts_with("typo_");
  const std::vector<Expectation> expected = expectations_of(read(file));
  std::vector<Expectation> actual;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.source->name() == file.string()) actual.push_back(seen(diagnostic));
  }
  const std::string name = fs::relative(file, corpus).string();
  const bool placed = std::equal(expected.begin(), expected.end(), actual.begin(), actual.end(), same_place);
  if (!placed) outcome.faults.push_back(name + "\n  expected" + print_all(expected) + "\n  got" + print_all(actual));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    outcome.codes.insert(expected[i].code);
    if (!expected[i].fix) continue;
    const bool cured = i < actual.size() && actual[i].fix == expected[i].fix;
    outcome.typos += typo ? 1 : 0;
    outcome.cured += typo && cured ? 1 : 0;
    if (!typo && !cured && placed) {
      outcome.faults.push_back(name + "\n  expected" + print_all(expected) + "\n  got" + print_all(actual));
    } else if (typo && !cured) {
      std::cout << "no cure: " << name << ": wanted `" << *expected[i].fix << "`, got `"
                << (i < actual.size() ? actual[i].fix.value_or("") : "") << "`\n";
    }
  }
  judge_certain(name, diagnostics, expected, outcome);
  ++outcome.files;
}

BrokenOutcome judge_all() {
  BrokenOutcome outcome;
  for (auto [path, files] : cases()) {
    std::sort(files.begin(), files.end());
    const Diagnostics diagnostics = diagnose(files);
    for (const fs::path& file : files) judge(file, diagnostics, outcome);
  }
  return outcome;
}

}  // namespace

TEST_CASE("every broken file gives exactly the diagnostics that it names") {
  const BrokenOutcome outcome = judge_all();
  for (const std::string& fault : outcome.faults) UNSCOPED_INFO(fault);
  CHECK(outcome.faults.size() == 0);
  CHECK(outcome.files >= 170);

  std::cout << "broken corpus: " << outcome.files << " files; of " << outcome.typos << " one-letter typos "
            << outcome.cured << " are cured by the first fix\n";
  CHECK(outcome.certain >= 90);
  CHECK(outcome.typos >= 60);
  CHECK(outcome.cured * 100 >= outcome.typos * 95);

  // no-such-file and unreadable-file have no file to hold them, bad-attack-table and the faults of tables and archives
  // none of YAML, format-changed-meaning must never come; the sizes that make the others are made by the pages' test.
  const std::set<std::string> elsewhere = {
      "no-such-file",           "unreadable-file",    "yaml-too-large",      "yaml-too-many-aliases",
      "text-too-long",          "nesting-too-deep",   "condition-too-large", "bad-attack-table",
      "format-changed-meaning", "unreadable-archive", "archive-outside",     "archive-name",
      "archive-kind",           "archive-duplicate",  "archive-too-large",   "unsigned-pack",
      "bad-signature",          "older-pack",         "bad-table",           "duplicate-row"};
  for (const CodeRow& row : diagnostic_codes()) {
    const std::string word(row.word);
    if (!elsewhere.contains(word) && !outcome.codes.contains(word)) FAIL_CHECK("no broken file shows " << word);
  }
}

}  // namespace picket::tests
