#include "engine/mutation/mutate.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "engine/analyse/analyse.hpp"
#include "engine/mutation/counting_mutants.hpp"
#include "engine/mutation/equivalence.hpp"
#include "engine/mutation/kill.hpp"
#include "engine/mutation/set_cover.hpp"
#include "engine/mutation/untried.hpp"
#include "engine/pack/pack.hpp"
#include "engine/parallel/for_each_index.hpp"
#include "engine/ruletest/setting.hpp"

namespace picket {
namespace {

// Rules whose mutants are analysed together, so that the libraries are analysed for many rules at once.
constexpr std::size_t rules_per_batch = 16;

constexpr std::size_t most_evaluations = 4'000;          // of one search
constexpr std::size_t most_steps_of_search = 2'000'000;  // of one search
constexpr std::size_t most_steps_of_rule = 40'000'000;   // of all searches for one rule

// A rule without its tests, which would be copied and searched for nothing.
Rule without_tests(const Rule& rule) {
  Rule copy = rule;
  copy.tests.clear();
  return copy;
}

// The mutants of some rules, made rules of a pack of their own: each rule as it is, then its mutants.
class Batch {
 public:
  Batch(const CheckedPack& pack, std::span<const CheckedRule* const> rules) : rules_(rules) {
    auto copies = std::make_shared<Pack>();
    copies->libraries = pack.pack->libraries;
    copies->data_models = pack.pack->data_models;
    copies->enrichment = pack.pack->enrichment;
    for (const CheckedRule* rule : rules) {
      const Rule bare = without_tests(*rule->rule);
      mutants_.push_back(mutants_of(*rule->rule));
      // What is inherited can be mistaken in the base only.
      std::erase_if(mutants_.back().list, [&](const Mutant& mutant) { return rule->rule->inherits(mutant.span); });
      copies->rules.push_back(bare);
      for (Mutant& mutant : mutants_.back().list) {
        Rule& changed = copies->rules.emplace_back(bare);
        changed.condition = std::move(mutant.condition);
        changed.definitions = std::move(mutant.definitions);
      }
    }
    AnalysisOptions options;
    options.lints = false;
    options.threads = 1;
    Diagnostics ignored;  // a mutant that does not compile is none
    checked_ = analyse(std::move(copies), options, ignored);
    std::map<const Rule*, const CheckedRule*> known;
    for (const CheckedRule& rule : checked_.rules) known.emplace(rule.rule, &rule);
    for (const Rule& rule : checked_.pack->rules) {
      const auto found = known.find(&rule);
      compiled_.push_back(found == known.end() ? nullptr : found->second);
    }
  }

  [[nodiscard]] const CheckedPack& pack() const { return checked_; }

  // Calls visit(rule's index, its mutants, the compiled rule and its mutants), for each rule.
  template <typename Visit>
  void each_rule(const Visit& visit) const {
    std::size_t at = 0;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      const std::size_t count = mutants_[i].list.size() + 1;
      visit(i, mutants_[i], std::span(compiled_).subspan(at, count));
      at += count;
    }
  }

 private:
  std::span<const CheckedRule* const> rules_;
  std::vector<Mutants> mutants_;
  CheckedPack checked_;
  std::vector<const CheckedRule*> compiled_;
};

// The rule as the batch has it, with the tests that the original has.
class Trial {
 public:
  Trial(const CheckedPack& pack, const CheckedRule& rule, const CheckedRule& same, const MutationOptions& options)
      : pack_(pack), rule_(rule), same_(same), options_(options), interpreter_(pack) {
    for (const RuleTest& test : rule.rule->tests) {
      if (verdict(same, test) == test.expected) tests_.push_back(&test);
    }
  }

  MutantResult judge(const Mutant& mutant, const CheckedRule& compiled) {
    MutantResult result = untried(mutant);
    for (const RuleTest* test : tests_) {
      if (verdict(compiled, *test) == test->expected) continue;
      result.fate = Fate::killed;
      result.killed_by = test;
      return result;
    }
    if (!options_.find_killers) return result;
    // The search begins with the tests of the rule as it was given.
    CheckedRule original = same_;
    original.rule = rule_.rule;
    const Opponents opponents{
        .pack = pack_, .original = original, .mutant = compiled, .mistake = mutant.mistake, .span = mutant.focus};
    SearchBudget budget{.evaluations = most_evaluations, .steps = std::min(most_steps_of_search, steps_left_)};
    const std::size_t steps = budget.steps;
    auto killer = find_killer(opponents, interpreter_, options_.tests, budget);
    if (killer) killer->null_will_do = null_will_do(*killer, compiled);
    steps_left_ -= steps - budget.steps;
    if (!killer && (budget.steps == 0 || steps_left_ == 0)) result.search = SearchEnd::given_up;
    if (!killer && proved_equivalent(opponents, interpreter_, options_.tests)) result.fate = Fate::equivalent;
    if (killer) {
      result.killer = *killer;
      survivors_.push_back({.compiled = &compiled, .killer = *killer});
    }
    return result;
  }

  MutantResult judge(const CountingMutant& mutant) {
    MutantResult result = untried(mutant);
    prepare_repetitions();
    for (const Repetition& asked : asked_) {
      if (!counts_otherwise(mutant.counting, asked)) continue;
      result.fate = Fate::killed;
      result.killed_by = asked.killer.base;
      return result;
    }
    if (!options_.find_killers) return result;
    if (rule_.rule->threshold.value > static_cast<std::int64_t>(most_times)) {
      result.search = SearchEnd::too_many;
    } else if (tried_.empty()) {
      result.search = SearchEnd::no_alert;
    }
    for (const Repetition& tried : tried_) {
      if (!counts_otherwise(mutant.counting, tried)) continue;
      recounted_.push_back({.counting = mutant.counting, .tried = &tried});
      result.killer = tried.killer;
      break;
    }
    return result;
  }

  // Where that would take too long, every event.
  std::vector<Killer> proposals() {
    std::vector<Killer> chosen;
    const std::size_t count = survivors_.size();
    const bool small = count * count * steps_of_one_ <= most_steps_of_rule;
    std::vector<std::vector<bool>> told(count, std::vector<bool>(count, false));
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t k = 0; small && k < count; ++k)
        told[i][k] = told_by(survivors_[i].killer, *survivors_[k].compiled);
      told[i][i] = true;
    }
    for (const std::size_t i : few_that_tell_all(told)) chosen.emplace_back(survivors_[i].killer);
    const std::size_t recounted = recounted_.size();
    std::vector<std::vector<bool>> recounts(recounted, std::vector<bool>(recounted, false));
    for (std::size_t i = 0; i < recounted; ++i) {
      for (std::size_t k = 0; k < recounted; ++k) {
        recounts[i][k] = counts_otherwise(recounted_[k].counting, *recounted_[i].tried);
      }
    }
    for (const std::size_t i : few_that_tell_all(recounts)) chosen.emplace_back(recounted_[i].tried->killer);
    return chosen;
  }

 private:
  struct Survivor {
    const CheckedRule* compiled = nullptr;
    KillingEvent killer;
  };
  // An event that comes again and again, what matches of it, and how many alerts the rule makes of that.
  struct Repetition {
    KillingTimes killer;
    std::vector<TestMatch> matches;
  };
  struct Recounted {
    Counting counting;
    const Repetition* tried = nullptr;  // in tried_
  };

  Repetition repetition(const RuleTest& test, std::vector<Time> times) {
    Repetition one{{&test, std::move(times), 0}, {}};
    one.matches = matches_at(interpreter_, same_, test, options_.tests, one.killer.times);
    one.killer.alerts = alert_times(*rule_.rule, counting_of(*rule_.rule), one.matches).size();
    return one;
  }

  [[nodiscard]] bool counts_otherwise(const Counting& counting, const Repetition& one) const {
    return alert_times(*rule_.rule, counting, one.matches).size() != one.killer.alerts;
  }

  // What tests ask of the number of alerts, and what may tell a mutant if they do not: times for the first of them
  // whose event alerts.
  void prepare_repetitions() {
    if (prepared_) return;
    prepared_ = true;
    const RuleTest* first = nullptr;
    for (const RuleTest* test : tests_) {
      if (!alerts(*rule_.rule, test->expected)) continue;
      if (first == nullptr) first = test;
      if (!test->expected_alerts) continue;
      Repetition asked = repetition(*test, test->times);
      const bool passes = static_cast<std::int64_t>(asked.killer.alerts) == test->expected_alerts->value;
      if (passes) asked_.push_back(std::move(asked));
    }
    if (first == nullptr || !options_.find_killers) return;
    for (std::vector<Time>& times : telling_times(*rule_.rule)) {
      tried_.push_back(repetition(*first, std::move(times)));
    }
  }

  bool null_will_do(const KillingEvent& killer, const CheckedRule& compiled) {
    KillingEvent with_null = killer;
    bool removes = false;
    for (const EventChange& change : killer.changes) {
      if (change.value || change.path.size() != 1) continue;
      removes = true;
      with_null.event = changed(with_null.event, {change.path, Value()});
    }
    return !removes || (told_by(with_null, compiled) && !told_by(with_null, same_));
  }

  // Whether the rule says something else of the event than is known of it.
  bool told_by(const KillingEvent& killer, const CheckedRule& compiled) {
    static const RuleTest plain;
    const TestSetting setting(compiled, killer.base == nullptr ? plain : *killer.base, options_.tests, killer.event);
    interpreter_.start(setting.input());
    return interpreter_.holds(compiled.condition) != killer.verdict && !interpreter_.exhausted();
  }

  // Nothing if the evaluation gave up.
  std::optional<bool> verdict(const CheckedRule& rule, const RuleTest& test) {
    const TestSetting setting(rule, test, options_.tests);
    interpreter_.start(setting.input());
    const bool holds = interpreter_.holds(rule.condition);
    steps_of_one_ = std::max(steps_of_one_, interpreter_.steps());
    return interpreter_.exhausted() ? std::nullopt : std::optional(holds);
  }

  const CheckedPack& pack_;
  const CheckedRule& rule_;
  const CheckedRule& same_;
  const MutationOptions& options_;
  Interpreter interpreter_;
  std::vector<const RuleTest*> tests_;
  std::vector<Survivor> survivors_;
  std::vector<Recounted> recounted_;
  bool prepared_ = false;
  std::vector<Repetition> asked_;
  std::vector<Repetition> tried_;
  std::size_t steps_of_one_ = 1;                 // evaluation, the longest of a test
  std::size_t steps_left_ = most_steps_of_rule;  // for searches
};

}  // namespace

const RuleMetadata& RuleMutation::about() const {
  if (correlation != nullptr) return *correlation->rule;
  return *rule->rule;
}

std::size_t RuleMutation::tests() const {
  return correlation != nullptr ? correlation->rule->tests.size() : rule->rule->tests.size();
}

std::size_t RuleMutation::count(Fate fate) const {
  return static_cast<std::size_t>(
      std::count_if(mutants.begin(), mutants.end(), [fate](const MutantResult& one) { return one.fate == fate; }));
}

std::vector<RuleMutation> mutate_rules(const CheckedPack& pack, const std::vector<const CheckedRule*>& rules,
                                       const MutationOptions& options) {
  std::vector<RuleMutation> mutations(rules.size());
  const std::size_t batches = (rules.size() + rules_per_batch - 1) / rules_per_batch;
  for_each_index(batches, options.tests.threads, 1, [&](std::size_t number) {
    const std::size_t begin = number * rules_per_batch;
    const auto some = std::span(rules).subspan(begin, std::min(rules_per_batch, rules.size() - begin));
    const Batch batch(pack, some);
    batch.each_rule([&](std::size_t i, const Mutants& mutants, auto compiled) {
      RuleMutation& mutation = mutations[begin + i];
      mutation.rule = some[i];
      mutation.left_out = mutants.left_out;
      if (compiled.front() == nullptr) return;
      Trial trial(batch.pack(), *some[i], *compiled.front(), options);
      for (std::size_t k = 0; k < mutants.list.size(); ++k) {
        if (compiled[k + 1] != nullptr) mutation.mutants.push_back(trial.judge(mutants.list[k], *compiled[k + 1]));
      }
      for (const CountingMutant& mutant : counting_mutants(*some[i]->rule)) {
        mutation.mutants.push_back(trial.judge(mutant));
      }
      if (options.propose) mutation.proposals = trial.proposals();
    });
  });
  return mutations;
}

}  // namespace picket
