// Rules from texts, checked, as the tests of the catalog begin with them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/analyse/analyse.hpp"
#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"

namespace picket::tests {

// The files are named "0.yml", "1.yml" …; anything wrong with them fails the test.
[[nodiscard]] inline CheckedPack checked_rules(const std::vector<std::string>& files) {
  std::vector<SourcePtr> sources;
  for (const std::string& file : files) {
    sources.push_back(std::make_shared<const Source>(std::to_string(sources.size()) + ".yml", file));
  }
  Diagnostics diagnostics;
  const auto pack = std::make_shared<const Pack>(load_sources(sources, {}, diagnostics));
  CheckedPack checked = analyse(pack, {.lints = false}, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) FAIL(diagnostic.message);
  return checked;
}

}  // namespace picket::tests
