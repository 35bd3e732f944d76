#include "engine/stream/live_rules.hpp"

#include <utility>

namespace picket {

LiveRules::LiveRules(std::shared_ptr<const RulesVersion> first, const ExecutorOptions& options, std::size_t threads)
    : in_force_(std::make_shared<RulesAtWork>(std::move(first), options, threads)), threads_(threads) {}

std::shared_ptr<RulesAtWork> LiveRules::get() const {
  const std::lock_guard lock(mutex_);
  return in_force_;
}

void LiveRules::publish(std::shared_ptr<const RulesVersion> version) {
  std::shared_ptr<RulesAtWork> before = get();
  auto next = std::make_shared<RulesAtWork>(std::move(version), before->options(), threads_);
  next->prepare_as(*before);
  {
    const std::lock_guard lock(mutex_);
    in_force_ = std::move(next);
  }
  old_.push_back(std::move(before));
  free_old();
}

bool LiveRules::free_old() {
  // A version goes with the last that holds it, so that must be ours: of the seats, and of the rules under them.
  std::erase_if(old_, [](const std::shared_ptr<RulesAtWork>& rules) {
    return rules.use_count() == 1 && rules->version().use_count() == 1;
  });
  return old_.empty();
}

}  // namespace picket
