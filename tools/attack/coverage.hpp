// Which techniques of ATT&CK rules claim to detect.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/attack/attack_table.hpp"
#include "engine/frontend/rule.hpp"

namespace picket {

// A technique or sub-technique in the column of a tactic.
struct TechniqueCoverage {
  const Technique* technique = nullptr;    // of the table
  std::vector<const RuleMetadata*> rules;  // that name it itself, each once, in the pack's order
  std::vector<TechniqueCoverage> subs;     // in the order of ids

  [[nodiscard]] bool covered() const;  // itself, or one of its sub-techniques
  // The highest severity of the rules that name it itself.
  [[nodiscard]] std::optional<Severity> severity() const;
};

// How many of how many.
struct AttackShare {
  std::size_t covered = 0;
  std::size_t known = 0;
};

struct TacticCoverage {
  const Tactic* tactic = nullptr;
  std::vector<TechniqueCoverage> techniques;  // all that are in use, in the order of ids
  AttackShare share;                          // of techniques, without their sub-techniques
};

struct AttackCoverage {
  std::shared_ptr<const AttackTable> table;  // keeps what the pointers point to
  std::vector<TacticCoverage> tactics;       // all that are in use, in the order of the matrix
  AttackShare techniques;                    // each once, in however many columns it stands
  AttackShare sub_techniques;
  std::size_t rules = 0;                     // that were looked at
  std::vector<const RuleMetadata*> without;  // those of them that name no technique
  std::size_t unknown_claims = 0;            // items that name nothing in the table, or are malformed
};

struct CoverageOptions {
  bool disabled = false;  // count disabled rules, too
};

// A claim counts in the column of its tactic; if the technique does not belong there, and for tags, in all of the
// technique's columns. Revoked ids count as what has taken their place. Rules with errors detect nothing,
// and are not in the pack. The pack must outlive the result.
[[nodiscard]] AttackCoverage coverage_of(const CheckedPack& pack, std::shared_ptr<const AttackTable> table,
                                         const CoverageOptions& options);

}  // namespace picket
