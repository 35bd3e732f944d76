// Real logs and the events of other people's rule tests, where there are any, by both engines and the shipped packs.
#include <algorithm>
#include <filesystem>
#include <memory>

#include "engine/yaml/node.hpp"
#include "tests/agree/shipped.hpp"
#include "tests/agree/shrink.hpp"
#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"
#include "tests/unit/stream/framing.hpp"

namespace picket::tests {
namespace {

namespace fs = std::filesystem;

// The archives of the data, unpacked by the test before this one.
fs::path unpacked() { return PICKET_AGREE_UNPACKED; }

std::vector<fs::path> files_with(const fs::path& folder, const std::vector<std::string>& extensions) {
  std::vector<fs::path> files;
  if (!fs::is_directory(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    if (std::ranges::find(extensions, extension) != extensions.end()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

// Each event alone, and all of them in blocks.
void add_log(Scenario& scenario, const std::string& content) {
  constexpr std::size_t block_size = 65'536;
  std::string block;
  for (const std::string& text : texts_of(content)) {
    scenario.steps.push_back({.text = text, .block = false});
    if (text.find('\n') == std::string::npos) block += text + "\n";
    if (block.size() < block_size) continue;
    scenario.steps.push_back({.text = block, .block = true});
    block.clear();
  }
  scenario.steps.push_back({.text = block, .block = true});
}

void check_logs(const std::string& log_type, const std::vector<fs::path>& files) {
  Tally tally;
  for (const fs::path& file : files) {
    Scenario scenario = shipped_rules();
    scenario.options.log_type = log_type;
    add_log(scenario, read_file(file));
    if (!check_agreement(scenario, file.filename().string(), tally)) break;
  }
  WARN(tally.words());
  CHECK(tally.events > 1'000);
  CHECK(tally.refused == 0);
  CHECK(tally.given_up == 0);
}

TEST_CASE("the engines agree on real CloudTrail logs") {
  const auto data = data_dir();
  if (!data) {
    WARN("SKIPPED: the real logs are not there; set PICKET_DATA_DIR");
    return;
  }
  check_logs("AWS.CloudTrail", files_with(*data / "aws_cloudtrail", {".json"}));
}

TEST_CASE("the engines agree on real Windows logs") {
  if (!data_dir()) {
    WARN("SKIPPED: the real logs are not there; set PICKET_DATA_DIR");
    return;
  }
  check_logs("Windows.EventLogs", files_with(unpacked() / "windows", {".json", ".jsonl"}));
}

// The events of the `Tests` of an analysis file, whatever else the file holds.
std::vector<Value> test_events(const fs::path& file) {
  std::vector<Value> events;
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>(file.string(), read_file(file));
  const yaml::NodePtr root = yaml::load(source, diagnostics);
  if (root == nullptr || root->mapping() == nullptr) return events;
  const auto* tests = root->mapping()->find("Tests");
  if (tests == nullptr || tests->value->sequence() == nullptr) return events;
  for (const yaml::NodePtr& test : tests->value->sequence()->items) {
    const auto* log = test->mapping() == nullptr ? nullptr : test->mapping()->find("Log");
    Value event = log == nullptr ? Value() : log->value->value();
    if (event.object() != nullptr) events.push_back(std::move(event));
  }
  return events;
}

TEST_CASE("the engines agree on the test events of other people's rules") {
  if (!data_dir()) {
    WARN("SKIPPED: the rule collections are not there; set PICKET_DATA_DIR");
    return;
  }
  Scenario scenario = shipped_rules();
  const std::vector<std::string> log_types = log_types_of(scenario.pack);
  for (const fs::path& file : files_with(unpacked() / "panther", {".yml", ".yaml"})) {
    for (const Value& event : test_events(file)) {
      scenario.steps.push_back({.text = to_json(event), .block = false});
      for (const std::string& log_type : log_types) {
        scenario.steps.push_back({.text = to_json(with_log_type(event, log_type)), .block = false});
      }
    }
  }
  Tally tally;
  (void)check_agreement(scenario, "test events of other people's rules", tally);
  WARN(tally.words());
  CHECK(tally.events > 1'000);
  CHECK(tally.matches > 20);
}

}  // namespace
}  // namespace picket::tests
