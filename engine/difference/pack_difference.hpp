// What changed in meaning between two packs. The door of engine/difference, with alert_difference.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/difference/rule_difference.hpp"
#include "engine/pack/pack.hpp"

namespace picket {

enum class ItemKind : std::uint8_t { rule, library, data_model, lookup_table, pack };

// "rule", "library", "data model", "lookup table", "pack".
[[nodiscard]] std::string_view in_words(ItemKind kind);

struct ItemChange {
  ChangeKind kind{};
  ItemKind item{};
  std::string id;
  std::string title;            // its DisplayName, of the newer version; may be empty
  std::string severity;         // of rules: of the newer version
  std::string file;             // the newer one
  std::vector<KeyChange> keys;  // of what changed; empty otherwise
};

// A rule whose own file means what it did, and that asks for something that does not.
struct AffectedRule {
  std::string id;
  std::string file;
  std::vector<std::string> by;  // "aws.success", "udm.actor_user", "p_enrichment.partners"
};

struct PackDifference {
  std::vector<ItemChange> items;       // of each kind by id
  std::vector<AffectedRule> affected;  // by id
  std::size_t rules_before = 0;
  std::size_t rules_after = 0;

  [[nodiscard]] std::size_t count(ItemKind item, ChangeKind kind) const;
  [[nodiscard]] bool empty() const { return items.empty(); }
};

// Items are matched by id. Spelling, layout, order where none counts, comments, names of files and tests are no
// difference. REQUIRES: neither pack had errors, else what is broken counts as removed.
[[nodiscard]] PackDifference difference_of(const Pack& before, const Pack& after);

}  // namespace picket
