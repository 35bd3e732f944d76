// `picket fmt` by example: each pair of tests/golden/fmt (NAME.in.yml, NAME.out.yml), and what holds of every file:
// what is formatted stays as it is, means what it meant, and no file ever trips the comparison that guards this.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "engine/format/format.hpp"
#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

namespace fs = std::filesystem;

const fs::path golden = project_dir() / "tests" / "golden";

std::vector<fs::path> files_in(const fs::path& folder, std::string_view ending) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().string().ends_with(ending)) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

struct Outcome {
  FormatOutcome outcome = FormatOutcome::unchanged;
  std::string text;  // as the file shall be
  bool guarded = false;
};

Outcome format(const std::string& name, const std::string& text) {
  Diagnostics diagnostics;
  Formatted formatted = format_analysis(std::make_shared<const Source>(name, text), diagnostics);
  Outcome result{formatted.outcome, formatted.outcome == FormatOutcome::changed ? formatted.text : text, false};
  result.guarded = std::any_of(diagnostics.all().begin(), diagnostics.all().end(),
                               [](const Diagnostic& one) { return one.code == Code::format_changed_meaning; });
  return result;
}

// What holds of every file.
Outcome check_format(const fs::path& file) {
  CAPTURE(file.string());
  Outcome first = format(file.string(), read_file(file));
  CHECK_FALSE(first.guarded);
  const Outcome second = format(file.string(), first.text);
  CHECK_FALSE(second.guarded);
  if (first.outcome == FormatOutcome::changed) {
    CHECK(second.outcome == FormatOutcome::unchanged);
    CHECK(second.text == first.text);
  }
  return first;
}

}  // namespace

TEST_CASE("every golden pair: what fmt makes of a file") {
  const std::vector<fs::path> inputs = files_in(golden / "fmt", ".in.yml");
  CHECK(inputs.size() >= 20);
  for (const fs::path& input : inputs) {
    CAPTURE(input.string());
    const std::string name = input.string();
    const std::string expected = read_file(name.substr(0, name.size() - std::string(".in.yml").size()) + ".out.yml");
    const Outcome outcome = check_format(input);
    CHECK(outcome.text == expected);
    CHECK(outcome.outcome == FormatOutcome::changed);
  }
}

TEST_CASE("the shipped rules are formatted") {
  const std::vector<fs::path> files = files_in(project_dir() / "rules", ".yml");
  CHECK(files.size() >= 90);
  for (const fs::path& file : files) {
    CAPTURE(file.string());
    CHECK(check_format(file).outcome == FormatOutcome::unchanged);
  }
}

TEST_CASE("files with faults are formatted soundly or left alone") {
  std::size_t formatted = 0;
  std::size_t broken = 0;
  for (const fs::path& file : files_in(golden / "broken", ".yml")) {
    const Outcome outcome = check_format(file);
    formatted += outcome.outcome == FormatOutcome::changed ? 1 : 0;
    broken += outcome.outcome == FormatOutcome::broken ? 1 : 0;
    if (outcome.outcome == FormatOutcome::broken) CHECK(outcome.text == read_file(file));
  }
  CHECK(formatted > 10);
  CHECK(broken > 100);
}

TEST_CASE("a rule that is not ours is formatted around its texts") {
  const Outcome outcome = format("python.yml",
                                 "AnalysisType: rule\nFilename: x.py\nRuleID: A\nEnabled: true\nLogTypes:\n- A\n"
                                 "Severity: Low\nAlertTitle: \"{ a == }\"\n");
  CHECK(outcome.text ==
        "AnalysisType: rule\nFilename: x.py\nRuleID: A\nEnabled: true\nLogTypes:\n  - A\n"
        "Severity: Low\nAlertTitle: \"{ a == }\"\n");
  CHECK(format("values.yml", "a:  1\n").outcome == FormatOutcome::not_analysis);
}

}  // namespace picket::tests
