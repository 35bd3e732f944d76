// LiveRules: the rules in force, which may be replaced while others judge by them.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/stream/rules_at_work.hpp"

namespace picket {

// Any thread may ask for the rules; one at a time publishes. Who asks keeps what it gets for as long as it needs it:
// that is what "exactly one version for each event" rests on.
class LiveRules {
 public:
  LiveRules(std::shared_ptr<const RulesVersion> first, const ExecutorOptions& options, std::size_t threads);

  [[nodiscard]] std::shared_ptr<RulesAtWork> get() const;

  // Puts a version in force, whole. Takes the time that executors take to be made; those who judge do not wait for it.
  void publish(std::shared_ptr<const RulesVersion> version);
  // Lets go of what nobody judges by any more. Here, because it takes milliseconds that those who judge must not spend;
  // so the publisher asks again after a while. Whether there is nothing old any more.
  bool free_old();

 private:
  mutable std::mutex mutex_;  // of in_force_ only
  std::shared_ptr<RulesAtWork> in_force_;
  std::vector<std::shared_ptr<RulesAtWork>> old_;  // the publisher's
  std::size_t threads_;
};

}  // namespace picket
