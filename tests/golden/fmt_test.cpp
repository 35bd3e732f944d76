// `picket fmt` by example: each pair of tests/golden/fmt (NAME.in.yml, NAME.out.yml), and what holds of every file:
// what is formatted stays as it is, means what it meant, and no file ever trips the comparison that guards this.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "engine/format/format.hpp"
#include "engine/format/same_meaning.hpp"
#include "tests/bench/chance.hpp"
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

struct FormattedText {
  FormatOutcome outcome = FormatOutcome::unchanged;
  std::string text;  // as the file shall be
  bool guarded = false;
};

FormattedText formatted(const std::string& name, const std::string& text) {
  Diagnostics diagnostics;
  Formatted formatted = format_analysis(std::make_shared<const Source>(name, text), diagnostics);
  FormattedText result{formatted.outcome, formatted.outcome == FormatOutcome::changed ? formatted.text : text, false};
  result.guarded = std::any_of(diagnostics.all().begin(), diagnostics.all().end(),
                               [](const Diagnostic& one) { return one.code == Code::format_changed_meaning; });
  return result;
}

// Both read anew and compared in whole, whatever fmt was content with.
bool means_the_same(const std::string& before, const std::string& after) {
  const auto loaded = [](const std::string& text) {
    Diagnostics ignored;
    format::Loaded file{std::make_shared<const Source>("rule.yml", text), nullptr};
    file.root = yaml::load(file.source, ignored);
    return file;
  };
  const format::Loaded old_file = loaded(before);
  const format::Loaded new_file = loaded(after);
  return old_file.root != nullptr && new_file.root != nullptr && format::same_meaning(old_file, new_file) &&
         format::same_comments(before, after);
}

// What holds of every file.
FormattedText check_format(const std::string& name, const std::string& text) {
  CAPTURE(name, text);
  FormattedText first = formatted(name, text);
  CHECK_FALSE(first.guarded);
  const FormattedText second = formatted(name, first.text);
  CHECK_FALSE(second.guarded);
  if (first.outcome == FormatOutcome::changed) {
    CHECK(second.outcome == FormatOutcome::unchanged);
    CHECK(second.text == first.text);
    CHECK(means_the_same(text, first.text));
  }
  return first;
}

FormattedText check_format(const fs::path& file) { return check_format(file.string(), read_file(file)); }

// Comments, blanks and empty lines where they came to hand, and lines further in than their neighbours.
std::string edited_carelessly(const std::string& text, bench::Chance& chance) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  for (std::size_t count = chance.between(1, 4); count > 0; --count) {
    const std::size_t i = chance.below(lines.size());
    const auto place = lines.begin() + static_cast<std::ptrdiff_t>(i);
    const std::size_t kind = chance.below(4);
    if (kind == 0) lines.insert(place, std::string(chance.below(7), ' ') + "# note " + std::to_string(i));
    if (kind == 1) lines[i] += std::string(chance.between(1, 3), ' ') + (chance.one_in(2) ? "# behind" : "");
    if (kind == 2) lines.insert(place, std::string(chance.below(4), ' '));
    if (kind == 3) {
      const std::string further(chance.between(1, 3), ' ');
      for (std::size_t at = i; at < std::min(i + chance.between(1, 12), lines.size()); ++at)
        lines[at].insert(0, further);
    }
  }
  std::string result;
  for (const std::string& line : lines) result += line + "\n";
  return result;
}

}  // namespace

TEST_CASE("every golden pair: what fmt makes of a file") {
  const std::vector<fs::path> inputs = files_in(golden / "fmt", ".in.yml");
  CHECK(inputs.size() >= 20);
  for (const fs::path& input : inputs) {
    CAPTURE(input.string());
    const std::string name = input.string();
    const std::string expected = read_file(name.substr(0, name.size() - std::string(".in.yml").size()) + ".out.yml");
    const FormattedText outcome = check_format(input);
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
    const FormattedText outcome = check_format(file);
    formatted += outcome.outcome == FormatOutcome::changed ? 1 : 0;
    broken += outcome.outcome == FormatOutcome::broken ? 1 : 0;
    if (outcome.outcome == FormatOutcome::broken) CHECK(outcome.text == read_file(file));
  }
  CHECK(formatted > 10);
  CHECK(broken > 100);
}

TEST_CASE("files that were edited carelessly are formatted soundly or left alone") {
  std::vector<fs::path> files = files_in(project_dir() / "rules", ".yml");
  for (const fs::path& file : files_in(golden / "fmt", ".yml")) files.push_back(file);
  bench::Chance chance(20261128);
  std::size_t formatted = 0;
  for (int i = 0; i < 1'500; ++i) {
    const std::string text = edited_carelessly(read_file(files[chance.below(files.size())]), chance);
    formatted += check_format("careless.yml", text).outcome == FormatOutcome::changed ? 1 : 0;
  }
  CHECK(formatted > 500);
}

TEST_CASE("a rule that is not ours is formatted around its texts") {
  const FormattedText outcome =
      formatted("python.yml",
                "AnalysisType: rule\nFilename: x.py\nRuleID: A\nEnabled: true\nLogTypes:\n- A\n"
                "Severity: Low\nAlertTitle: \"{ a == }\"\n");
  CHECK(outcome.text ==
        "AnalysisType: rule\nFilename: x.py\nRuleID: A\nEnabled: true\nLogTypes:\n  - A\n"
        "Severity: Low\nAlertTitle: \"{ a == }\"\n");
  CHECK(formatted("values.yml", "a:  1\n").outcome == FormatOutcome::not_analysis);
}

}  // namespace picket::tests
