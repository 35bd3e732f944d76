#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "engine/frontend/correlation_rule.hpp"
#include "engine/mutation/correlation_mutants.hpp"
#include "engine/mutation/mutate.hpp"
#include "engine/mutation/set_cover.hpp"
#include "engine/mutation/signal_changes.hpp"
#include "engine/mutation/untried.hpp"
#include "engine/parallel/for_each_index.hpp"

namespace picket {
namespace {

using Item = CheckedCorrelation::Item;

constexpr std::size_t most_signals_taken = 400'000;  // in the search for one mutant

bool fires(const CheckedCorrelation& correlation, std::span<const TestSignal> signals) {
  return !rehearse(correlation, with_keys(correlation, signals)).empty();
}

// Whether the window holds whatever makes the rule fire: it says nothing. Of a Sequence all comes so soon after the one
// signal of its first item; of a Group one signal is enough.
bool within_any_window(const CheckedCorrelation& correlation) {
  const std::vector<Item>& items = correlation.items;
  if (std::ranges::any_of(items, [](const Item& item) { return item.too_many.has_value(); })) return false;
  if (items.front().least > 1) return false;
  if (!correlation.ordered) return items.size() == 1;
  std::int64_t longest = 0;
  for (const Item& item : std::span(items).subspan(1)) longest += item.within.microseconds;
  return longest <= correlation.lookback.microseconds;
}

class CorrelationTrial {
 public:
  CorrelationTrial(const CheckedCorrelation& correlation, const MutationOptions& options)
      : original_(correlation), options_(options) {
    for (const CorrelationTest& test : correlation.rule->tests) {
      Start start{&test, signals_of(test.outputs), test.expected};
      if (fires(original_, start.signals) == test.expected) starts_.push_back(std::move(start));
    }
    tests_ = starts_.size();
    std::vector<TestSignal> firing = firing_signals(original_);
    const bool does_fire = fires(original_, firing);
    starts_.push_back({nullptr, std::move(firing), does_fire});
  }

  MutantResult judge(const CorrelationMutant& mutant) {
    MutantResult result = untried(mutant);
    result.also = mutant.also;
    for (const Start& start : std::span(starts_).first(tests_)) {
      if (fires(mutant.changed, start.signals) == start.fires) continue;
      result.fate = Fate::killed;
      result.killed_by = start.test;
      return result;
    }
    if (!options_.find_killers) return result;
    if (within_any_window(original_) && within_any_window(mutant.changed) && only_lookback_differs(mutant)) {
      result.fate = Fate::equivalent;
      return result;
    }
    left_ = most_signals_taken;
    if (auto killer = find(mutant.changed)) {
      survivors_.push_back({&mutant.changed, *killer});
      result.killer = *std::move(killer);
    }
    if (!result.killer && left_ == 0) result.search = SearchEnd::given_up;
    return result;
  }

  // REQUIRES: the mutants that were judged still live.
  std::vector<Killer> proposals() const {
    std::vector<std::vector<bool>> told(survivors_.size(), std::vector<bool>(survivors_.size(), false));
    for (std::size_t i = 0; i < survivors_.size(); ++i) {
      const KillingSignals& killer = survivors_[i].killer;
      for (std::size_t k = 0; k < survivors_.size(); ++k) {
        told[i][k] = fires(*survivors_[k].changed, killer.signals) != killer.fires;
      }
    }
    std::vector<Killer> chosen;
    for (const std::size_t i : few_that_tell_all(told)) chosen.emplace_back(survivors_[i].killer);
    return chosen;
  }

 private:
  // Signals from which the search begins.
  struct Start {
    const CorrelationTest* test = nullptr;
    std::vector<TestSignal> signals;
    bool fires = false;  // the rule
  };
  struct Survivor {
    const CheckedCorrelation* changed = nullptr;
    KillingSignals killer;
  };

  [[nodiscard]] bool only_lookback_differs(const CorrelationMutant& mutant) const {
    if (mutant.changed.items.size() != original_.items.size() || mutant.mistake != Mistake::window) return false;
    // How soon the first comes is never asked, nor how soon those of a Group come.
    return !original_.ordered ||
           std::ranges::equal(std::span(mutant.changed.items).subspan(1), std::span(original_.items).subspan(1), {},
                              &Item::within, &Item::within);
  }

  // Whether the two disagree: then what the rule says. Nothing once too much was spent.
  std::optional<bool> disagreement(const CheckedCorrelation& mutant, std::span<const TestSignal> signals) {
    if (signals.size() > left_) left_ = 0;
    if (left_ == 0) return std::nullopt;
    left_ -= signals.size();
    const bool says = fires(original_, signals);
    return fires(mutant, signals) == says ? std::nullopt : std::optional(says);
  }

  // One change, or two.
  std::optional<KillingSignals> find(const CheckedCorrelation& mutant) {
    const std::vector<TestSignal>& unchanged = starts_.back().signals;
    if (const auto says = disagreement(mutant, unchanged)) return KillingSignals{nullptr, {}, unchanged, *says};
    for (const Start& start : starts_) {
      for (ChangedSignals& one : signal_changes(start.signals, original_, mutant)) {
        const auto says = disagreement(mutant, one.signals);
        if (says) return KillingSignals{start.test, {std::move(one.change)}, std::move(one.signals), *says};
      }
    }
    for (const Start& start : starts_) {
      for (const ChangedSignals& first : signal_changes(start.signals, original_, mutant)) {
        for (ChangedSignals& second : signal_changes(first.signals, original_, mutant)) {
          const auto says = disagreement(mutant, second.signals);
          if (says) {
            return KillingSignals{
                start.test, {first.change, std::move(second.change)}, std::move(second.signals), *says};
          }
          if (left_ == 0) return std::nullopt;
        }
      }
    }
    return std::nullopt;
  }

  const CheckedCorrelation& original_;
  const MutationOptions& options_;
  std::vector<Start> starts_;  // the tests, and signals that just make the rule fire
  std::size_t tests_ = 0;
  std::vector<Survivor> survivors_;
  std::size_t left_ = 0;  // signals that may still be taken
};

}  // namespace

std::vector<RuleMutation> mutate_correlations(const std::vector<const CheckedCorrelation*>& correlations,
                                              const MutationOptions& options) {
  std::vector<RuleMutation> mutations(correlations.size());
  for_each_index(correlations.size(), options.tests.threads, 1, [&](std::size_t i) {
    mutations[i].correlation = correlations[i];
    if (correlations[i]->rule->format == RuleFormat::sigma) return;
    const std::vector<CorrelationMutant> mutants = correlation_mutants(*correlations[i]);
    CorrelationTrial trial(*correlations[i], options);
    for (const CorrelationMutant& mutant : mutants) mutations[i].mutants.push_back(trial.judge(mutant));
    if (options.propose) mutations[i].proposals = trial.proposals();
  });
  return mutations;
}

}  // namespace picket
