// Which techniques of ATT&CK rules claim to detect.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/analyse/attack_claims.hpp"
#include "engine/analyse/checked.hpp"
#include "engine/attack/attack_table.hpp"
#include "engine/frontend/rule.hpp"

namespace picket {

// A rule, as far as coverage is concerned.
struct ClaimingRule {
  std::string id;
  Severity severity{};
};

// A technique or sub-technique in the column of a tactic.
struct TechniqueCoverage {
  const Technique* technique = nullptr;  // of the table
  std::vector<ClaimingRule> rules;       // that name it itself, each once, in the order given
  std::vector<TechniqueCoverage> subs;   // in the order of ids

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
  std::size_t rules = 0;              // that were looked at
  std::vector<ClaimingRule> without;  // those of them that name no technique
  std::size_t unknown_claims = 0;     // items that name nothing in the table, or are malformed
};

// A rule, and what it says of ATT&CK.
struct AttackStatement {
  ClaimingRule rule;
  AttackClaims claims;
};

// Those of the rules and correlations of a pack, in its order; of disabled ones only if asked for. Rules with errors
// detect nothing, and are not in the pack.
[[nodiscard]] std::vector<AttackStatement> attack_statements(const CheckedPack& pack, bool disabled);

// A claim counts in the column of its tactic; if the technique does not belong there, and for tags, in all of the
// technique's columns. Revoked ids count as what has taken their place.
[[nodiscard]] AttackCoverage coverage_of(const std::vector<AttackStatement>& statements,
                                         std::shared_ptr<const AttackTable> table);

}  // namespace picket
