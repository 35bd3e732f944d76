#include "engine/catalog/output_fields.hpp"

#include <algorithm>
#include <set>

#include "engine/catalog/subject.hpp"

namespace picket {
namespace {

class FieldCollector {
 public:
  explicit FieldCollector(const CheckedPack& pack) : pack_(&pack) {}

  void add(const std::string& field, const std::string& place) {
    if (field.empty()) return;
    auto found = std::ranges::find(fields_, field, &OutputField::field);
    if (found == fields_.end()) found = fields_.insert(fields_.end(), {field, {}});
    if (std::ranges::find(found->places, place) == found->places.end()) found->places.push_back(place);
  }

  // Every part of the event that the text reads.
  void read(const Term& term, const std::string& place) {
    seen_.clear();
    read(term, place, SubjectNames(*pack_), 0);
  }

  // The entries of an object, each under its key.
  // NOLINTNEXTLINE(misc-no-recursion): bounded by `deepest`
  void read_context(const Term& term, std::size_t depth) {
    if (depth > deepest) return;
    if (const auto* shared = std::get_if<SharedTerm>(&term.node)) {
      return read_context(pack_->definitions[shared->definition].body.term, depth + 1);
    }
    if (const auto* scope = std::get_if<ScopeTerm>(&term.node)) return read_context(*scope->body, depth + 1);
    const auto* object = std::get_if<ObjectTerm>(&term.node);
    if (object == nullptr) return read(term, "context");
    for (const ObjectTerm::Entry& entry : object->entries) {
      const auto* key = entry.key ? std::get_if<ConstantTerm>(&entry.key->node) : nullptr;
      if (!entry.key) {
        read_context(entry.value, depth + 1);
      } else if (key != nullptr) {
        read(entry.value, "context: " + to_text(key->value));
      } else {
        read(entry.value, "context");
      }
    }
  }

  [[nodiscard]] std::vector<OutputField> take() { return std::move(fields_); }

 private:
  // A path is one field; else what it is made of.
  // NOLINTNEXTLINE(misc-no-recursion): bounded by `deepest`
  void read(const Term& term, const std::string& place, const SubjectNames& names, std::size_t depth) {
    if (depth > deepest) return;
    const auto of = [&](const Term& inner) { read(inner, place, names, depth + 1); };
    match(
        term.node, [&](const FieldTerm&) { add(names.name_of(term), place); },
        [&](const UdmTerm&) { add(names.name_of(term), place); },
        [&](const EventTerm&) { add(names.name_of(term), place); },
        [&](const MemberTerm& member) { path_or(term, *member.base, place, names, depth); },
        [&](const EachMemberTerm& member) { path_or(term, *member.base, place, names, depth); },
        [&](const EachTerm& each) { path_or(term, *each.base, place, names, depth); },
        [&](const IndexTerm& index) { path_or(term, *index.base, place, names, depth); },
        [&](const EachIndexTerm& index) { path_or(term, *index.base, place, names, depth); },
        [&](const SliceTerm& slice) { of(*slice.base); }, [&](const SlotTerm&) { add(names.name_of(term), place); },
        [&](const TemplateTerm& text) {
          for (const auto& part : text.parts) {
            if (const auto* hole = std::get_if<TemplateTerm::Hole>(&part)) of(*hole->value);
          }
        },
        [&](const SharedTerm& shared) {
          if (seen_.insert(shared.definition).second) {
            read(pack_->definitions[shared.definition].body.term, place, SubjectNames(*pack_), depth + 1);
          }
        },
        [&](const LocalTerm& local) {
          if (locals_seen_.insert(local.body.get()).second) of(*local.body);
        },
        [&](const ScopeTerm& scope) { of(*scope.body); },
        [&](const UnfoldedTerm& call) {
          SubjectNames inner = names;
          for (const auto& [slot, argument] : call.arguments) inner.bind(slot, names.name_of(*argument));
          read(*call.body, place, inner, depth + 1);
        },
        [&](const CallTerm& call) {
          for (const Term& argument : call.arguments) of(argument);
        },
        [&](const FallbackTerm& fallback) { of(*fallback.left), of(*fallback.right); },
        [&](const ArithmeticTerm& sum) { of(*sum.left), of(*sum.right); },
        [&](const NegateTerm& negate) { of(*negate.operand); },
        // What chooses a value is not carried; the value is.
        [&](const IfTerm& choice) { of(*choice.then), of(*choice.otherwise); },
        [&](const BinderTerm& binder) {
          SubjectNames inner = names;
          inner.bind_element(binder);
          if (binder.kind == BinderKind::map) return read(*binder.body, place, inner, depth + 1);
          of(*binder.list);
        },
        [&](const ListTerm& list) {
          for (const ListTerm::Item& item : list.items) of(item.value);
        },
        [&](const ObjectTerm& object) {
          for (const ObjectTerm::Entry& entry : object.entries) of(entry.value);
        },
        [](const auto&) {});
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  void path_or(const Term& path, const Term& base, const std::string& place, const SubjectNames& names,
               std::size_t depth) {
    const std::string name = names.name_of(path);
    if (!name.empty()) return add(name, place);
    read(base, place, names, depth + 1);
  }

  static constexpr std::size_t deepest = 256;

  const CheckedPack* pack_;
  std::set<DefinitionIndex> seen_;
  std::set<const Term*> locals_seen_;
  std::vector<OutputField> fields_;
};

}  // namespace

std::vector<OutputField> output_fields_of(const CheckedPack& pack, const CheckedRule& rule) {
  FieldCollector collector(pack);
  const auto read = [&](const std::optional<CheckedText>& text, const char* place) {
    if (text) collector.read(text->term, place);
  };
  read(rule.alert_title, "title");
  read(rule.dedup, "dedup");
  read(rule.alert_description, "description");
  read(rule.alert_reference, "reference");
  read(rule.alert_runbook, "runbook");
  if (rule.alert_context) collector.read_context(rule.alert_context->term, 0);
  for (const Located<std::string>& field : rule.rule->summary_attributes) collector.add(field.value, "summary");
  for (const Located<std::string>& field : rule.rule->output) collector.add(field.value, "output");
  return collector.take();
}

}  // namespace picket
