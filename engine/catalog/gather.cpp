#include "engine/catalog/gather.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <unordered_map>

#include "engine/analyse/attack_claims.hpp"
#include "engine/frontend/correlation_rule.hpp"
#include "engine/pack/pack.hpp"
#include "engine/parallel/for_each_index.hpp"
#include "grammar/ast/print.hpp"

namespace picket {
namespace {

constexpr std::size_t rules_per_thread = 32;

// What is in use in the place of the id; empty for one that is not in the table.
std::string current_technique(const AttackTable& table, const std::string& id) {
  const Technique* found = table.find_technique(id);
  const Technique* current = found == nullptr ? nullptr : table.current(*found);
  return current == nullptr ? std::string() : current->id;
}
std::string current_tactic(const AttackTable& table, const std::string& id) {
  const Tactic* found = table.find_tactic(id);
  const Tactic* current = found == nullptr ? nullptr : table.current(*found);
  return current == nullptr ? std::string() : current->id;
}

std::vector<CatalogClaim> claims_of(const RuleMetadata& rule, const AttackTable& table) {
  std::vector<CatalogClaim> claims;
  for (const AttackClaim& claim : attack_claims(rule).claims) {
    CatalogClaim one{current_tactic(table, claim.tactic), current_technique(table, claim.technique)};
    if (!one.tactic.empty() || !one.technique.empty()) claims.push_back(std::move(one));
  }
  // A tag that names a tactic or a technique alone adds nothing to a claim that names both.
  std::vector<CatalogClaim> whole = claims;
  std::erase_if(whole, [](const CatalogClaim& claim) { return claim.tactic.empty() || claim.technique.empty(); });
  std::erase_if(claims, [&whole](const CatalogClaim& claim) {
    if (!claim.tactic.empty() && !claim.technique.empty()) return false;
    return std::ranges::any_of(whole, [&](const CatalogClaim& other) {
      return claim.technique.empty() ? claim.tactic == other.tactic : claim.technique == other.technique;
    });
  });
  std::ranges::sort(claims);
  claims.erase(std::unique(claims.begin(), claims.end()), claims.end());
  return claims;
}

CatalogRule facts_of_metadata(const RuleMetadata& about, const AttackTable& table) {
  CatalogRule facts;
  facts.id = about.id.value;
  facts.title = about.display_name.empty() ? about.id.value : about.display_name;
  facts.description = about.description;
  facts.source = about.source->name();
  facts.kind = about.kind;
  facts.format = about.format;
  facts.severity = about.severity.value;
  facts.enabled = about.enabled;
  facts.status = about.status;
  for (const Located<std::string>& log_type : about.log_types) facts.log_types.push_back(log_type.value);
  for (const Located<std::string>& tag : about.tags) facts.tags.push_back(tag.value);
  facts.attack = claims_of(about, table);
  return facts;
}

void add_figures(const GatheredRule& rule, CatalogFigures& figures) {
  figures.tests = rule.tests.size();
  for (const TestResult& test : rule.tests) figures.passed += test.passed() ? 1 : 0;
  if (rule.coverage != nullptr) {
    const Share share = shares_of(*rule.coverage).mcdc;
    figures.independent = share.reached;
    figures.comparisons = share.all;
  }
  if (rule.mutation != nullptr) {
    figures.killed = rule.mutation->count(Fate::killed);
    figures.mutants = figures.killed + rule.mutation->count(Fate::survived);
  }
}

std::vector<GatheredRule> rules_of(const CheckedPack& pack) {
  std::vector<GatheredRule> rules;
  for (const CheckedRule& rule : pack.rules) rules.emplace_back(rule.rule, &rule, nullptr);
  for (const CheckedCorrelation& rule : pack.correlations) rules.emplace_back(rule.rule, nullptr, &rule);
  return rules;
}

void run_all_tests(const CheckedPack& pack, const TestOptions& options, std::vector<GatheredRule>& rules) {
  std::vector<TestCase> cases;
  for (const GatheredRule& rule : rules) {
    if (rule.rule != nullptr) {
      for (const RuleTest& test : rule.rule->rule->tests) cases.push_back({.rule = rule.rule, .test = &test});
    } else {
      for (const CorrelationTest& test : rule.correlation->rule->tests) {
        cases.push_back({.correlation = rule.correlation, .correlation_test = &test});
      }
    }
  }
  std::vector<TestResult> results = run_tests(pack, cases, options);
  std::size_t next = 0;
  for (GatheredRule& rule : rules) {
    while (next < results.size() && &results[next].test_case.about() == rule.about) {
      rule.tests.push_back(std::move(results[next++]));
    }
  }
}

std::vector<CatalogLibrary> libraries_of(const Pack& pack) {
  std::vector<CatalogLibrary> libraries;
  for (const Library& library : pack.libraries) {
    CatalogLibrary one{library.id.value, library.description, library.source->name(), {}, {}};
    for (const Definition& definition : library.definitions) {
      one.text += print(definition) + "\n";
      one.names.push_back(definition.name);
    }
    libraries.push_back(std::move(one));
  }
  return libraries;
}

}  // namespace

std::unique_ptr<const Gathered> gather(const CheckedPack& pack, const GatherOptions& options) {
  auto gathered = std::make_unique<Gathered>();
  gathered->rules = rules_of(pack);
  run_all_tests(pack, options.tests, gathered->rules);
  std::vector<const CheckedRule*> checked;
  for (const CheckedRule& rule : pack.rules) checked.push_back(&rule);
  gathered->coverage = cover_rules(pack, checked, options.tests);
  for (std::size_t i = 0; i < checked.size(); ++i) gathered->rules[i].coverage = &gathered->coverage.rules[i];
  if (options.mutate) {
    const MutationOptions mutation{.tests = options.tests, .find_killers = true, .propose = false};
    gathered->mutations = mutate_rules(pack, checked, mutation);
    std::vector<const CheckedCorrelation*> correlations;
    for (const CheckedCorrelation& rule : pack.correlations) correlations.push_back(&rule);
    std::ranges::move(mutate_correlations(correlations, mutation), std::back_inserter(gathered->mutations));
    for (std::size_t i = 0; i < gathered->rules.size(); ++i) gathered->rules[i].mutation = &gathered->mutations[i];
  }

  std::map<std::string, std::vector<std::string>, std::less<>> packs_of_id;
  for (const PackManifest& manifest : pack.pack->manifests) {
    const std::string& id = manifest.id.value;
    gathered->packs.push_back({id, manifest.display_name.empty() ? id : manifest.display_name, manifest.description});
    for (const Located<std::string>& member : manifest.ids) packs_of_id[member.value].push_back(id);
  }
  gathered->libraries = libraries_of(*pack.pack);

  gathered->facts.resize(gathered->rules.size());
  for_each_index(gathered->rules.size(), options.tests.threads, rules_per_thread, [&](std::size_t i) {
    const GatheredRule& rule = gathered->rules[i];
    CatalogRule facts = facts_of_metadata(*rule.about, *options.attack);
    if (rule.rule != nullptr) {
      facts.indicators = indicators_of(pack, *rule.rule);
      facts.conjunction = conjunction_of(pack, *rule.rule);
      facts.output_fields = output_fields_of(pack, *rule.rule);
      for (const Located<std::string>& library : rule.rule->rule->libraries) facts.libraries.push_back(library.value);
    }
    if (rule.correlation != nullptr) {
      for (const CheckedCorrelation::Item& item : rule.correlation->items) {
        for (const SignalSource& source : item.sources) facts.signals.push_back(source.rule);
      }
    }
    add_figures(rule, facts.figures);
    if (const auto found = packs_of_id.find(facts.id); found != packs_of_id.end()) {
      facts.packs = found->second;
      std::ranges::sort(facts.packs);
    }
    if (options.changes) facts.changes = options.changes(facts.source);
    gathered->facts[i] = std::move(facts);
  });
  return gathered;
}

}  // namespace picket
