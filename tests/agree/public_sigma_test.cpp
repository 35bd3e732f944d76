// Sigma rules that others have published, as far as the data folder has them: every rule loads, each finds the events
// that were recorded for it, by its log source, and both engines find the same.
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/analyse/analyse.hpp"
#include "engine/eval/execute.hpp"
#include "engine/pack/pack.hpp"
#include "engine/yaml/node.hpp"
#include "tests/agree/shrink.hpp"
#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"
#include "tests/unit/stream/framing.hpp"

namespace picket::tests {
namespace {

namespace fs = std::filesystem;

// Where the checkout was unpacked; empty if there is none.
fs::path checkout() {
  const fs::path folder = fs::path(PICKET_AGREE_UNPACKED) / "sigma";
  if (!fs::is_directory(folder)) return {};
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().filename() == "regression_data") return entry.path().parent_path();
  }
  return {};
}

std::vector<fs::path> files_under(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

Pack load_rules(Diagnostics& diagnostics) {
  std::vector<std::string> folders;
  for (const auto& entry : fs::directory_iterator(checkout())) {
    if (entry.path().filename().string().starts_with("rules")) folders.push_back(entry.path().string());
  }
  return load_pack(folders, {}, diagnostics);
}

const yaml::Node* member(const yaml::Node& node, std::string_view key) {
  const auto* entry = node.mapping() == nullptr ? nullptr : node.mapping()->find(key);
  return entry == nullptr ? nullptr : entry->value.get();
}

// What `info.yml` says of the events beside it.
struct Recorded {
  std::string rule;
  std::size_t least = 1;  // so many of them the rule finds
  std::vector<std::string> events;
};

std::vector<Recorded> recorded_events() {
  std::vector<Recorded> all;
  for (const fs::path& file : files_under(checkout() / "regression_data", ".yml")) {
    Diagnostics diagnostics;
    const yaml::NodePtr info = yaml::load(std::make_shared<const Source>(file.string(), read_file(file)), diagnostics);
    if (info == nullptr || member(*info, "rule_metadata") == nullptr) continue;
    Recorded recorded;
    recorded.rule = member(*member(*info, "rule_metadata")->sequence()->items.front(), "id")->scalar()->text;
    const yaml::Node* tests = member(*info, "regression_tests_info");
    const yaml::Node* count = tests == nullptr ? nullptr : member(*tests->sequence()->items.front(), "match_count");
    if (count != nullptr) recorded.least = static_cast<std::size_t>(count->value().as_index().value_or(1));
    for (const fs::path& events : files_under(file.parent_path(), ".json")) {
      std::ranges::move(texts_of(read_file(events)), std::back_inserter(recorded.events));
    }
    if (!recorded.events.empty()) all.push_back(std::move(recorded));
  }
  return all;
}

bool skipped() {
  if (!data_dir() || checkout().empty()) WARN("SKIPPED: the rule collections are not there; set PICKET_DATA_DIR");
  return !data_dir() || checkout().empty();
}

TEST_CASE("published Sigma rules load, and find the events recorded for them") {
  if (skipped()) return;
  Diagnostics diagnostics;
  auto pack = std::make_shared<Pack>(load_rules(diagnostics));
  auto checked = std::make_shared<const CheckedPack>(analyse(std::move(pack), {.lints = false}, diagnostics));
  for (const Diagnostic& one : diagnostics.all()) {
    if (one.level == Level::error) FAIL_CHECK(one.source->name() << ": " << one.message);
  }
  CHECK(checked->rules.size() > 800);
  Executor executor(std::make_shared<const RuleSet>(checked));
  std::size_t tests = 0;
  for (const Recorded& recorded : recorded_events()) {
    ++tests;
    std::size_t found = 0;
    for (const std::string& event : recorded.events) {
      const Judged judged = executor.judge(event, Time{});
      found += std::ranges::any_of(judged.matches,
                                   [&](const Match& match) { return match.rule->rule->id.value == recorded.rule; });
    }
    if (found < recorded.least) FAIL_CHECK(recorded.rule << " finds " << found << " of " << recorded.least);
  }
  WARN(checked->rules.size() << " rules, " << tests << " sets of recorded events");
  CHECK(tests > 40);
}

TEST_CASE("the engines agree on published Sigma rules") {
  if (skipped()) return;
  Diagnostics diagnostics;
  Scenario scenario;
  scenario.pack = load_rules(diagnostics);
  for (const Recorded& recorded : recorded_events()) {
    for (const std::string& event : recorded.events) scenario.steps.push_back({.text = event, .block = false});
  }
  constexpr std::size_t every = 40;  // events of real logs, for the interpreter asks every rule of each
  std::size_t at = 0;
  for (const fs::path& file : files_under(fs::path(PICKET_AGREE_UNPACKED) / "windows", ".json")) {
    for (const std::string& event : texts_of(read_file(file))) {
      if (at++ % every == 0) scenario.steps.push_back({.text = event, .block = false});
    }
  }
  Tally tally;
  (void)check_agreement(scenario, "published Sigma rules", tally);
  WARN(tally.words());
  CHECK(tally.events > 200);
  CHECK(tally.matches > 50);
}

}  // namespace
}  // namespace picket::tests
