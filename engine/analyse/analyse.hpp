// Analysis: names are looked up, types are inferred, constants are folded, lints are asked. The door of engine/analyse.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include "engine/analyse/checked.hpp"
#include "engine/pack/pack.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

class AttackTable;

struct AnalysisOptions {
  std::size_t terms = 100'000;                          // of one text, all definitions unfolded
  std::size_t regex_memory = 1024 * 1024;               // bytes for one compiled regex
  bool lints = true;                                    // errors only, if false
  std::shared_ptr<const AttackTable> attack = nullptr;  // what lints hold claims against; null: the one built in
  std::size_t threads = 0;                              // 0: as many as the machine has
};

// Checks a whole pack. Rules with an error are reported and left out; the others are returned.
[[nodiscard]] CheckedPack analyse(std::shared_ptr<const Pack> pack, const AnalysisOptions& options,
                                  Diagnostics& diagnostics);

}  // namespace picket
