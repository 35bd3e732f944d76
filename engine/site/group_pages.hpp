// Pages of what rules have in common. Internal to engine/site.
#pragma once

#include "engine/site/site.hpp"

namespace picket::site {

void make_field_page(const Site& site, const RuleGroup& group, const TakeFile& take);
void make_indicator_page(const Site& site, IndicatorIndex index, const TakeFile& take);
void make_log_type_page(const Site& site, const RuleGroup& group, const TakeFile& take);
void make_technique_page(const Site& site, const RuleGroup& group, const TakeFile& take);
void make_pack_page(const Site& site, const RuleGroup& group, const TakeFile& take);
void make_library_page(const Site& site, const RuleGroup& group, const TakeFile& take);

}  // namespace picket::site
