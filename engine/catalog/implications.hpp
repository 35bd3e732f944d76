// Which rules say nothing that another does not.
#pragma once

#include <vector>

#include "engine/catalog/catalog.hpp"

namespace picket {

// For each rule those that hold wherever it holds (wider), and those wherever which it holds (narrower), as far as
// their conditions tell (implies()); only rules of the same kind, over the same log types or some of them. Ascending.
struct Implications {
  explicit Implications(const Catalog& catalog);

  std::vector<std::vector<RuleIndex>> wider;
  std::vector<std::vector<RuleIndex>> narrower;
};

}  // namespace picket
