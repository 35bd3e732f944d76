// What one file of a pack gave, before the files are put together. Internal to engine/pack.
#pragma once

#include <vector>

#include "engine/frontend/native.hpp"
#include "engine/yaml/node.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

struct Loaded {
  SourcePtr source;
  std::vector<Analysis> analyses;
  // Of a Sigma file: they are read when all files are there, for others say what their log sources are.
  std::vector<yaml::NodePtr> sigma;
  // Of a derived rule, which is read when all files are there, for another one is its base.
  yaml::NodePtr derived;
  bool leans_on_others = false;  // it may need a library, a data model, a lookup table or a base
  Diagnostics diagnostics;
};

}  // namespace picket
