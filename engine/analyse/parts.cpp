#include "engine/analyse/parts.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "engine/analyse/term_children.hpp"

namespace picket {

namespace {

class Collector {
 public:
  explicit Collector(const std::vector<CheckedDefinition>& definitions) : definitions_(definitions) {}

  void collect(const Term& term) {
    if (term.item != nullptr) return add_item(term);
    match(
        term.node, [&](const CompareTerm& t) { add_comparison(t.site, &t, term); },
        [&](const IsTerm& t) { add_comparison(t.site, nullptr, term); },
        [&](const TruthTerm& t) { add_comparison(t.site, nullptr, term); },
        [&](const SharedTerm& t) { collect_definition(t.definition); },
        [&](const LogicTerm& t) {
          for (std::size_t i = 0; i < t.operands.size(); ++i) {
            if (i < t.branches.size()) add(PartKind::branch, t.branches[i]);
            collect(t.operands[i]);
          }
        },
        [&](const IfTerm& t) {
          collect(*t.condition);
          add(PartKind::arm, t.then_site);
          collect(*t.then);
          add(PartKind::arm, t.otherwise_site);
          collect(*t.otherwise);
        },
        [&](const BinderTerm& t) {
          collect(*t.list);
          add(PartKind::body, t.site);
          collect(*t.body);
        },
        [&](const auto&) { collect_children(term); });
  }
  std::vector<ConditionPart> take() { return std::move(parts_); }

 private:
  void collect_children(const Term& term) {
    for_each_child(term, [this](const Term& child) { collect(child); });
  }

  // Whether the site is new.
  bool add(PartKind kind, const std::shared_ptr<const Site>& site) {
    if (site == nullptr) return false;
    if (!seen_.emplace(site->source.get(), site->span.begin, site->span.end, kind).second) return false;
    parts_.push_back({.kind = kind, .site = site, .comparison = nullptr, .item = nullptr, .opened = false});
    return true;
  }

  void add_comparison(const std::shared_ptr<const Site>& site, const CompareTerm* comparison, const Term& term) {
    const bool added = add(PartKind::comparison, site);
    const std::size_t at = parts_.size() - 1;
    if (added) parts_[at].comparison = comparison;
    collect_children(term);
    const auto* truth = std::get_if<TruthTerm>(&term.node);
    if (!added || truth == nullptr) return;
    if (const auto* shared = std::get_if<SharedTerm>(&truth->operand->node)) {
      parts_[at].opened =
          definitions_seen_.at(shared->definition) && definitions_[shared->definition].site.source == site->source;
    } else {
      parts_[at].opened = std::any_of(parts_.begin() + static_cast<std::ptrdiff_t>(at) + 1, parts_.end(),
                                      [&](const ConditionPart& part) {
                                        return part.kind == PartKind::comparison && part.site->source == site->source;
                                      });
    }
  }

  // Of what an item is made of only definitions and further items are parts: they have words of their own.
  void add_item(const Term& term) {
    const auto& site = term.item->site;
    const std::size_t at = parts_.size();
    const std::size_t definitions = definitions_seen_.size();
    const bool added = add(PartKind::comparison, site);
    if (added) parts_[at].item = term.item.get();
    for_each_child(term, [this](const Term& child) { collect_named(child); });
    if (const auto* shared = std::get_if<SharedTerm>(&term.node)) collect_definition(shared->definition);
    // One with further items in it asks for more than they do: that there is a list, say.
    if (!added || definitions_seen_.size() == definitions) return;
    parts_[at].opened = std::any_of(parts_.begin() + static_cast<std::ptrdiff_t>(at) + 1, parts_.end(),
                                    [&](const ConditionPart& part) { return part.site->source == site->source; });
  }

  void collect_named(const Term& term) {
    if (term.item != nullptr) return add_item(term);
    if (const auto* shared = std::get_if<SharedTerm>(&term.node)) collect_definition(shared->definition);
    for_each_child(term, [this](const Term& child) { collect_named(child); });
  }

  void collect_definition(DefinitionIndex definition) {
    const auto [known, added] = definitions_seen_.emplace(definition, false);
    if (!added) return;
    const std::size_t before = parts_.size();
    collect(definitions_[definition].body.term);
    definitions_seen_[definition] = parts_.size() > before;
  }

  const std::vector<CheckedDefinition>& definitions_;
  std::vector<ConditionPart> parts_;
  std::set<std::tuple<const Source*, std::uint32_t, std::uint32_t, PartKind>> seen_;
  std::map<DefinitionIndex, bool> definitions_seen_;  // whether there are parts in it
};

}  // namespace

std::string_view spelling(PartKind kind) {
  switch (kind) {
    case PartKind::comparison:
      return "comparison";
    case PartKind::branch:
      return "branch";
    case PartKind::arm:
      return "arm";
    case PartKind::body:
      return "body";
  }
  return {};
}

std::vector<ConditionPart> parts_of(const Term& condition, const std::vector<CheckedDefinition>& definitions) {
  Collector collector(definitions);
  collector.collect(condition);
  return collector.take();
}

}  // namespace picket
