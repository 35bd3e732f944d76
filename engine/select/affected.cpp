#include "engine/select/affected.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

namespace picket {
namespace {

using Used = std::vector<Located<std::string>>;  // a `Use`

// What is known of files that lean on others.
class Leaning {
 public:
  Leaning(const Pack& pack, const std::function<bool(const Source&)>& changed) : changed_(changed) {
    for (const Library& library : pack.libraries) libraries_.emplace(library.id.value, &library);
    for (const DataModel& model : pack.data_models) {
      if (!changed(*model.source) && !reaches_change(model.libraries)) continue;
      for (const auto& log_type : model.log_types) changed_log_types_.insert(log_type.value);
    }
    for (const LookupTable& table : pack.lookup_tables) {
      if (!changed(*table.source) && (table.rows == nullptr || !changed(*table.rows))) continue;
      for (const auto& one : table.log_types) enriched_log_types_.insert(one.log_type.value);
    }
  }

  [[nodiscard]] bool affects(const Rule& rule) const {
    if (changed_(*rule.source) || reaches_change(rule.libraries)) return true;
    if (rule.descent && std::ranges::any_of(rule.descent->bases, [&](const auto& base) { return changed_(*base); }))
      return true;
    const bool model_changed = std::any_of(rule.log_types.begin(), rule.log_types.end(), [&](const auto& log_type) {
      return changed_log_types_.contains(log_type.value);
    });
    if (std::ranges::any_of(rule.log_types, [&](const auto& type) { return enriched_log_types_.contains(type.value); }))
      return true;
    const bool base_asks =
        rule.descent && std::ranges::any_of(rule.descent->bases, [](const auto& base) { return asks_model(*base); });
    return model_changed &&
           (asks_model(*rule.source) || base_asks ||
            any_used(rule.libraries, [](const Library& library) { return asks_model(*library.source); }));
  }

 private:
  static bool asks_model(const Source& source) { return source.text().find("udm") != std::string_view::npos; }

  // Whether the predicate holds for a library that is used, directly or not. Libraries may use one another in circles.
  template <typename Predicate>
  [[nodiscard]] bool any_used(const Used& used, const Predicate& predicate) const {
    std::set<const Library*> seen;
    std::vector<const Used*> open{&used};
    while (!open.empty()) {
      const Used& names = *open.back();
      open.pop_back();
      for (const auto& name : names) {
        const auto found = libraries_.find(name.value);
        if (found == libraries_.end() || !seen.insert(found->second).second) continue;
        if (predicate(*found->second)) return true;
        open.push_back(&found->second->libraries);
      }
    }
    return false;
  }
  [[nodiscard]] bool reaches_change(const Used& used) const {
    return any_used(used, [this](const Library& library) { return changed_(*library.source); });
  }

  const std::function<bool(const Source&)>& changed_;
  std::map<std::string, const Library*> libraries_;
  std::set<std::string> changed_log_types_;   // whose data model has changed
  std::set<std::string> enriched_log_types_;  // of whose events a changed table says something
};

}  // namespace

std::set<const RuleMetadata*> affected_rules(const Pack& pack, const std::function<bool(const Source&)>& changed) {
  const Leaning leaning(pack, changed);
  std::set<const RuleMetadata*> affected;
  for (const Rule& rule : pack.rules) {
    if (leaning.affects(rule)) affected.insert(&rule);
  }
  for (const CorrelationRule& correlation : pack.correlations) {
    if (changed(*correlation.source)) affected.insert(&correlation);
  }
  // Correlations may be made of others, so until no more are found.
  for (std::size_t before = 0; before != affected.size();) {
    before = affected.size();
    std::set<std::string_view> ids;
    for (const RuleMetadata* rule : affected) ids.insert(rule->id.value);
    for (const CorrelationRule& correlation : pack.correlations) {
      const bool through_rules = std::any_of(correlation.items.begin(), correlation.items.end(),
                                             [&](const auto& item) { return ids.contains(item.rule.value); });
      if (through_rules) affected.insert(&correlation);
    }
  }
  return affected;
}

}  // namespace picket
