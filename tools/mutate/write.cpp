#include "tools/mutate/write.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/edit/replace_file.hpp"
#include "engine/mutation/write_tests.hpp"

namespace picket {
namespace {

std::set<std::string> test_names(const RuleMutation& mutation) {
  std::set<std::string> names;
  const auto add = [&](const TestHeading& test) { names.insert(test.name.value); };
  if (mutation.correlation != nullptr) {
    std::ranges::for_each(mutation.correlation->rule->tests, add);
  } else {
    std::ranges::for_each(mutation.rule->rule->tests, add);
  }
  return names;
}

// Ids of rules whose new file is not what it should be: it has errors, or a test fails that is not among the old ones.
std::set<std::string> unsound(const LoadedPack& loaded, const std::map<std::string, const RuleMutation*>& before,
                              const TestOptions& options) {
  std::set<std::string> bad;
  for (const auto& [id, rule] : before) bad.insert(id);
  std::vector<TestCase> cases;
  for (const CheckedRule& rule : loaded.checked.rules) {
    if (!before.contains(rule.rule->id.value)) continue;
    bad.erase(rule.rule->id.value);
    for (const RuleTest& test : rule.rule->tests) cases.push_back({.rule = &rule, .test = &test});
  }
  for (const CheckedCorrelation& rule : loaded.checked.correlations) {
    if (!before.contains(rule.rule->id.value)) continue;
    bad.erase(rule.rule->id.value);
    for (const CorrelationTest& test : rule.rule->tests) {
      cases.push_back({.correlation = &rule, .correlation_test = &test});
    }
  }
  for (const TestResult& result : run_tests(loaded.checked, cases, options)) {
    if (result.passed()) continue;
    const std::string& id = result.test_case.about().id.value;
    if (!test_names(*before.at(id)).contains(result.test_case.heading().name.value)) bad.insert(id);
  }
  return bad;
}

}  // namespace

std::vector<WrittenTests> write_tests(const std::vector<RuleMutation>& rules, const LoadOptions& options,
                                      const TestOptions& tests) {
  std::vector<WrittenTests> written;
  std::map<std::string, const RuleMutation*> before;
  LoadOptions unsaved = options;
  for (const RuleMutation& mutation : rules) {
    if (mutation.proposals.empty()) continue;
    const RuleMetadata& rule = mutation.about();
    const std::string& file = rule.source->name();
    Edited edited = apply_edits(rule.source->text(), mutation.correlation != nullptr
                                                         ? test_edits(*mutation.correlation->rule, mutation.proposals)
                                                         : test_edits(*mutation.rule->rule, mutation.proposals));
    unsaved.unsaved[file] = std::make_shared<const Source>(file, std::move(edited.text));
    before.emplace(rule.id.value, &mutation);
    written.push_back({.file = file, .rule_id = rule.id.value, .tests = mutation.proposals.size(), .refusal = {}});
  }
  if (written.empty()) return written;
  const std::set<std::string> bad = unsound(load_checked(unsaved), before, tests);
  for (WrittenTests& one : written) {
    if (bad.contains(one.rule_id)) {
      one.refusal = "the tests could not be put into it so that they pass; add them by hand";
    } else if (const auto refused = replace_file(one.file, before.at(one.rule_id)->about().source->text(),
                                                 unsaved.unsaved.at(one.file)->text())) {
      one.refusal = *refused;
    }
  }
  return written;
}

}  // namespace picket
