// YAML detections that others have published, as far as the data folder has them: every file loads, Python rules are
// named, and the tests of detections pass.
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "engine/analyse/analyse.hpp"
#include "engine/pack/pack.hpp"
#include "engine/ruletest/ruletest.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

namespace fs = std::filesystem;

// Files that are wrong, and what with.
const std::map<std::string, Code>& broken_files() {
  static const std::map<std::string, Code> files = {
      // It is there to be refused: three fields, where two are compared.
      {"invalid_Test.MultiMatch.Key.yml", Code::bad_value},
      // It has a key that Panther's own schema does not know either.
      {"Test.Extra.Top.Level.Keys.yml", Code::unknown_key},
  };
  return files;
}

struct Seen {
  std::size_t files = 0;
  std::size_t python = 0;
  std::size_t detections = 0;
  std::size_t tests = 0;
  std::set<std::string> failed;
  std::set<std::string> broken;
};

void run_detection_tests(std::shared_ptr<const Pack> pack, Seen& seen) {
  Diagnostics diagnostics;
  const CheckedPack checked = analyse(std::move(pack), {.lints = false}, diagnostics);
  CHECK_FALSE(diagnostics.has_errors());
  for (const CheckedRule& rule : checked.rules) {
    ++seen.detections;
    for (const RuleTest& test : rule.rule->tests) {
      ++seen.tests;
      if (!run_tests(checked, {{.rule = &rule, .test = &test}}, {}).front().passed())
        seen.failed.insert(rule.rule->id.value + ": " + test.name.value);
    }
  }
}

void look_at(const std::string& file, Seen& seen) {
  INFO(file);
  ++seen.files;
  Diagnostics diagnostics;
  auto pack = std::make_shared<Pack>(load_pack({file}, {}, diagnostics));
  bool python = false;
  for (const Diagnostic& one : diagnostics.all()) {
    python = python || one.code == Code::python_rule;
    // A file by itself lacks the files that it names.
    if (one.level != Level::error || one.code == Code::unknown_pack_id) continue;
    const std::string name = fs::path(file).filename().string();
    const auto known = broken_files().find(name);
    CHECK((known != broken_files().end() && known->second == one.code));
    seen.broken.insert(name);
  }
  if (python) {
    ++seen.python;
    CHECK(pack->rules.empty());
  }
  if (!pack->rules.empty()) run_detection_tests(std::move(pack), seen);
}

TEST_CASE("published detections load, and pass their tests") {
  if (!data_dir()) {
    WARN("SKIPPED: the rule collections are not there; set PICKET_DATA_DIR");
    return;
  }
  Seen seen;
  Diagnostics ignored;
  for (const std::string& file : discover({std::string(PICKET_AGREE_UNPACKED) + "/panther"}, ignored))
    look_at(file, seen);
  WARN(seen.files << " files, " << seen.python << " of them Python, " << seen.detections << " detections with "
                  << seen.tests << " tests");
  CHECK(seen.python > 250);
  CHECK(seen.detections >= 20);
  CHECK(seen.tests >= 60);
  CHECK(seen.failed.empty());
  CHECK(seen.broken.size() == broken_files().size());
}

}  // namespace
}  // namespace picket::tests
