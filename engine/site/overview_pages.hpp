// The pages that the site's navigation leads to. Internal to engine/site.
#pragma once

#include "engine/catalog/attack_coverage.hpp"
#include "engine/site/site.hpp"

namespace picket::site {

void make_index(const Site& site, const TakeFile& take);
void make_fields_overview(const Site& site, const TakeFile& take);
void make_indicators_overview(const Site& site, const TakeFile& take);
void make_log_types_overview(const Site& site, const TakeFile& take);
void make_packs_overview(const Site& site, const TakeFile& take);
void make_statistics(const Site& site, const AttackCoverage& coverage, const TakeFile& take);
// The ATT&CK matrix, each technique as dark as it has rules.
void make_matrix(const Site& site, const AttackCoverage& coverage, const TakeFile& take);

}  // namespace picket::site
