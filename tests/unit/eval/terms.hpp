// Terms by hand, for the tests of the interpreter.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/analyse/checked.hpp"

namespace picket::tests {

inline Term constant(const Value& value) { return {ConstantTerm{value}}; }
inline Term field(std::vector<PathStep> path) { return {FieldTerm{std::move(path)}}; }
inline Term slot(Slot slot) { return {SlotTerm{slot}}; }
inline Term add(Term left, Term right) {
  return {ArithmeticTerm{Arithmetic::add, Box<Term>(std::move(left)), Box<Term>(std::move(right))}};
}
inline Term list_of(std::vector<Term> terms) {
  ListTerm list;
  for (Term& term : terms) list.items.push_back({.spread = false, .value = std::move(term)});
  return {std::move(list)};
}
inline Term binder(BinderKind kind, Slot element, Term list, Term body) {
  return {BinderTerm{kind, std::nullopt, element, Box<Term>(std::move(list)), Box<Term>(std::move(body)), nullptr}};
}
inline std::shared_ptr<const Site> site() { return std::make_shared<const Site>(); }
inline Term compare_terms(Op op, Term left, Term right, std::shared_ptr<const Site> where = nullptr) {
  CompareTerm term{.op = op,
                   .left = Box<Term>(std::move(left)),
                   .right = Box<Term>(std::move(right)),
                   .regexes = {},
                   .globs = {},
                   .networks = {},
                   .site = std::move(where)};
  return {std::move(term)};
}
inline CheckedText text(Term term, Slot slots = 0) { return {std::move(term), slots}; }
inline CheckedDefinition definition(std::string name, Term body, Slot slots = 0) {
  return {.name = std::move(name), .site = {}, .body = {std::move(body), slots}, .has_parameters = false};
}

}  // namespace picket::tests
