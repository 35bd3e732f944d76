#include "engine/catalog/subject.hpp"

#include "grammar/ast/functions.hpp"
#include "grammar/ast/print.hpp"

namespace picket {
namespace {

// Definitions within definitions and calls within calls; what lies deeper has no name worth reading.
constexpr std::size_t deepest_subject = 64;
constexpr std::size_t most_steps = 1000;

std::string with_key(std::string base, const std::string& key) {
  if (base.empty()) return base;
  std::string step = print_path({PathStep(key)});
  if (base == "$") return step;
  return base + (step.starts_with('[') ? "" : ".") + step;
}

std::string with_index(const std::string& base, const Term& index) {
  const auto* constant = std::get_if<ConstantTerm>(&index.node);
  if (base.empty() || constant == nullptr) return {};
  return base + "[" + to_json(constant->value) + "]";
}

std::string joined(const std::string& left, std::string_view between, const std::string& right) {
  return left.empty() || right.empty() ? std::string() : left + std::string(between) + right;
}

}  // namespace

std::string SubjectNames::name_of(const Term& term) const {
  std::size_t steps = 0;
  return name_of(term, Search{0, &steps});
}

void SubjectNames::bind_element(const BinderTerm& binder) {
  const std::string list = name_of(*binder.list);
  bind(binder.element, list.empty() ? list : list + "[*]");
}

std::string SubjectNames::name_of_call(const CallTerm& call, Search search) const {
  const Search deeper{search.depth + 1, search.steps};
  std::string text(row_of(call.function).spelling);
  text += "(";
  bool reads = false;
  for (const Term& argument : call.arguments) {
    if (&argument != &call.arguments.front()) text += ", ";
    if (const auto* constant = std::get_if<ConstantTerm>(&argument.node)) {
      text += to_json(constant->value);
      continue;
    }
    const std::string name = name_of(argument, deeper);
    if (name.empty()) return {};
    reads = true;
    text += name;
  }
  if (call.regex) text += ", …";
  return reads ? text + ")" : std::string();
}

std::string SubjectNames::name_of_binder(const BinderTerm& binder, Search search) const {
  const Search deeper{search.depth + 1, search.steps};
  const std::string list = name_of(*binder.list, deeper);
  if (list.empty()) return {};
  switch (binder.kind) {
    case BinderKind::first:
    case BinderKind::where:
      return list + "[*]";
    case BinderKind::count:
      return "count(" + list + ")";
    case BinderKind::map: {
      SubjectNames inner = *this;
      inner.bind(binder.element, list + "[*]");
      return inner.name_of(*binder.body, deeper);
    }
    default:
      return {};
  }
}

// NOLINTNEXTLINE(misc-no-recursion): bounded by `deepest_subject`
std::string SubjectNames::name_of(const Term& term, Search search) const {
  if (search.depth > deepest_subject || ++*search.steps > most_steps) return {};
  const Search deeper{search.depth + 1, search.steps};
  const auto of = [&](const Term& inner) { return name_of(inner, deeper); };
  return match(
      term.node, [](const FieldTerm& field) { return print_path(field.path); },
      [](const UdmTerm& udm) { return "udm." + udm.name; }, [](const EventTerm&) { return std::string("$"); },
      [&](const SlotTerm& slot) {
        const auto found = names_.find(slot.slot);
        return found == names_.end() ? std::string() : found->second;
      },
      [&](const LocalTerm& local) { return of(*local.body); },
      [&](const SharedTerm& shared) { return of(pack_->definitions[shared.definition].body.term); },
      [&](const UnfoldedTerm& call) {
        SubjectNames inner = *this;
        for (const auto& [slot, argument] : call.arguments) inner.bind(slot, of(*argument));
        return inner.name_of(*call.body, deeper);
      },
      [&](const ScopeTerm& scope) { return of(*scope.body); },
      [&](const MemberTerm& member) { return with_key(of(*member.base), member.key); },
      [&](const EachMemberTerm& member) { return with_key(of(*member.base), member.key); },
      [&](const IndexTerm& index) { return with_index(of(*index.base), *index.index); },
      [&](const EachIndexTerm& index) { return with_index(of(*index.base), *index.index); },
      [&](const EachTerm& each) {
        const std::string base = of(*each.base);
        return base.empty() ? base : base + (each.deep ? "[**]" : "[*]");
      },
      [&](const SliceTerm& slice) {
        const std::string base = of(*slice.base);
        return base.empty() ? base : base + "[:]";
      },
      [&](const CallTerm& call) { return name_of_call(call, search); },
      [&](const BinderTerm& binder) { return name_of_binder(binder, search); },
      [&](const FallbackTerm& fallback) {
        const std::string left = of(*fallback.left);
        const std::string right = of(*fallback.right);
        // What stands in for an absent value says nothing of where the value comes from.
        return right.empty() ? left : joined(left, fallback.unless_falsy ? " ?: " : " ?? ", right);
      },
      [&](const ArithmeticTerm& sum) {
        const auto operand = [&](const Term& inner) {
          const auto* constant = std::get_if<ConstantTerm>(&inner.node);
          return constant != nullptr ? to_json(constant->value) : of(inner);
        };
        return joined(operand(*sum.left), sign_of(sum.op), operand(*sum.right));
      },
      [&](const NegateTerm& negate) {
        const std::string operand = of(*negate.operand);
        return operand.empty() ? operand : "-" + operand;
      },
      [](const auto&) { return std::string(); });
}

}  // namespace picket
