// What `udm` means to a rule, and what the mappings of a data model mean. Internal to engine/analyse.
#pragma once

#include <set>
#include <string>

#include "engine/analyse/checked.hpp"
#include "engine/analyse/lowering.hpp"
#include "engine/pack/pack.hpp"

namespace picket {

// The names that a rule's texts may use. REQUIRES: the models of the pack are checked.
[[nodiscard]] Lowering::UdmNames udm_names_of(const Rule& rule, const CheckedPack& checked, const Pack& pack);

// Queries whose rows scheduled rules judge, and no other rules: data models are for logs, and serve none of them.
[[nodiscard]] std::set<std::string> queries_of(const Pack& pack);

// The value of a mapping. A path that `[*]` leads to several places gives what is at the one that is there: of several
// their list, of none null. (Several are an error in Panther, which a rule here could not be told of.)
[[nodiscard]] Expr value_of(const DataModel::MappingEntry& mapping);

}  // namespace picket
