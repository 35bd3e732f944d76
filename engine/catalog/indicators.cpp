#include "engine/catalog/indicators.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "engine/catalog/subject.hpp"
#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

constexpr std::array kind_words = {
#define PICKET_INDICATOR_KIND(name, word) std::string_view(word),
#include "engine/catalog/indicator_kinds.def"
#undef PICKET_INDICATOR_KIND
};

IndicatorKind kind_of(Op op) {
  switch (op) {
    case Op::eq:
    case Op::ne:
      return IndicatorKind::eq;
    case Op::lt:
      return IndicatorKind::lt;
    case Op::le:
      return IndicatorKind::le;
    case Op::gt:
      return IndicatorKind::gt;
    case Op::ge:
      return IndicatorKind::ge;
    case Op::in:
      return IndicatorKind::in;
    case Op::in_cidr:
      return IndicatorKind::in_cidr;
    case Op::contains:
      return IndicatorKind::contains;
    case Op::starts_with:
      return IndicatorKind::starts_with;
    case Op::ends_with:
      return IndicatorKind::ends_with;
    case Op::like:
      return IndicatorKind::wildcard;
    case Op::matches:
      return IndicatorKind::match;
  }
  return IndicatorKind::eq;
}

// `5 lt size` asks whether the size is greater.
IndicatorKind turned(IndicatorKind kind) {
  switch (kind) {
    case IndicatorKind::lt:
      return IndicatorKind::gt;
    case IndicatorKind::le:
      return IndicatorKind::ge;
    case IndicatorKind::gt:
      return IndicatorKind::lt;
    case IndicatorKind::ge:
      return IndicatorKind::le;
    default:
      return kind;
  }
}

const Value* constant(const Term& term) {
  const auto* found = std::get_if<ConstantTerm>(&term.node);
  return found == nullptr ? nullptr : &found->value;
}

class Collector {
 public:
  Collector(const CheckedPack& pack, const Rule& rule) : pack_(&pack) {
    if (rule.format == RuleFormat::sigma && !rule.log_types.empty()) log_source_ = rule.log_types.front().span;
  }

  Indicators collect(const Term& condition) {
    condition_of(condition, {SubjectNames(*pack_), false, 0});
    return {rows_of(false), rows_of(true)};
  }

 private:
  struct Place {
    SubjectNames names;
    bool negated = false;
    std::size_t depth = 0;
  };

  static Place within(const Place& place, bool turns = false) {
    return {place.names, place.negated != turns, place.depth + 1};
  }

  // Whether a name stands for something that is true or false by itself, not for a value.
  // NOLINTNEXTLINE(misc-no-recursion): as deep as the terms
  [[nodiscard]] bool is_condition(const Term& term, std::size_t depth) const {
    if (depth > deepest) return false;
    return match(
        term.node, [](const CompareTerm&) { return true; }, [](const IsTerm&) { return true; },
        [](const TruthTerm&) { return true; }, [](const NotTerm&) { return true; },
        [](const LogicTerm&) { return true; }, [](const HasTerm&) { return true; },
        [](const BinderTerm& binder) {
          return binder.kind == BinderKind::any || binder.kind == BinderKind::all || binder.kind == BinderKind::none;
        },
        [&](const SharedTerm& shared) {
          return is_condition(pack_->definitions[shared.definition].body.term, depth + 1);
        },
        [&](const LocalTerm& local) { return is_condition(*local.body, depth + 1); },
        [&](const UnfoldedTerm& call) { return is_condition(*call.body, depth + 1); },
        [&](const ScopeTerm& scope) { return is_condition(*scope.body, depth + 1); },
        // Both of its values are of one kind where it matters, so that one is enough to ask.
        [&](const IfTerm& choice) { return is_condition(*choice.then, depth + 1); }, [](const auto&) { return false; });
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  void condition_of(const Term& term, Place place) {
    if (place.depth > deepest) return;
    match(
        term.node,
        [&](const LogicTerm& logic) {
          for (const Term& operand : logic.operands) condition_of(operand, within(place));
        },
        [&](const NotTerm& negation) { condition_of(*negation.operand, within(place, true)); },
        [&](const CompareTerm& compare) {
          if (!of_log_source(compare.site)) comparison(compare, place);
        },
        [&](const IsTerm& is) {
          if (of_log_source(is.site)) return;
          const std::string name = place.names.name_of(*is.operand);
          const bool negated = place.negated != is.negated;
          add(name, IndicatorKind::is, false, {std::string(row_of(is.kind).spelling), false}, negated);
        },
        [&](const TruthTerm& truth) {
          if (is_condition(*truth.operand, 0)) return condition_of(*truth.operand, within(place));
          // Not `is true`: any text but the empty one will do, any number but 0.
          add(place.names.name_of(*truth.operand), IndicatorKind::is, false, {"truthy", false}, place.negated);
        },
        [&](const HasTerm& has) {
          const Term member{MemberTerm{Box<Term>(*has.base), std::string(key_of(has.key))}};
          add(place.names.name_of(member), IndicatorKind::is, false, {"present", false}, place.negated);
        },
        [&](const BinderTerm& binder) {
          Place inner = within(place, binder.kind == BinderKind::none);
          inner.names.bind_element(binder);
          condition_of(*binder.body, std::move(inner));
        },
        [&](const IfTerm& choice) {
          condition_of(*choice.condition, within(place));
          condition_of(*choice.then, within(place));
          condition_of(*choice.otherwise, within(place));
        },
        [&](const SharedTerm& shared) {
          if (!seen_.emplace(shared.definition, place.negated).second) return;
          condition_of(pack_->definitions[shared.definition].body.term,
                       {SubjectNames(*pack_), place.negated, place.depth + 1});
        },
        [&](const LocalTerm& local) {
          if (locals_seen_.emplace(local.body.get(), place.negated).second) condition_of(*local.body, within(place));
        },
        [&](const UnfoldedTerm& call) {
          Place inner = within(place);
          for (const auto& [slot, argument] : call.arguments) inner.names.bind(slot, place.names.name_of(*argument));
          condition_of(*call.body, std::move(inner));
        },
        [&](const ScopeTerm& scope) { condition_of(*scope.body, within(place)); }, [](const auto&) {});
  }

  // What a Sigma rule's log source means stands where the author named it; it says what the rule judges, not what it
  // looks for.
  [[nodiscard]] bool of_log_source(const std::shared_ptr<const Site>& site) const {
    return log_source_ && site && site->span == *log_source_;
  }

  static std::string_view key_of(const PathStep& step) {
    const auto* key = std::get_if<std::string>(&step);
    return key == nullptr ? std::string_view("[]") : std::string_view(*key);
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  void comparison(const CompareTerm& compare, const Place& place) {
    // `count(list) { … } gt 3` says more in its body than in its number.
    if (const auto* binder = std::get_if<BinderTerm>(&compare.left->node)) {
      Place inner = within(place);
      inner.names.bind_element(*binder);
      condition_of(*binder->body, std::move(inner));
    }
    const bool negated = place.negated != compare.negated;
    const IndicatorKind kind = kind_of(compare.op);
    const std::string left = place.names.name_of(*compare.left);
    if (!left.empty()) {
      values_of(*compare.right, place,
                [&](IndicatorValue value) { add(left, kind, compare.folded, std::move(value), negated); });
      return;
    }
    const std::string right = place.names.name_of(*compare.right);
    if (right.empty()) return;
    const IndicatorKind other = kind == IndicatorKind::in ? IndicatorKind::contains : turned(kind);
    values_of(*compare.left, place,
              [&](IndicatorValue value) { add(right, other, compare.folded, std::move(value), negated); });
  }

  template <typename Take>
  static void values_of(const Term& term, const Place& place, Take take) {
    if (const Value* value = constant(term)) {
      if (const List* list = value->list()) {
        for (const Value& element : *list) take({to_text(element), false});
      } else {
        take({to_text(*value), false});
      }
    } else if (const auto* list = std::get_if<ListTerm>(&term.node)) {
      for (const ListTerm::Item& item : list->items) {
        if (const Value* element = constant(item.value)) {
          take({to_text(*element), false});
        } else if (std::string name = place.names.name_of(item.value); !name.empty()) {
          take({std::move(name), true});
        }
      }
    } else if (std::string name = place.names.name_of(term); !name.empty()) {
      take({std::move(name), true});
    }
  }

  void add(std::string field, IndicatorKind kind, bool folded, IndicatorValue value, bool negated) {
    // An element of a list that is a value itself has the list's name: a field may be a value in one event, and several
    // in the next.
    if (field.ends_with("[*]")) field.resize(field.size() - 3);
    if (field.empty()) return;
    Entry& entry = entries_[{negated, field, kind, folded}];
    if (entry.known.insert(value.text).second) entry.values.push_back(std::move(value));
  }

  [[nodiscard]] std::vector<IndicatorRow> rows_of(bool negated) {
    std::vector<IndicatorRow> rows;
    for (auto& [key, entry] : entries_) {
      if (std::get<0>(key) != negated) continue;
      rows.push_back({std::get<1>(key), std::get<2>(key), std::get<3>(key), std::move(entry.values)});
    }
    return rows;
  }

  // Terms within terms; conditions that are deeper have indicators that nobody would find anyway.
  static constexpr std::size_t deepest = 512;

  struct Entry {
    std::vector<IndicatorValue> values;
    std::set<std::string> known;
  };

  const CheckedPack* pack_;
  std::optional<SourceSpan> log_source_;
  std::map<std::tuple<bool, std::string, IndicatorKind, bool>, Entry> entries_;
  // Each definition once for either way of negation, however often it is named.
  std::set<std::pair<DefinitionIndex, bool>> seen_;
  std::set<std::pair<const Term*, bool>> locals_seen_;
};

}  // namespace

std::string_view spelling(IndicatorKind kind) { return kind_words.at(static_cast<std::size_t>(kind)); }

std::span<const std::string_view> indicator_kinds() { return kind_words; }

Indicators indicators_of(const CheckedPack& pack, const CheckedRule& rule) {
  return Collector(pack, *rule.rule).collect(rule.condition.term);
}

std::string indicator_key(const IndicatorRow& row, const IndicatorValue& value) {
  std::string key = row.field;
  key += '\0';
  key += spelling(row.kind);
  key += value.field ? '\1' : '\0';
  key += row.kind == IndicatorKind::match ? value.text : ascii_lower(value.text);
  return key;
}

}  // namespace picket
