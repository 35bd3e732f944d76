#include "tests/bench/parts.hpp"

namespace picket::bench {

std::vector<Part> all_parts() {
  std::vector<Part> all;
  for (const auto& parts : {speed_parts(), compile_parts(), thread_parts(), real_parts(), attack_parts(),
                            correlation_parts(), state_parts(), reload_parts(), program_parts(), catalog_parts()}) {
    all.insert(all.end(), parts.begin(), parts.end());
  }
  return all;
}

}  // namespace picket::bench
