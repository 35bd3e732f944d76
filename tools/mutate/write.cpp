#include "tools/mutate/write.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/edit/replace_file.hpp"
#include "engine/mutation/write_tests.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

using TestId = std::pair<std::string, std::string>;  // a rule's id and a test's name

std::set<TestId> failing_tests(const CheckedPack& pack, const TestOptions& options) {
  std::vector<TestCase> cases;
  for (const CheckedRule& rule : pack.rules) {
    for (const RuleTest& test : rule.rule->tests) cases.push_back({.rule = &rule, .test = &test});
  }
  for (const CheckedCorrelation& rule : pack.correlations) {
    for (const CorrelationTest& test : rule.rule->tests) {
      cases.push_back({.correlation = &rule, .correlation_test = &test});
    }
  }
  std::set<TestId> failing;
  for (const TestResult& result : run_tests(pack, cases, options)) {
    if (result.passed()) continue;
    failing.emplace(result.test_case.about().id.value, result.test_case.heading().name.value);
  }
  return failing;
}

// Why the new files of some rules may not take the place of the old: by the names of the files.
std::map<std::string, std::string> refusals(const LoadedPack& before, const LoadedPack& after,
                                            const std::set<std::string>& files, const TestOptions& options) {
  std::map<std::string, std::string> refused;
  for (const Diagnostic& diagnostic : after.diagnostics.all()) {
    const std::string& file = diagnostic.source->name();
    if (diagnostic.level != Level::error || !files.contains(file)) continue;
    const LineColumn place = diagnostic.source->locate(diagnostic.span.begin);
    refused.emplace(file, "the tests could not be put into it: at line " + std::to_string(place.line) +
                              " there would be: " + escape_controls(diagnostic.message));
  }
  const std::set<TestId> failed_before = failing_tests(before.checked, options);
  for (const TestId& test : failing_tests(after.checked, options)) {
    if (failed_before.contains(test)) continue;
    const auto blame = [&](const RuleMetadata& rule) {
      if (rule.id.value != test.first) return;
      const std::string name = "\u201c" + escape_controls(test.second) + "\u201d";
      if (files.contains(rule.source->name())) {
        refused.emplace(rule.source->name(), "the test " + name + " would fail; add it by hand");
      }
      if (!rule.descent) return;
      for (const SourcePtr& base : rule.descent->bases) {
        if (!files.contains(base->name())) continue;
        refused.emplace(base->name(), "`" + escape_controls(rule.id.value) + "` inherits its tests, and " + name +
                                          " would fail there");
      }
    };
    std::ranges::for_each(after.pack->rules, blame);
    std::ranges::for_each(after.pack->correlations, blame);
  }
  return refused;
}

// Whether the tests are those of the rule that it derives from.
bool inherits_tests(const RuleMutation& mutation) {
  if (mutation.rule == nullptr || !mutation.rule->rule->descent) return false;
  const std::vector<RuleTest>& tests = mutation.rule->rule->tests;
  return tests.empty() || mutation.rule->rule->inherits(tests.front().span);
}

}  // namespace

std::vector<WrittenTests> write_tests(const std::vector<RuleMutation>& rules, const LoadedPack& loaded,
                                      const LoadOptions& options, const TestOptions& tests) {
  std::vector<WrittenTests> written;
  std::map<std::string, const Source*> before;
  std::set<std::string> files;
  LoadOptions unsaved = options;
  for (const RuleMutation& mutation : rules) {
    if (mutation.proposals.empty()) continue;
    const RuleMetadata& rule = mutation.about();
    const std::string& file = rule.source->name();
    written.push_back({.file = file, .rule_id = rule.id.value, .tests = mutation.proposals.size(), .refusal = {}});
    if (inherits_tests(mutation)) {
      written.back().refusal =
          "its tests are those of the rule that it derives from, and any of its own would take their place";
      continue;
    }
    Edited edited = apply_edits(rule.source->text(), mutation.correlation != nullptr
                                                         ? test_edits(*mutation.correlation->rule, mutation.proposals)
                                                         : test_edits(*mutation.rule->rule, mutation.proposals));
    unsaved.unsaved[file] = std::make_shared<const Source>(file, std::move(edited.text));
    before.emplace(file, rule.source.get());
    files.insert(file);
  }
  if (files.empty()) return written;
  const std::map<std::string, std::string> refused = refusals(loaded, load_checked(unsaved), files, tests);
  for (WrittenTests& one : written) {
    if (!one.refusal.empty()) continue;
    if (const auto found = refused.find(one.file); found != refused.end()) {
      one.refusal = found->second;
    } else if (const auto reason =
                   replace_file(one.file, before.at(one.file)->text(), unsaved.unsaved.at(one.file)->text())) {
      one.refusal = *reason;
    }
  }
  return written;
}

}  // namespace picket
