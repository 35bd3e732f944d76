// Which pages there are, and what each is of.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/catalog/catalog.hpp"

namespace picket::site {

// Rules that have something in common, which has a page.
struct RuleGroup {
  std::string name;
  std::string page;  // its path within the site: "fields/userAgent.html"
  std::vector<RuleIndex> rules;
  std::vector<IndicatorIndex> indicators;  // of a field: all that is asked of it
};

// Groups by name, in the order of names.
class GroupTable {
 public:
  // `groups` by their names; the groups' pages lie in `folder`.
  GroupTable(std::string_view folder, std::map<std::string, RuleGroup> groups);

  [[nodiscard]] const std::vector<RuleGroup>& all() const { return groups_; }
  // Null if there is none of that name.
  [[nodiscard]] const RuleGroup* find(std::string_view name) const;

 private:
  std::vector<RuleGroup> groups_;
};

class SiteMap {
 public:
  explicit SiteMap(const Catalog& catalog);

  // Paths within the site, with `/` between folder and file.
  [[nodiscard]] std::string rule_page(RuleIndex rule) const { return "rules/" + rules_[rule] + ".html"; }
  [[nodiscard]] std::string rule_yaml(RuleIndex rule) const { return "yaml/" + rules_[rule] + ".yml"; }
  [[nodiscard]] std::string rule_json(RuleIndex rule) const { return "json/" + rules_[rule] + ".json"; }
  // Of one that several rules look for or leave out; empty for others.
  [[nodiscard]] const std::string& indicator_page(IndicatorIndex indicator) const { return indicators_[indicator]; }

  GroupTable fields;  // what indicators are of
  GroupTable log_types;
  GroupTable techniques;  // by id
  GroupTable packs;       // by id
  GroupTable libraries;   // by id; rules are those that use it

 private:
  std::vector<std::string> rules_;
  std::vector<std::string> indicators_;
};

}  // namespace picket::site
