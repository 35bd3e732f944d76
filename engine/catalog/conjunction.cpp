#include "engine/catalog/conjunction.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/catalog/subject.hpp"
#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

constexpr std::size_t deepest_condition = 256;

// Nothing for an operator whose parts are not told apart here.
std::optional<IndicatorKind> conjoined_kind_of(Op op) {
  switch (op) {
    case Op::eq:
    case Op::in:
      return IndicatorKind::in;
    case Op::contains:
      return IndicatorKind::contains;
    case Op::starts_with:
      return IndicatorKind::starts_with;
    case Op::ends_with:
      return IndicatorKind::ends_with;
    default:
      return std::nullopt;
  }
}

class Builder {
 public:
  explicit Builder(const CheckedPack& pack) : pack_(&pack) {}

  Conjunction build(const Term& condition) {
    read(condition, 0);
    return std::move(found_);
  }

 private:
  // NOLINTNEXTLINE(misc-no-recursion): bounded by `deepest_condition`
  void read(const Term& term, std::size_t depth) {
    if (depth > deepest_condition) return leave();
    if (const auto* logic = std::get_if<LogicTerm>(&term.node)) {
      if (logic->connective != Connective::conjunction) return leave();
      for (const Term& operand : logic->operands) read(operand, depth + 1);
    } else if (const auto* truth = std::get_if<TruthTerm>(&term.node)) {
      read(*truth->operand, depth + 1);
    } else if (const auto* scope = std::get_if<ScopeTerm>(&term.node)) {
      read(*scope->body, depth + 1);
    } else if (const auto* shared = std::get_if<SharedTerm>(&term.node)) {
      read(pack_->definitions[shared->definition].body.term, depth + 1);
    } else if (const auto* compare = std::get_if<CompareTerm>(&term.node)) {
      part(*compare);
    } else {
      leave();
    }
  }

  void leave() { found_.whole = false; }

  void part(const CompareTerm& compare) {
    const auto kind = conjoined_kind_of(compare.op);
    const auto* right = std::get_if<ConstantTerm>(&compare.right->node);
    const std::string field = SubjectNames(*pack_).name_of(*compare.left);
    const bool set = right != nullptr && right->value.list() != nullptr;
    // A text to be found in, `"x" in "xyz"`, is no list of values.
    const bool text_to_search = compare.op == Op::in && !set;
    if (!kind || right == nullptr || field.empty() || compare.all || text_to_search || (compare.op == Op::eq && set)) {
      return leave();
    }
    ConjunctionPart one{field, *kind, compare.folded, compare.negated, {}};
    const auto add = [&](const Value& value) {
      std::string text = to_json(value);
      one.values.push_back(compare.folded ? ascii_lower(std::move(text)) : std::move(text));
    };
    if (set) {
      for (const Value& value : *right->value.list()) add(value);
    } else {
      add(right->value);
    }
    std::ranges::sort(one.values);
    one.values.erase(std::unique(one.values.begin(), one.values.end()), one.values.end());
    found_.parts.push_back(std::move(one));
  }

  const CheckedPack* pack_;
  Conjunction found_{{}, true};
};

std::string_view inner(std::string_view json) {
  return json.size() >= 2 && json.front() == '"' ? json.substr(1, json.size() - 2) : std::string_view();
}

// Whether a text that fits one value of `narrow` fits the value of `wide`.
bool fits(IndicatorKind narrow_kind, const std::string& narrow, IndicatorKind wide_kind, const std::string& wide) {
  if (narrow_kind == wide_kind && narrow == wide) return true;
  const std::string_view text = inner(narrow);
  const std::string_view sought = inner(wide);
  // Escapes within could be cut in two.
  if (text.empty() || sought.empty() || narrow.find('\\') != std::string::npos ||
      wide.find('\\') != std::string::npos) {
    return false;
  }
  switch (wide_kind) {
    case IndicatorKind::contains:
      // A list may contain as an element what a text contains as a part.
      return narrow_kind != IndicatorKind::contains && text.find(sought) != std::string_view::npos;
    case IndicatorKind::starts_with:
      return (narrow_kind == IndicatorKind::in || narrow_kind == IndicatorKind::starts_with) &&
             text.starts_with(sought);
    case IndicatorKind::ends_with:
      return (narrow_kind == IndicatorKind::in || narrow_kind == IndicatorKind::ends_with) && text.ends_with(sought);
    default:
      return false;
  }
}

bool part_implies(const ConjunctionPart& narrow, const ConjunctionPart& wide) {
  if (narrow == wide) return true;
  if (narrow.field != wide.field || narrow.negated != wide.negated || (narrow.folded && !wide.folded)) return false;
  const auto as_wide = [&](const std::string& value) {
    return wide.folded && !narrow.folded ? ascii_lower(value) : value;
  };
  if (narrow.negated) {
    // Leaving out more leaves less: each value that the wide one leaves out must be one that the narrow one does.
    return narrow.kind == wide.kind && narrow.folded == wide.folded &&
           std::ranges::includes(narrow.values, wide.values);
  }
  return std::ranges::all_of(narrow.values, [&](const std::string& value) {
    return std::ranges::any_of(
        wide.values, [&](const std::string& sought) { return fits(narrow.kind, as_wide(value), wide.kind, sought); });
  });
}

}  // namespace

Conjunction conjunction_of(const CheckedPack& pack, const CheckedRule& rule) {
  return Builder(pack).build(rule.condition.term);
}

bool implies(const Conjunction& narrow, const Conjunction& wide) {
  if (!wide.whole || wide.parts.empty()) return false;
  return std::ranges::all_of(wide.parts, [&](const ConjunctionPart& sought) {
    return std::ranges::any_of(narrow.parts, [&](const ConjunctionPart& part) { return part_implies(part, sought); });
  });
}

}  // namespace picket
