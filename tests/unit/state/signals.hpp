// Facts of rules and signals made by hand: for tests of what comes of them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/state/alert.hpp"
#include "engine/state/window_table.hpp"

namespace picket::tests {

constexpr std::int64_t minute = 60'000'000;  // microseconds
constexpr Time noon{1'769'860'800'000'000};  // 2026-01-31T12:00:00Z

inline Time at_minute(std::int64_t minutes) { return {noon.microseconds + minutes * minute}; }

inline std::shared_ptr<const RuleFacts> facts(std::string id, std::uint64_t threshold = 1,
                                              std::int64_t period_minutes = 60, bool unique = false) {
  RuleFacts facts;
  facts.id = std::move(id);
  facts.threshold = threshold;
  facts.dedup_period = {period_minutes * minute};
  facts.unique = unique;
  facts.rules_version = "v1";
  facts.fingerprint = std::to_string(threshold) + "/" + std::to_string(period_minutes);
  return std::make_shared<const RuleFacts>(std::move(facts));
}

inline Signal signal(const std::shared_ptr<const RuleFacts>& rule, const std::string& dedup, std::optional<Time> time,
                     std::int64_t number = 0) {
  Signal signal;
  signal.rule = rule;
  signal.texts.title = "about " + dedup;
  signal.texts.dedup = dedup;
  signal.texts.severity = Severity::high;
  signal.texts.context = Object{{"n", Value(number)}};
  signal.log_type = "Test";
  signal.time = time;
  signal.place = {.input = "in", .offset = static_cast<std::uint64_t>(number), .line = 1};
  signal.event = Object{{"n", Value(number)}};
  return signal;
}

// What a program keeps from one run to the next.
class Kept {
 public:
  void add(std::vector<SavedState> changes) {
    for (SavedState& change : changes) {
      const auto key = std::make_pair(change.kind, change.key);
      if (change.body.empty()) {
        kept_.erase(key);
      } else {
        kept_.insert_or_assign(key, std::move(change));
      }
    }
  }
  [[nodiscard]] std::vector<SavedState> all() const {
    std::vector<SavedState> all;
    for (const auto& [key, state] : kept_) all.push_back(state);
    return all;
  }

 private:
  std::map<std::pair<std::string, std::string>, SavedState> kept_;
};

}  // namespace picket::tests
