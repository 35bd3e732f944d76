#include "tests/unit/mutation/mutated.hpp"

#include <utility>

#include "engine/analyse/analyse.hpp"
#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"
#include "tests/unit/rule_text.hpp"

namespace picket::tests {

std::string Mutated::words(const MutantResult& mutant) const {
  return written_at({.source = rule.about().source, .span = mutant.span}) + " => " + mutant.replacement;
}

std::vector<std::string> Mutated::words(Fate fate) const {
  std::vector<std::string> list;
  for (const MutantResult& mutant : rule.mutants) {
    if (mutant.fate == fate) list.push_back(words(mutant));
  }
  return list;
}

std::unique_ptr<Mutated> mutate(const std::string& condition, const std::vector<std::string>& events,
                                const std::string& more, const std::vector<std::string>& libraries) {
  std::vector<SourcePtr> sources{std::make_shared<const Source>("rule.yml", rule_text(condition, events, more))};
  for (const std::string& library : libraries) sources.push_back(std::make_shared<const Source>("l.yml", library));
  Diagnostics diagnostics;
  auto mutated = std::make_unique<Mutated>();
  const auto pack = std::make_shared<const Pack>(load_sources(sources, {}, diagnostics));
  AnalysisOptions options;
  options.lints = false;
  mutated->pack = analyse(pack, options, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) FAIL(diagnostic.message);
  REQUIRE(mutated->pack.rules.size() == 1);
  mutated->rule = std::move(mutate_rules(mutated->pack, {&mutated->pack.rules.front()}, {}).front());
  return mutated;
}

}  // namespace picket::tests
