#include "engine/ruletest/mocks.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "engine/pack/pack.hpp"
#include "engine/ruletest/setting.hpp"
#include "grammar/text/nearest.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {
namespace {

void report_unknown(const CheckedRule& rule, const RuleTest::Mock& mock, Diagnostics& diagnostics) {
  const std::string& name = mock.name.value;
  std::vector<std::string> known;
  for (const auto& [mockable, index] : rule.mockable) known.push_back(mockable);
  Diagnostic& diagnostic = diagnostics.add(Code::unknown_mock, rule.rule->source, mock.name.span,
                                           "there is no definition `" + name + "` to mock");
  if (propose_nearest(diagnostic, mock.name.span, name, known, Certainty::if_alone)) return;
  if (known.empty()) {
    diagnostic.help = "the rule has no definitions; only names of `Let` and of used libraries can be mocked";
  } else {
    diagnostic.help = "only names of `Let` and of used libraries can be mocked";
  }
}

// Tables may stand in files that were not loaded, where only files are named.
void check_mocked_tables(const CheckedPack& pack, const Rule& rule, const RuleTest& test, Diagnostics& diagnostics) {
  const Object* mocked = mocked_rows(test.event);
  if (mocked == nullptr || pack.pack->files_only) return;
  std::vector<std::string> known;
  for (const LookupTable& table : pack.pack->lookup_tables) known.push_back(table.id.value);
  for (const auto& [name, rows] : mocked->entries()) {
    if (std::ranges::find(known, name) != known.end()) continue;
    Diagnostic& diagnostic = diagnostics.add(Code::unknown_table, rule.source, test.event_span,
                                             "there is no lookup table `" + name + "` to give rows to");
    const auto meant = nearest(name, known);
    diagnostic.help = meant ? did_you_mean(*meant) : "a file with `AnalysisType: lookup_table` makes one";
  }
}

}  // namespace

void check_mocks(const CheckedPack& pack, Diagnostics& diagnostics) {
  for (const CheckedRule& rule : pack.rules) {
    for (const RuleTest& test : rule.rule->tests) {
      if (rule.rule->inherits(test.span)) continue;  // the base is told
      check_mocked_tables(pack, *rule.rule, test, diagnostics);
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
