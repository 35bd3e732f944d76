// Files of the site that programs read. Internal to engine/site.
#pragma once

#include <string>

#include "engine/site/site.hpp"

namespace picket::site {

// `picketCatalog={…}`: what search.js searches, which says how it is laid out.
[[nodiscard]] std::string search_data(const Site& site);
// All rules' facts: {"rules": [append_facts(), …]}.
[[nodiscard]] std::string rules_json(const Site& site);
// The rules that changed last, as an Atom feed (RFC 4287).
[[nodiscard]] std::string feed(const Site& site);
// Every page (sitemaps.org). REQUIRES: it is known where the site will lie.
[[nodiscard]] std::string sitemap(const Site& site);

}  // namespace picket::site
