// Which rules ask for a definition, a name of a data model or a lookup table, directly or through other definitions.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pack/pack.hpp"

namespace picket::difference {

// A definition of a library, "aws.success", a mapping of a data model for a log type, "udm.actor_user@AWS.CloudTrail",
// or a lookup table, "p_enrichment.partners".
using SharedName = std::string;

[[nodiscard]] SharedName name_in_library(const Library& library, std::string_view definition);
[[nodiscard]] SharedName name_in_model(std::string_view name, std::string_view log_type);
[[nodiscard]] SharedName name_in_events(std::string_view table);
// The name as a condition writes it.
[[nodiscard]] std::string_view as_written(std::string_view name);

class Dependents {
 public:
  // The pack is only read here; of the changed names some may not be in it.
  Dependents(const Pack& pack, const std::set<SharedName>& changed);

  // The changed names that the rule asks for, as a condition writes them, sorted; those that a variable of the rule
  // hides are counted too.
  [[nodiscard]] std::vector<std::string> asked_for_by(const Rule& rule) const;

 private:
  using Names = std::set<SharedName>;
  [[nodiscard]] Names resolved(const Names& written, const std::vector<Located<std::string>>* log_types) const;

  std::map<std::string, std::vector<std::string>, std::less<>> models_;  // log types by the names of their mappings
  std::map<SharedName, Names> reaches_;  // the changed names that a name leads to, itself among them
};

}  // namespace picket::difference
