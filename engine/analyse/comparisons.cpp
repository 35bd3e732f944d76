#include "engine/analyse/comparisons.hpp"

#include <set>
#include <tuple>

namespace picket {

namespace {

class Collector {
 public:
  explicit Collector(const std::vector<CheckedDefinition>& definitions) : definitions_(definitions) {}

  void collect(const Term& term) {
    match(term.node, [this](const auto& node) { visit(node); });
  }
  std::vector<std::shared_ptr<const Site>> take() { return std::move(sites_); }

 private:
  void add(const std::shared_ptr<const Site>& site) {
    if (seen_.emplace(site->source.get(), site->span.begin, site->span.end).second) sites_.push_back(site);
  }

  void visit(const CompareTerm& t) {
    add(t.site);
    collect(*t.left);
    collect(*t.right);
  }
  void visit(const IsTerm& t) {
    add(t.site);
    collect(*t.operand);
  }
  void visit(const TruthTerm& t) {
    add(t.site);
    collect(*t.operand);
  }
  void visit(const SharedTerm& t) {
    if (definitions_seen_.insert(t.definition).second) collect(definitions_[t.definition].body.term);
  }
  void visit(const TemplateTerm& t) {
    for (const auto& part : t.parts) {
      if (const auto* hole = std::get_if<TemplateTerm::Hole>(&part)) collect(*hole->value);
    }
  }
  void visit(const LocalTerm& t) { collect(*t.body); }
  void visit(const UnfoldedTerm& t) {
    for (const auto& [slot, argument] : t.arguments) collect(*argument);
    collect(*t.body);
  }
  void visit(const ScopeTerm& t) { collect(*t.body); }
  void visit(const MemberTerm& t) { collect(*t.base); }
  void visit(const IndexTerm& t) {
    collect(*t.base);
    collect(*t.index);
  }
  void visit(const SliceTerm& t) {
    collect(*t.base);
    if (t.from) collect(**t.from);
    if (t.to) collect(**t.to);
  }
  void visit(const EachTerm& t) { collect(*t.base); }
  void visit(const EachMemberTerm& t) { collect(*t.base); }
  void visit(const EachIndexTerm& t) {
    collect(*t.base);
    collect(*t.index);
  }
  void visit(const CallTerm& t) {
    for (const Term& argument : t.arguments) collect(argument);
  }
  void visit(const HasTerm& t) { collect(*t.base); }
  void visit(const NegateTerm& t) { collect(*t.operand); }
  void visit(const ArithmeticTerm& t) {
    collect(*t.left);
    collect(*t.right);
  }
  void visit(const FallbackTerm& t) {
    collect(*t.left);
    collect(*t.right);
  }
  void visit(const NotTerm& t) { collect(*t.operand); }
  void visit(const LogicTerm& t) {
    for (const Term& operand : t.operands) collect(operand);
  }
  void visit(const IfTerm& t) {
    collect(*t.condition);
    collect(*t.then);
    collect(*t.otherwise);
  }
  void visit(const BinderTerm& t) {
    collect(*t.list);
    collect(*t.body);
  }
  void visit(const ListTerm& t) {
    for (const ListTerm::Item& item : t.items) collect(item.value);
  }
  void visit(const ObjectTerm& t) {
    for (const ObjectTerm::Entry& entry : t.entries) {
      if (entry.key) collect(*entry.key);
      collect(entry.value);
    }
  }
  void visit(const ConstantTerm&) {}
  void visit(const EventTerm&) {}
  void visit(const NowTerm&) {}
  void visit(const FieldTerm&) {}
  void visit(const UdmTerm&) {}
  void visit(const SlotTerm&) {}

  const std::vector<CheckedDefinition>& definitions_;
  std::vector<std::shared_ptr<const Site>> sites_;
  std::set<std::tuple<const Source*, std::uint32_t, std::uint32_t>> seen_;
  std::set<DefinitionIndex> definitions_seen_;
};

}  // namespace

std::vector<std::shared_ptr<const Site>> comparisons_of(const Term& condition,
                                                        const std::vector<CheckedDefinition>& definitions) {
  Collector collector(definitions);
  collector.collect(condition);
  return collector.take();
}

}  // namespace picket
