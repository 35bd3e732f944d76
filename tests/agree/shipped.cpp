#include "tests/agree/shipped.hpp"

#include <set>

#include "tests/catch.hpp"

namespace picket::tests {

Scenario shipped_rules() {
  Diagnostics diagnostics;
  Scenario scenario;
  PackOptions options;
  options.threads = 1;
  scenario.pack = load_pack({(project_dir() / "rules").string()}, options, diagnostics);
  scenario.options.steps = 50'000'000;
  scenario.now = Time{1'767'225'600'000'000};
  return scenario;
}

std::vector<std::string> log_types_of(const Pack& pack) {
  std::set<std::string> log_types;
  for (const Rule& rule : pack.rules) {
    for (const auto& log_type : rule.log_types) log_types.insert(log_type.value);
  }
  return {log_types.begin(), log_types.end()};
}

Value with_log_type(const Value& event, const std::string& log_type) {
  Object changed = *event.object();
  changed.set("p_log_type", log_type);
  return changed;
}

}  // namespace picket::tests
