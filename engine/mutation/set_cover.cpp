#include "engine/mutation/set_cover.hpp"

namespace picket {

std::vector<std::size_t> few_that_tell_all(const std::vector<std::vector<bool>>& tells) {
  std::vector<std::size_t> chosen;
  std::vector<bool> done(tells.empty() ? 0 : tells.front().size(), false);
  while (true) {
    std::size_t best = 0;
    std::size_t most = 0;
    for (std::size_t i = 0; i < tells.size(); ++i) {
      std::size_t gain = 0;
      for (std::size_t k = 0; k < done.size(); ++k) gain += tells[i][k] && !done[k] ? 1U : 0U;
      if (gain <= most) continue;
      best = i;
      most = gain;
    }
    if (most == 0) return chosen;
    chosen.push_back(best);
    for (std::size_t k = 0; k < done.size(); ++k) done[k] = done[k] || tells[best][k];
  }
}

}  // namespace picket
