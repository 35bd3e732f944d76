#include "engine/mutation/equivalence.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "engine/analyse/term_children.hpp"
#include "engine/mutation/candidates.hpp"
#include "engine/mutation/event_change.hpp"
#include "engine/mutation/places.hpp"
#include "engine/pattern/pattern.hpp"
#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

constexpr std::size_t most_variables = 10;
constexpr std::size_t most_events = 20'000;
constexpr std::size_t most_values = 1'000;          // of one field
constexpr std::size_t most_steps_of_walk = 20'000;  // of one walk, which definitions can make long

// --- the same function of the same comparisons ---

// A condition as a function of variables: each different comparison is one, and is given a bit.
class Truth {
 public:
  explicit Truth(const CheckedPack& pack) : pack_(pack) {}

  // False: too many variables, or something that is no function of comparisons alone.
  bool number(const Term& term) {
    if (++steps_ > most_steps_of_walk) return false;
    const std::string key = key_of(term);
    if (!key.empty()) {
      variables_.emplace(key, variables_.size());
      return variables_.size() <= most_variables;
    }
    bool known = is_connective(term);
    each_part(term, [&](const Term& part) { known = known && number(part); });
    return known;
  }

  [[nodiscard]] std::size_t variables() const { return variables_.size(); }

  [[nodiscard]] bool value(const Term& term, std::uint32_t bits) const {
    if (const std::string key = key_of(term); !key.empty()) {
      return (((bits >> variables_.at(key)) & 1U) != 0) != is_negated(term);
    }
    return match(
        term.node, [](const ConstantTerm& t) { return t.value.truth(); },
        [&](const NotTerm& t) { return !value(*t.operand, bits); },
        [&](const LogicTerm& t) {
          const bool decides = t.connective == Connective::disjunction;
          for (const Term& operand : t.operands) {
            if (value(operand, bits) == decides) return decides;
          }
          return !decides;
        },
        [&](const IfTerm& t) { return value(value(*t.condition, bits) ? *t.then : *t.otherwise, bits); },
        [&](const TruthTerm& t) { return value(*t.operand, bits); },
        [&](const ScopeTerm& t) { return value(*t.body, bits); },
        [&](const LocalTerm& t) { return value(*t.body, bits); },
        [&](const SharedTerm& t) { return value(pack_.definitions[t.definition].body.term, bits); },
        [](const auto&) { return false; });
  }

 private:
  static bool is_connective(const Term& term) {
    return match(
        term.node, [](const ConstantTerm&) { return true; }, [](const NotTerm&) { return true; },
        [](const LogicTerm&) { return true; }, [](const IfTerm&) { return true; },
        [](const TruthTerm&) { return true; }, [](const ScopeTerm&) { return true; },
        [](const LocalTerm&) { return true; }, [](const SharedTerm&) { return true; },
        [](const auto&) { return false; });
  }

  template <typename Visit>
  void each_part(const Term& term, const Visit& visit) const {
    if (const auto* shared = std::get_if<SharedTerm>(&term.node)) {
      visit(pack_.definitions[shared->definition].body.term);
    } else if (is_connective(term)) {
      for_each_child(term, visit);
    }
  }

  static bool is_negated(const Term& term) {
    return match(
        term.node, [](const CompareTerm& t) { return t.negated; }, [](const IsTerm& t) { return t.negated; },
        [](const auto&) { return false; });
  }

  // A text that is equal for comparisons that mean the same, or the opposite; empty for what is no comparison of a
  // field with a constant.
  std::string key_of(const Term& term) const {
    const auto* compare = std::get_if<CompareTerm>(&term.node);
    const auto* truth = std::get_if<TruthTerm>(&term.node);
    const auto* is = std::get_if<IsTerm>(&term.node);
    const Term* left = compare != nullptr ? &*compare->left : truth != nullptr ? &*truth->operand : nullptr;
    if (is != nullptr) left = &*is->operand;
    const auto* field = left == nullptr ? nullptr : std::get_if<FieldTerm>(&left->node);
    if (field == nullptr) return {};
    std::string key = print_path(field->path);
    if (truth != nullptr) return key;
    if (is != nullptr) return key + " is " + std::string(row_of(is->kind).spelling);
    const Value* right = constant_of(*compare->right, Scopes(pack_, nullptr));
    if (right == nullptr) return {};
    key +=
        " " + std::string(row_of(compare->op).spelling) + (compare->folded ? "~ " : " ") + (compare->all ? "all " : "");
    return key + to_json(*right);
  }

  const CheckedPack& pack_;
  std::map<std::string, std::size_t> variables_;
  std::size_t steps_ = 0;
};

bool same_function(const Opponents& opponents) {
  Truth truth(opponents.pack);
  const Term& original = opponents.original.condition.term;
  const Term& mutant = opponents.mutant.condition.term;
  if (!truth.number(original) || !truth.number(mutant)) return false;
  for (std::uint32_t bits = 0; bits < (std::uint32_t{1} << truth.variables()); ++bits) {
    if (truth.value(original, bits) != truth.value(mutant, bits)) return false;
  }
  return true;
}

// --- every class of values tried ---

using FieldValues = std::map<Place, std::vector<std::optional<Value>>>;

// Gathers, for every field, one value of each class that the comparisons tell apart.
class Classes {
 public:
  explicit Classes(const CheckedPack& pack) : pack_(pack) {}

  // False: there is something of which the classes are not known.
  bool gather(const Term& term) {
    if (++steps_ > most_steps_of_walk) return false;
    return match(
        term.node, [&](const CompareTerm& t) { return gather_comparison(t); },
        [&](const IsTerm& t) {
          const auto* field = std::get_if<FieldTerm>(&t.operand->node);
          if (field == nullptr || (t.kind != IsKind::null && t.kind != IsKind::empty)) return false;
          add_others(field->path);
          add(field->path, Value(""));
          add(field->path, Value(List{}));
          return true;
        },
        [&](const TruthTerm& t) {
          const auto* field = std::get_if<FieldTerm>(&t.operand->node);
          if (field == nullptr) return gather(*t.operand);
          add_others(field->path);
          add(field->path, Value(false));
          add(field->path, Value(true));
          add(field->path, Value(List{}));
          return true;
        },
        [&](const SharedTerm& t) { return gather(pack_.definitions[t.definition].body.term); },
        [&](const ConstantTerm&) { return true; }, [&](const NotTerm& t) { return gather(*t.operand); },
        [&](const LogicTerm& t) {
          return std::all_of(t.operands.begin(), t.operands.end(), [&](const Term& part) { return gather(part); });
        },
        [&](const IfTerm& t) { return gather(*t.condition) && gather(*t.then) && gather(*t.otherwise); },
        [&](const ScopeTerm& t) { return gather(*t.body); }, [&](const LocalTerm& t) { return gather(*t.body); },
        [](const auto&) { return false; });
  }

  // Fields of which one is within another, or that differ in case only, which is one field for the language, cannot be
  // set one by one.
  [[nodiscard]] bool are_apart() const {
    if (too_many_) return false;
    for (const auto& [path, values] : values_) {
      for (const auto& [other, ignored] : values_) {
        if (path.size() < other.size() && begins_alike(path, other)) return false;
        if (&path != &other && path.size() == other.size() && begins_alike(path, other)) return false;
      }
    }
    return std::all_of(values_.begin(), values_.end(), [](const auto& field) {
      return std::all_of(field.first.begin(), field.first.end(),
                         [](const PathStep& step) { return std::holds_alternative<std::string>(step); });
    });
  }

  [[nodiscard]] const FieldValues& values() const { return values_; }

 private:
  // Whether the steps of `path` are the first ones of `other`, whatever their case. REQUIRES: it is not longer.
  static bool begins_alike(const Place& path, const Place& other) {
    return std::equal(path.begin(), path.end(), other.begin(), [](const PathStep& a, const PathStep& b) {
      const auto* x = std::get_if<std::string>(&a);
      const auto* y = std::get_if<std::string>(&b);
      return x != nullptr && y != nullptr ? ascii_equal_folded(*x, *y) : a == b;
    });
  }

  bool gather_comparison(const CompareTerm& term) {
    const auto* field = std::get_if<FieldTerm>(&term.left->node);
    const Value* right = constant_of(*term.right, Scopes(pack_, nullptr));
    if (field == nullptr || right == nullptr) return false;
    add_others(field->path);
    switch (term.op) {
      case Op::eq:
        return add_equal(field->path, *right);
      case Op::in:
        return right->list() != nullptr && std::all_of(right->list()->begin(), right->list()->end(),
                                                       [&](const Value& item) { return add_equal(field->path, item); });
      case Op::lt:
      case Op::le:
      case Op::gt:
      case Op::ge: {
        const auto number = right->as_double();
        // Beyond that, a quarter more or less is the same double.
        if (!number || std::abs(*number) > static_cast<double>(std::int64_t{1} << 50)) return false;
        for (const double step : {-0.25, 0.0, 0.25}) add(field->path, Value::from_double(*number + step));
        return true;
      }
      case Op::ne:
      case Op::in_cidr:
      case Op::contains:
      case Op::starts_with:
      case Op::ends_with:
      case Op::like:
      case Op::matches:
        return false;
    }
    return false;
  }

  // A value, and what equals it but for case. Beyond ASCII, and for constants that differ in case only, folding has
  // classes that are not gathered here.
  bool add_equal(const Place& path, const Value& value) {
    add(path, value);
    if (value.list() != nullptr || value.object() != nullptr) return false;
    const std::string* text = value.string();
    if (text == nullptr) return true;
    if (std::any_of(text->begin(), text->end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
      return false;
    const auto [known, is_new] = folded_.emplace(std::pair(path, fold_case(*text)), *text);
    if (!is_new && known->second != *text) return false;
    add(path, Value(with_other_case(*text)));
    return true;
  }

  // What none of the constants equals.
  void add_others(const Place& path) {
    add(path, std::nullopt);
    add(path, Value("\x01none of them"));
    add(path, Value(-123456789.5));
    add(path, Value(123456789.5));
  }

  void add(const Place& path, std::optional<Value> value) {
    auto& values = values_[path];
    if (values.size() >= most_values) {
      too_many_ = true;
    } else if (std::find(values.begin(), values.end(), value) == values.end())
      values.push_back(std::move(value));
  }

  const CheckedPack& pack_;
  FieldValues values_;
  std::map<std::pair<Place, std::string>, std::string> folded_;
  std::size_t steps_ = 0;
  bool too_many_ = false;
};

bool same_for_all_classes(const Opponents& opponents, Interpreter& interpreter, const TestOptions& options) {
  Classes classes(opponents.pack);
  if (!classes.gather(opponents.original.condition.term) || !classes.gather(opponents.mutant.condition.term)) {
    return false;
  }
  if (!classes.are_apart()) return false;
  std::size_t events = 1;
  for (const auto& [path, values] : classes.values()) {
    events *= values.size();
    if (events > most_events) return false;
  }
  for (std::size_t number = 0; number < events; ++number) {
    Value event = Object{};
    std::size_t rest = number;
    for (const auto& [path, values] : classes.values()) {
      const auto& value = values[rest % values.size()];
      rest /= values.size();
      if (value) event = changed(event, {.path = path, .value = value});
    }
    EvaluationInput input;
    input.event = &event;
    input.now = options.now;
    input.steps = options.steps;
    interpreter.start(input);
    if (interpreter.holds(opponents.original.condition) != interpreter.holds(opponents.mutant.condition)) return false;
  }
  return true;
}

// --- folding what has one case ---

// `lower` or `upper`, if that is what made the value last; another text is as it was.
std::optional<Function> case_made_by(const Term& term, const Scopes& scopes) {
  using Made = std::optional<Function>;
  return match(
      term.node,
      [&](const CallTerm& t) {
        if (t.function == Function::lower || t.function == Function::upper) return Made(t.function);
        return t.function == Function::split && !t.arguments.empty() ? case_made_by(t.arguments.front(), scopes)
                                                                     : Made();
      },
      [&](const IndexTerm& t) { return case_made_by(*t.base, scopes); },
      [&](const LocalTerm& t) { return case_made_by(*t.body, scopes); },
      [&](const ScopeTerm& t) { return case_made_by(*t.body, scopes); },
      [&](const SharedTerm& t) {
        return case_made_by(scopes.pack().definitions[t.definition].body.term, scopes.fresh());
      },
      [&](const UnfoldedTerm& t) { return case_made_by(*t.body, inside(t, scopes)); },
      [&](const SlotTerm& t) {
        const SlotMeaning* meaning = scopes.find(t.slot);
        if (meaning == nullptr || meaning->term == nullptr) return Made();
        return case_made_by(*meaning->term, *meaning->scope);
      },
      [](const auto&) { return Made(); });
}

bool has_only_case(const Value& right, Function made) {
  const std::string* text = right.string();
  if (text == nullptr) {
    const List* list = right.list();
    return list != nullptr && std::all_of(list->begin(), list->end(), [made](const Value& item) {
             return item.list() == nullptr && has_only_case(item, made);
           });
  }
  const char first = made == Function::lower ? 'A' : 'a';
  return std::all_of(text->begin(), text->end(),
                     [first](char c) { return static_cast<unsigned char>(c) < 0x80 && (c < first || c > first + 25); });
}

// Whether every comparison of a term folds what has one case already.
bool folds_one_case(const CompareTerm& term, const CheckedPack& pack) {
  const Scopes scopes(pack, nullptr);
  const auto made = case_made_by(*term.left, scopes);
  const Value* right = constant_of(*term.right, scopes);
  return made && right != nullptr && term.op != Op::matches && has_only_case(*right, *made);
}

// The comparisons at the mistake: all of them fold what has one case, or none.
bool all_fold_one_case(const Term& term, const Opponents& opponents, bool& any) {
  if (const auto* compare = std::get_if<CompareTerm>(&term.node)) {
    const Site& site = *compare->site;
    const bool there = site.source == opponents.original.rule->source && site.span.begin < opponents.span.end &&
                       opponents.span.begin < site.span.end;
    if (there && !folds_one_case(*compare, opponents.pack)) return false;
    any = any || there;
  }
  bool all = true;
  for_each_child(term, [&](const Term& child) { all = all && all_fold_one_case(child, opponents, any); });
  return all;
}

bool same_but_for_folding(const Opponents& opponents) {
  if (opponents.mistake != Mistake::case_folding) return false;
  bool any = false;
  return all_fold_one_case(opponents.original.condition.term, opponents, any) && any;
}

}  // namespace

bool proved_equivalent(const Opponents& opponents, Interpreter& interpreter, const TestOptions& options) {
  return same_but_for_folding(opponents) || same_function(opponents) ||
         same_for_all_classes(opponents, interpreter, options);
}

}  // namespace picket
