// Constants of every kind in groups, each with the values that could be confused with them.
#pragma once

#include <string>
#include <vector>

#include "engine/event/value.hpp"

namespace picket::tests {

struct SmallGroup {
  std::string name;
  std::vector<std::string> constants;  // as conditions write them
  std::vector<Value> values;           // that a field is given
};

[[nodiscard]] std::vector<SmallGroup> small_groups();

}  // namespace picket::tests
