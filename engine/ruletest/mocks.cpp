#include "engine/ruletest/mocks.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "grammar/text/nearest.hpp"

namespace picket {
namespace {

void report_unknown(const CheckedRule& rule, const RuleTest::Mock& mock, Diagnostics& diagnostics) {
  const std::string& name = mock.name.value;
  std::vector<std::string> known;
  for (const auto& [mockable, index] : rule.mockable) known.push_back(mockable);
  Diagnostic& diagnostic = diagnostics.add(Code::unknown_mock, rule.rule->source, mock.name.span,
                                           "there is no definition `" + name + "` to mock");
  if (const auto meant = nearest(name, known)) {
    const std::vector<std::string_view> views(known.begin(), known.end());
    diagnostic.fixes.push_back({"write `" + *meant + "`", mock.name.span, *meant, is_only_near(name, *meant, views)});
  } else if (known.empty()) {
    diagnostic.help = "the rule has no definitions; only names of `Let` and of used libraries can be mocked";
  } else {
    diagnostic.help = "only names of `Let` and of used libraries can be mocked";
  }
}

}  // namespace

void check_mocks(const CheckedPack& pack, Diagnostics& diagnostics) {
  for (const CheckedRule& rule : pack.rules) {
    for (const RuleTest& test : rule.rule->tests) {
      if (rule.rule->inherits(test.span)) continue;  // the base is told
      for (const RuleTest::Mock& mock : test.mocks) {
        if (rule.mockable.find(mock.name.value) == rule.mockable.end()) report_unknown(rule, mock, diagnostics);
      }
    }
  }
}

Mocks mocks_of(const CheckedRule& rule, const RuleTest& test) {
  Mocks mocks;
  for (const RuleTest::Mock& mock : test.mocks) {
    const auto found = rule.mockable.find(mock.name.value);
    if (found != rule.mockable.end()) mocks[found->second] = mock.value;
  }
  return mocks;
}

}  // namespace picket
