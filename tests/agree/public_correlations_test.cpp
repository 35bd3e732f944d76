// The tests of correlation rules that others have published, as far as the data folder has them: by the stream, as
// `picket test` runs them, and by the definition.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/analyse/analyse.hpp"
#include "engine/correlation/batch_model.hpp"
#include "engine/ruletest/ruletest.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

// An object that has the value at the end of the path.
Value nested(const std::vector<PathStep>& path, std::size_t from, const Value& value) {
  if (from == path.size()) return value;
  return Object{{std::get<std::string>(path[from]), nested(path, from + 1, value)}};
}

struct OwnedSignal {
  std::string rule;
  Time time;
  Value event;
  Value context;
};

bool fires_by_definition(const CheckedCorrelation& correlation, const CorrelationTest& test) {
  std::vector<OwnedSignal> owned;
  for (const auto& item : correlation.items) {
    for (const CorrelationTest::Signals& signals : test.outputs) {
      if (signals.item.value != item.id) continue;
      for (const auto& occurrence : signals.occurrences) {
        OwnedSignal signal{item.sources.front().rule, occurrence.time, Object{}, Object{}};
        if (!item.sources.front().fields.empty()) {
          const auto& path = item.sources.front().fields.front().front();
          const bool context = std::get<std::string>(path.front()) == "p_alert_context";
          (context ? signal.context : signal.event) = nested(path, context ? 1 : 0, occurrence.value);
        }
        owned.push_back(std::move(signal));
      }
    }
  }
  std::ranges::stable_sort(owned, {}, &OwnedSignal::time);
  std::vector<SignalView> signals;
  for (const OwnedSignal& one : owned) signals.push_back({one.rule, one.time, 0, &one.event, &one.context});
  return !correlate_all(correlation, signals).empty();
}

TEST_CASE("published correlation rules pass their tests") {
  if (!data_dir()) {
    WARN("SKIPPED: the rule collections are not there; set PICKET_DATA_DIR");
    return;
  }
  std::size_t rules = 0;
  std::size_t run = 0;
  Diagnostics ignored;
  for (const std::string& file : discover({std::string(PICKET_AGREE_UNPACKED) + "/panther"}, ignored)) {
    Diagnostics diagnostics;
    const auto pack = std::make_shared<const Pack>(load_pack({file}, {}, diagnostics));
    if (pack->correlations.empty()) continue;
    const CheckedPack checked = analyse(pack, {.lints = false}, diagnostics);
    INFO(file);
    REQUIRE_FALSE(diagnostics.has_errors());
    ++rules;
    for (const CheckedCorrelation& correlation : checked.correlations) {
      REQUIRE(correlation.columns <= 1);
      for (const CorrelationTest& test : correlation.rule->tests) {
        INFO(test.name.value);
        const auto results = run_tests(checked, {{.correlation = &correlation, .correlation_test = &test}}, {});
        CHECK(results.front().passed());
        CHECK(fires_by_definition(correlation, test) == test.expected);
        ++run;
      }
    }
  }
  WARN(run << " tests of " << rules << " rules");
  CHECK(rules >= 5);
  CHECK(run >= 12);
}

}  // namespace
}  // namespace picket::tests
