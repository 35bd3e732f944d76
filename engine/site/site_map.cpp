#include "engine/site/site_map.hpp"

#include <algorithm>
#include <utility>

#include "engine/site/names.hpp"

namespace picket::site {
namespace {

using Groups = std::map<std::string, RuleGroup>;

void add(Groups& groups, const std::string& name, RuleIndex rule) {
  std::vector<RuleIndex>& rules = groups[name].rules;
  if (rules.empty() || rules.back() != rule) rules.push_back(rule);
}

Groups fields_of(const Catalog& catalog) {
  Groups groups;
  for (IndicatorIndex i = 0; i < catalog.indicators().size(); ++i) {
    const CatalogIndicator& indicator = catalog.indicators()[i];
    RuleGroup& group = groups[indicator.field];
    group.indicators.push_back(i);
    for (const auto* rules : {&indicator.rules, &indicator.excluded}) {
      group.rules.insert(group.rules.end(), rules->begin(), rules->end());
    }
  }
  for (auto& [name, group] : groups) {
    std::ranges::sort(group.rules);
    group.rules.erase(std::unique(group.rules.begin(), group.rules.end()), group.rules.end());
  }
  return groups;
}

template <typename NamesOf>
Groups grouped(const Catalog& catalog, NamesOf names_of) {
  Groups groups;
  for (RuleIndex i = 0; i < catalog.rules().size(); ++i) {
    for (const auto& name : names_of(catalog.rules()[i])) add(groups, name, i);
  }
  return groups;
}

std::vector<std::string> techniques_of(const CatalogRule& rule) {
  std::vector<std::string> ids;
  for (const CatalogClaim& claim : rule.attack) {
    if (!claim.technique.empty()) ids.push_back(claim.technique);
  }
  return ids;
}

Groups packs_of(const Catalog& catalog) {
  Groups groups = grouped(catalog, [](const CatalogRule& rule) { return rule.packs; });
  for (const CatalogPack& pack : catalog.packs()) groups[pack.id];
  return groups;
}

// Only those that are in the catalog have a page.
Groups libraries_of(const Catalog& catalog) {
  Groups groups;
  for (const CatalogLibrary& library : catalog.libraries()) groups[library.id];
  for (RuleIndex i = 0; i < catalog.rules().size(); ++i) {
    for (const std::string& id : catalog.rules()[i].libraries) {
      if (groups.contains(id)) add(groups, id, i);
    }
  }
  return groups;
}

}  // namespace

// NOLINTNEXTLINE(performance-unnecessary-value-param): what it holds is moved out
GroupTable::GroupTable(std::string_view folder, std::map<std::string, RuleGroup> groups) {
  std::vector<std::string_view> names;
  for (const auto& [name, group] : groups) names.push_back(name);
  const std::vector<std::string> files = file_names(names);
  std::size_t next = 0;
  for (auto& [name, group] : groups) {
    group.name = name;
    group.page = std::string(folder) + "/" + files[next++] + ".html";
    groups_.push_back(std::move(group));
  }
}

const RuleGroup* GroupTable::find(std::string_view name) const {
  const auto found = std::ranges::lower_bound(groups_, name, {}, &RuleGroup::name);
  return found == groups_.end() || found->name != name ? nullptr : &*found;
}

SiteMap::SiteMap(const Catalog& catalog)
    : fields("fields", fields_of(catalog)),
      log_types("log-types", grouped(catalog, [](const CatalogRule& rule) { return rule.log_types; })),
      techniques("techniques", grouped(catalog, techniques_of)),
      packs("packs", packs_of(catalog)),
      libraries("libraries", libraries_of(catalog)) {
  std::vector<std::string_view> ids;
  for (const CatalogRule& rule : catalog.rules()) ids.push_back(rule.id);
  rules_ = file_names(ids);
  indicators_.resize(catalog.indicators().size());
  for (IndicatorIndex i = 0; i < indicators_.size(); ++i) {
    const CatalogIndicator& indicator = catalog.indicators()[i];
    if (!indicator.shared()) continue;
    // What is the same indicator has the same name, whichever rule comes first: that of indicator_key().
    const IndicatorRow row{indicator.field, indicator.kind, false, {}};
    const std::string key = indicator_key(row, indicator.value);
    indicators_[i] = "indicators/" + file_names({key}).front() + ".html";
  }
}

}  // namespace picket::site
