// A collection of rules as facts: what each rule is, looks for, leaves out and reports, and which rules share what. The
// door of engine/catalog; engine/site makes pages of it.
//
// A catalog holds values only, so that what is known of a rule can be kept when its file is not read again. It is
// immutable once made, and safe to share between threads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/attack/attack_table.hpp"
#include "engine/catalog/conjunction.hpp"
#include "engine/catalog/indicators.hpp"
#include "engine/catalog/output_fields.hpp"
#include "engine/frontend/rule.hpp"

namespace picket {

// An index into Catalog::rules().
using RuleIndex = std::uint32_t;
// An index into Catalog::indicators().
using IndicatorIndex = std::uint32_t;

// A technique that a rule claims to detect, and the tactic that it is claimed for; ids of the table that are in use.
// Of a tag that names only one of the two, the other is empty.
struct CatalogClaim {
  std::string tactic;
  std::string technique;
  friend auto operator<=>(const CatalogClaim&, const CatalogClaim&) = default;
};

// What the tests of a rule came to.
struct CatalogFigures {
  std::size_t tests = 0;
  std::size_t passed = 0;
  std::size_t independent = 0;  // comparisons that are covered by MC/DC …
  std::size_t comparisons = 0;  // … of so many
  std::size_t killed = 0;       // mutants that a test notices …
  std::size_t mutants = 0;      // … of so many that it could; 0 if none were made
};

// The first and the last change of a rule's file, in seconds since 1970.
struct ChangeTimes {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

struct CatalogRule {
  std::string id;
  std::string title;  // the display name, else the id
  std::string description;
  std::string source;  // the file's name
  RuleKind kind = RuleKind::rule;
  RuleFormat format = RuleFormat::picket;
  Severity severity{};
  bool enabled = true;
  std::string status;
  std::vector<std::string> log_types;
  std::vector<std::string> tags;
  std::vector<CatalogClaim> attack;    // sorted, each once
  std::vector<std::string> libraries;  // ids of those whose definitions it uses
  std::vector<std::string> packs;      // ids of the manifests that name it, sorted
  std::vector<std::string> signals;    // of a correlation rule: ids of the rules whose signals it counts
  Indicators indicators;
  Conjunction conjunction;
  std::vector<OutputField> output_fields;
  CatalogFigures figures;
  std::optional<ChangeTimes> changes;

  // Of each value of `indicators.rows` in order, then of each of its exclusions: which indicator of the catalog that
  // is.
  std::vector<IndicatorIndex> keys;
};

// How many rules of each format.
using FormatCounts = std::array<std::size_t, 3>;

// A value that some rule looks for, or leaves out, and which rules do.
struct CatalogIndicator {
  std::string field;
  IndicatorKind kind{};
  IndicatorValue value;             // as the first rule writes it
  std::vector<RuleIndex> rules;     // that look for it, ascending
  std::vector<RuleIndex> excluded;  // that leave it out, ascending
  FormatCounts formats{};           // of `rules`
  FormatCounts excluded_formats{};  // of `excluded`

  [[nodiscard]] bool shared() const { return rules.size() + excluded.size() > 1; }
};

struct CatalogLibrary {
  std::string id;
  std::string description;
  std::string source;
  std::string text;                // the definitions, a line each, as they are printed
  std::vector<std::string> names;  // of the definitions, in order
};

struct CatalogPack {
  std::string id;
  std::string title;
  std::string description;
};

// A rule that is like another, and why.
struct SimilarRule {
  RuleIndex rule = 0;
  double weight = 0;                   // the sum of 1 / (how many rules share it - 1) over `shared`
  std::vector<IndicatorIndex> shared;  // the rarest first
};

class Catalog {
 public:
  Catalog(std::vector<CatalogRule> rules, std::vector<CatalogLibrary> libraries, std::vector<CatalogPack> packs,
          std::shared_ptr<const AttackTable> attack);

  // Sorted by id.
  [[nodiscard]] const std::vector<CatalogRule>& rules() const { return rules_; }
  [[nodiscard]] std::vector<CatalogRule> take_rules() && { return std::move(rules_); }
  [[nodiscard]] const std::vector<CatalogIndicator>& indicators() const { return indicators_; }
  [[nodiscard]] const std::vector<CatalogLibrary>& libraries() const { return libraries_; }
  [[nodiscard]] const std::vector<CatalogPack>& packs() const { return packs_; }
  [[nodiscard]] const AttackTable& attack() const { return *attack_; }
  [[nodiscard]] const std::shared_ptr<const AttackTable>& attack_table() const { return attack_; }
  [[nodiscard]] std::optional<RuleIndex> find(std::string_view id) const;

  // How many of the rules are of each format.
  [[nodiscard]] FormatCounts formats_of(const std::vector<RuleIndex>& rules) const;
  // Rules that look for what this one looks for, the most alike first; of values that very many rules look for none.
  [[nodiscard]] std::vector<SimilarRule> similar_to(RuleIndex rule, std::size_t most) const;

 private:
  std::vector<CatalogRule> rules_;
  std::vector<CatalogIndicator> indicators_;
  std::vector<CatalogLibrary> libraries_;
  std::vector<CatalogPack> packs_;
  std::shared_ptr<const AttackTable> attack_;
};

}  // namespace picket
