#include "engine/site/rebuild.hpp"

#include <algorithm>
#include <array>

namespace picket::site {
namespace {

// Beyond this many pages of rules it is no less work than all of them.
constexpr std::size_t most_rules = 1'000;

class Search {
 public:
  Search(const Site& before, const Site& after, const std::set<std::string>& changed)
      : before_(before), after_(after), changed_(changed) {}

  // Rules that share an indicator with a changed one, as it was or as it is, and those within it or around it: counts,
  // lists of similar rules and titles on their pages may be others.
  void add_rules() {
    for (const std::string& id : changed_) {
      add_rules_near(before_, id);
      add_rules_near(after_, id);
    }
  }

  [[nodiscard]] bool names_moved() const {
    for (RuleIndex i = 0; i < after_.catalog.rules().size(); ++i) {
      const auto old = before_.catalog.find(after_.catalog.rules()[i].id);
      if (old && before_.map.rule_page(*old) != after_.map.rule_page(i)) return true;
    }
    for (const auto table : tables) {
      for (const RuleGroup& group : (after_.map.*table).all()) {
        const RuleGroup* old = (before_.map.*table).find(group.name);
        if (old != nullptr && old->page != group.page) return true;
      }
    }
    return false;
  }

  [[nodiscard]] std::optional<Concerned> take() {
    if (rules_.size() > most_rules) return std::nullopt;
    Concerned concerned{{rules_.begin(), rules_.end()}, {}};
    for (const auto table : tables) {
      for (const RuleGroup& group : (after_.map.*table).all()) {
        const RuleGroup* old = (before_.map.*table).find(group.name);
        if (old == nullptr || holds(group.rules) || had_changed(*old)) concerned.groups.insert(group.page);
      }
    }
    // An indicator's page tells of the rules that have it, no more.
    for (const Site* site : {&before_, &after_}) {
      for (const std::string& id : changed_) {
        const auto rule = site->catalog.find(id);
        if (!rule) continue;
        for (const IndicatorIndex key : site->catalog.rules()[*rule].keys) {
          const std::string& page = site->map.indicator_page(key);
          if (!page.empty()) concerned.groups.insert(page);
        }
      }
    }
    return concerned;
  }

 private:
  static constexpr std::array tables = {&SiteMap::fields, &SiteMap::log_types, &SiteMap::techniques, &SiteMap::packs,
                                        &SiteMap::libraries};

  void add(const Site& site, RuleIndex rule) {
    if (const auto now = after_.catalog.find(site.catalog.rules()[rule].id)) rules_.insert(*now);
  }

  void add_rules_near(const Site& site, const std::string& id) {
    const auto rule = site.catalog.find(id);
    if (!rule) return;
    add(site, *rule);
    for (const IndicatorIndex key : site.catalog.rules()[*rule].keys) {
      const CatalogIndicator& indicator = site.catalog.indicators()[key];
      if (indicator.rules.size() + indicator.excluded.size() > most_rules) {
        rules_.clear();
        for (RuleIndex i = 0; i < after_.catalog.rules().size(); ++i) rules_.insert(i);
        return;
      }
      for (const auto* others : {&indicator.rules, &indicator.excluded}) {
        for (const RuleIndex other : *others) add(site, other);
      }
    }
    for (const auto* others : {&site.implications.wider[*rule], &site.implications.narrower[*rule]}) {
      for (const RuleIndex other : *others) add(site, other);
    }
  }

  [[nodiscard]] bool holds(const std::vector<RuleIndex>& rules) const {
    return std::ranges::any_of(rules, [&](RuleIndex rule) { return rules_.contains(rule); });
  }
  [[nodiscard]] bool had_changed(const RuleGroup& group) const {
    return std::ranges::any_of(group.rules,
                               [&](RuleIndex rule) { return changed_.contains(before_.catalog.rules()[rule].id); });
  }

  const Site& before_;
  const Site& after_;
  const std::set<std::string>& changed_;
  std::set<RuleIndex> rules_;
};

}  // namespace

std::optional<Concerned> concerned_by(const Site& before, const Site& after, const std::set<std::string>& changed) {
  Search search(before, after, changed);
  if (search.names_moved()) return std::nullopt;
  search.add_rules();
  return search.take();
}

}  // namespace picket::site
