// Which pages of a site a change of some rules concerns.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/site/site.hpp"

namespace picket::site {

// What must be made anew; everything else is as it was.
struct Concerned {
  std::vector<RuleIndex> rules;  // of the new site, ascending
  std::set<std::string> groups;  // paths of pages of fields, log types, techniques, packs, libraries, indicators
};

// `changed` are ids of rules that were changed, added or removed. Nothing if pages that no change concerns would have
// other names than before, or if it concerns so much that all may as well be made anew.
[[nodiscard]] std::optional<Concerned> concerned_by(const Site& before, const Site& after,
                                                    const std::set<std::string>& changed);

}  // namespace picket::site
