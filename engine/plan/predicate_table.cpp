#include "engine/plan/predicate_table.hpp"

#include <algorithm>
#include <utility>

#include "engine/event/escapes.hpp"
#include "engine/pattern/pattern.hpp"
#include "engine/plan/plan.hpp"

namespace picket {
namespace {

bool by_length(const std::string& a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : std::string_view(a) < b;
}

// Values that are equal have one key, and no others do.
std::string key_of(const Value& value) {
  return std::string(spelling(value.kind())) + (value.real() != nullptr ? "." : "") + to_json(value);
}

List elements_of(const Value& right) {
  if (const List* list = right.list()) return *list;
  return List{right};
}

// The texts among the right side's elements.
std::vector<std::string> texts_of(const Value& right, bool folded) {
  std::vector<std::string> texts;
  for (const Value& element : elements_of(right)) {
    if (const std::string* text = element.string()) texts.push_back(folded ? fold_case(*text) : *text);
  }
  return texts;
}

Predicate::TextTest test_of(Op op) {
  using enum Predicate::TextTest;
  switch (op) {
    case Op::eq:
    case Op::ne:
    case Op::in:
      return set;
    case Op::contains:
      return contains;
    case Op::starts_with:
      return starts_with;
    case Op::ends_with:
      return ends_with;
    case Op::like:
    case Op::matches:
    case Op::in_cidr:
      return pattern;
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return order;
  }
  return value;
}

// From the cheapest test to the dearest.
std::uint8_t cost_of(Op op) {
  switch (op) {
    case Op::eq:
    case Op::ne:
    case Op::in:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return 1;
    case Op::starts_with:
    case Op::ends_with:
      return 2;
    case Op::contains:
      return 3;
    case Op::in_cidr:
      return 4;
    case Op::like:
      return 5;
    case Op::matches:
      return 9;
  }
  return 0;
}

constexpr std::uint8_t cost_of_program = 10;
constexpr std::uint8_t cost_of_residual = 20;

std::vector<Literal> literals_of(std::span<const std::string> folded) {
  std::vector<Literal> literals;
  for (const std::string& text : folded) literals.emplace_back(escape(text));
  return literals;
}

// Of which one is in every text that fits a regex; empty if none is known.
std::vector<std::string> guarding_texts(const RequiredTexts& required) {
  // Shorter ones are in too many texts to be worth the search.
  constexpr std::size_t shortest = 3;
  const auto shorter = [](const std::string& a, const std::string& b) { return a.size() < b.size(); };
  const auto longest = std::max_element(required.each.begin(), required.each.end(), shorter);
  if (longest != required.each.end()) {
    return longest->size() >= shortest ? std::vector{*longest} : std::vector<std::string>{};
  }
  const bool long_enough =
      !required.any.empty() && std::min_element(required.any.begin(), required.any.end(), shorter)->size() >= shortest;
  return long_enough ? required.any : std::vector<std::string>{};
}

void set_texts(Predicate& predicate) {
  Operand& operand = *predicate.operand;
  std::vector<std::string> texts = texts_of(operand.constant, predicate.folded);
  const bool complete = texts.size() == elements_of(operand.constant).size();
  switch (predicate.text_test) {
    case Predicate::TextTest::set:
      if (predicate.op == Op::in && operand.constant.list() == nullptr) {
        predicate.text_test = Predicate::TextTest::value;  // a substring of a constant, a key of a constant object
      } else if (predicate.op == Op::eq && operand.constant.list() != nullptr) {
        predicate.text_test = Predicate::TextTest::never;
      } else {
        for (const std::string& text : texts) predicate.filter.add(hash_of_copy(escape(fold_case(text))));
        operand.set = TextSet(std::move(texts));
      }
      return;
    case Predicate::TextTest::contains:
    case Predicate::TextTest::starts_with:
    case Predicate::TextTest::ends_with:
      if (texts.empty() || (predicate.all && !complete)) predicate.text_test = Predicate::TextTest::never;
      for (const std::string& text : texts) {
        if (predicate.folded) operand.literals.emplace_back(escape(text));
      }
      operand.texts = std::move(texts);
      return;
    case Predicate::TextTest::order:
      if (operand.constant.string() == nullptr) predicate.text_test = Predicate::TextTest::never;
      return;
    case Predicate::TextTest::pattern:
      // A pattern that is no constant text was not compiled.
      if (operand.regexes.empty() && operand.globs.empty() && operand.networks.empty()) {
        predicate.text_test = Predicate::TextTest::value;
      }
      for (const Regex& regex : operand.regexes) {
        operand.guards.push_back(literals_of(guarding_texts(operand.required.emplace_back(regex.required_texts()))));
      }
      return;
    case Predicate::TextTest::never:
    case Predicate::TextTest::value:
      return;
  }
}

bool holds_for_null(Op op, const Value& constant) {
  if (op == Op::eq) return constant.is_null();
  const List* list = constant.list();
  if (op != Op::in || list == nullptr) return false;
  return std::any_of(list->begin(), list->end(), [](const Value& value) { return value.is_null(); });
}

}  // namespace

std::vector<std::string> folded_texts_of(const Value& right) {
  std::vector<std::string> texts;
  for (const Value& element : elements_of(right)) {
    if (element.string() == nullptr || element.string()->empty()) return {};
    texts.push_back(fold_case(*element.string()));
  }
  return texts;
}

std::vector<std::string> texts_of_globs(const Value& right) {
  std::vector<std::string> texts;
  for (const Value& element : elements_of(right)) {
    std::string text = element.string() == nullptr ? std::string() : text_of_glob(*element.string());
    if (text.empty()) return {};
    texts.push_back(std::move(text));
  }
  return texts;
}

std::vector<std::string> texts_of_regexes(std::span<const Regex> regexes) {
  std::vector<std::string> texts;
  for (const Regex& regex : regexes) {
    std::vector<std::string> of_one = guarding_texts(regex.required_texts());
    if (of_one.empty()) return {};
    std::move(of_one.begin(), of_one.end(), std::back_inserter(texts));
  }
  return texts;
}

TextSet::TextSet(std::vector<std::string> texts) : texts_(std::move(texts)) {
  std::sort(texts_.begin(), texts_.end(), by_length);
  texts_.erase(std::unique(texts_.begin(), texts_.end()), texts_.end());
}

bool TextSet::contains(std::string_view text) const {
  const auto found = std::lower_bound(texts_.begin(), texts_.end(), text, by_length);
  return found != texts_.end() && *found == text;
}

PredicateTable::PredicateTable() {
  paths.push_back({.keys = {"p_log_type"}, .exact = true});  // log_type_field
}

FieldId PredicateTable::field(const std::vector<std::string>& keys) {
  const auto [known, added] = fields_.try_emplace(keys, static_cast<FieldId>(paths.size()));
  if (added) paths.push_back({.keys = keys, .exact = false});
  return known->second;
}

PredicateId PredicateTable::intern(std::string key, Predicate predicate) {
  const auto [known, added] = known_.try_emplace(std::move(key), static_cast<PredicateId>(predicates.size()));
  if (added) predicates.push_back(std::move(predicate));
  return known->second;
}

namespace {

std::string key_of(const CompareTerm& compare, Op op, FieldId field, const Value& constant) {
  return std::to_string(static_cast<int>(op)) + (compare.folded ? "~" : " ") + (compare.all ? "all " : " ") +
         std::to_string(field) + " " + key_of(constant);
}

}  // namespace

PredicateId PredicateTable::compare(const CompareTerm& compare, Op op, FieldId field, const Value& constant) {
  std::string key = "compare " + key_of(compare, op, field, constant);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  return intern(std::move(key), comparison(compare, op, field, constant));
}

PredicateId PredicateTable::compare_elements(const CompareTerm& compare, FieldId field, const Value& constant,
                                             const Term& any, bool of_address, Slot slots, Within within) {
  std::string key = (of_address ? "addresses " : "elements ") + key_of(compare, compare.op, field, constant);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  Predicate predicate = comparison(compare, compare.op, field, constant);
  predicate.when_absent = false;
  predicate.operand->term = &any;
  predicate.operand->slots = slots;
  predicate.operand->within = literals_of(within.texts);
  return intern(std::move(key), std::move(predicate));
}

Predicate PredicateTable::comparison(const CompareTerm& compare, Op op, FieldId field, const Value& constant) const {
  Predicate predicate;
  predicate.kind = Predicate::Kind::compare;
  predicate.text_test = test_of(op);
  predicate.op = op;
  predicate.folded = compare.folded;
  predicate.all = compare.all;
  predicate.when_absent = holds_for_null(op, constant);
  predicate.field = field;
  predicate.operand = std::make_unique<Operand>();
  Operand& operand = *predicate.operand;
  operand.constant = constant;
  operand.regexes = compare.regexes;
  operand.globs = compare.globs;
  for (const Network& network : compare.networks) operand.networks.add(network, 0);
  operand.networks.finish();
  predicate.cost = cost_of(op);
  set_texts(predicate);
  if (op == Op::contains) operand.within = literals_of(folded_texts_of(constant));
  return predicate;
}

PredicateId PredicateTable::is(IsKind kind, FieldId field) {
  Predicate predicate;
  predicate.kind = Predicate::Kind::is;
  predicate.is = kind;
  predicate.when_absent = kind == IsKind::null || kind == IsKind::empty;
  predicate.field = field;
  predicate.cost = 1;
  return intern("is " + std::to_string(static_cast<int>(kind)) + " " + std::to_string(field), std::move(predicate));
}

PredicateId PredicateTable::truth(FieldId field) {
  Predicate predicate;
  predicate.kind = Predicate::Kind::truth;
  predicate.field = field;
  predicate.cost = 1;
  return intern("truth " + std::to_string(field), std::move(predicate));
}

PredicateId PredicateTable::program() {
  Predicate predicate;
  predicate.kind = Predicate::Kind::program;
  predicate.cost = cost_of_program;
  return intern("program " + std::to_string(predicates.size()), std::move(predicate));
}

PredicateId PredicateTable::residual(const Term& term, Slot slots, std::span<const FieldId> needs, Within within) {
  Predicate predicate;
  predicate.kind = Predicate::Kind::residual;
  predicate.operand = std::make_unique<Operand>();
  predicate.operand->term = &term;
  predicate.operand->slots = slots;
  predicate.operand->within = literals_of(within.texts);
  predicate.field = within.field;
  predicate.cost = cost_of_residual;
  const PredicateId id =
      intern("residual " + std::to_string(reinterpret_cast<std::uintptr_t>(&term)), std::move(predicate));
  needs_[id] = {.fields = {needs.begin(), needs.end()}, .within = std::move(within.texts)};
  return id;
}

const Term* PredicateTable::keep(Term term) { return &terms.emplace_back(std::move(term)); }

}  // namespace picket
