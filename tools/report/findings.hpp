// Findings as machines and terse people read them. Each function is pure: text out, nothing printed.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/report/finding.hpp"

namespace picket {

// `file:line:column: level[code] message`; of failed tests `file:line: FAIL rule: test: message`.
[[nodiscard]] std::string concise_report(std::span<const Finding> findings);

// Workflow commands of GitHub Actions (`::error file=…`), one line each. GitHub shows no more than ten of each level
// of a step: so errors come before warnings and notes, diagnostics before failed tests, and these by the severity of
// their rules.
[[nodiscard]] std::string github_report(std::span<const Finding> findings);
// The text for a log that GitHub Actions reads for workflow commands, with none in it.
[[nodiscard]] std::string without_workflow_commands(std::string_view text);

// A SARIF 2.1.0 log of one run, with a line end.
[[nodiscard]] std::string sarif_report(std::span<const Finding> findings);

// A table for GitHub's step summary, a pull request, a wiki; empty if there is nothing. At most `most` rows, the most
// important ones, and how many more there are.
[[nodiscard]] std::string markdown_table(std::span<const Finding> findings, std::size_t most = 100);

// The findings, the most important first, as github_report() orders them.
[[nodiscard]] std::vector<Finding> by_importance(std::span<const Finding> findings);

// A path as it begins a line: nothing in it can be taken for a command.
[[nodiscard]] std::string shown_path(std::string_view path);

// A line of the Test Anything Protocol, version 13, which readers of 14 read too.
struct TapPoint {
  bool passed = false;
  std::string name;
  std::string skipped;                                       // why it was not run; empty: it was
  std::vector<std::pair<std::string, std::string>> details;  // keys, which are words, and texts
};
[[nodiscard]] std::string tap_report(std::span<const TapPoint> points);

}  // namespace picket
