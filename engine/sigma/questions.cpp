#include "engine/sigma/questions.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "engine/sigma/expressions.hpp"
#include "grammar/text/ascii.hpp"

namespace picket::sigma {
namespace {

Expr looked_for(const Place& place, Expr found, SourceSpan span) {
  return place.when ? joined(Connective::conjunction, {*place.when, std::move(found)}, span) : found;
}

// The lines for every element of the field: `any field { lines }`.
Expr at_any_place(const Asked& asked, const std::vector<Expr>& lines) {
  std::vector<Expr> places;
  for (const Place& place : asked.places) {
    // What an element of a list on the way has may be a list again.
    Expr found = place.when ? any_of(place.path, {any_of(element(asked.span), lines, asked.span)}, asked.span)
                            : any_of(place.path, lines, asked.span);
    places.push_back(looked_for(place, std::move(found), asked.span));
  }
  return joined(Connective::disjunction, std::move(places), asked.span);
}

Expr is_scalar_but_no_text(SourceSpan span) {
  return joined(Connective::disjunction, {is(element(span), "number", span), is(element(span), "bool", span)}, span);
}

// The element as JSON writes it.
Expr text_of_element(SourceSpan span) { return call("string", {element(span)}, span); }

// A text that is how JSON writes a number, or a bool in whatever case, is equal to that, too: 1e3 is not, for that
// number is written 1000.
// `known`: the constants there are that are no texts, as JSON.
void add_value_of_text(const std::string& text, SourceSpan span, std::vector<Located<Value>>& constants,
                       std::set<std::string>& known) {
  std::optional<Value> value = Value::from_number(text);
  if (value && to_json(*value) != text) value.reset();
  if (const std::string lower = ascii_lower(text); lower == "true" || lower == "false") value = Value(lower == "true");
  if (value && known.insert(to_json(*value)).second) constants.push_back({*value, span});
}

constexpr std::array compared_ops = {Op::contains, Op::starts_with, Op::ends_with, Op::like};

}  // namespace

Expr is_there(const Asked& asked) {
  std::vector<Expr> places;
  for (const Place& place : asked.places) {
    Expr there = negation(is(place.path, place.of_elements ? "empty" : "null", asked.span), asked.span);
    places.push_back(looked_for(place, std::move(there), asked.span));
  }
  return joined(Connective::disjunction, std::move(places), asked.span);
}

Expr is_null(const Asked& asked) {
  if (asked.places.size() == 1 && !asked.places.front().of_elements) {
    return is(asked.places.front().path, "null", asked.span);
  }
  return negation(is_there(asked), asked.span);
}

Expr has_key(const Asked& asked) {
  std::vector<Expr> places;
  for (const Place& place : asked.places) {
    Expr there = place.of_elements ? negation(is(place.path, "empty", asked.span), asked.span)
                 : place.computed  ? negation(is(place.path, "null", asked.span), asked.span)
                                   : call("has", {place.path}, asked.span);
    places.push_back(looked_for(place, std::move(there), asked.span));
  }
  return joined(Connective::disjunction, std::move(places), asked.span);
}

Expr is_wanted(const Asked& asked, const Wanted& wanted) {
  const SourceSpan span = asked.span;
  std::vector<Located<Value>> equal = wanted.constants;
  std::set<std::string> known;
  for (const Located<Value>& constant : equal) known.insert(to_json(constant.value));
  bool anything = false;
  std::array<std::vector<Expr>, compared_ops.size()> texts;
  std::array<std::vector<Expr>, compared_ops.size()> numbers;  // texts that a number may fit
  for (const auto& [text, place] : wanted.texts) {
    if (text.is_anything()) {
      anything = true;
      continue;
    }
    WildText::Question question = text.question();
    if (question.op == Op::eq) {
      add_value_of_text(question.text, place, equal, known);
      // In its place: GCC 12 sees values in one that is moved that are not there.
      Located<Value>& one = equal.emplace_back();
      one.value = std::move(question.text);
      one.span = place;
      continue;
    }
    for (std::size_t i = 0; i < compared_ops.size(); ++i) {
      if (compared_ops.at(i) != question.op) continue;
      if (text.may_fit_a_number_or_bool()) numbers.at(i).push_back(text_of(question.text, place));
      texts.at(i).push_back(text_of(question.text, place));
    }
  }
  std::vector<Expr> any;
  if (anything) any.push_back(is_there(asked));
  if (!equal.empty()) {
    std::vector<Expr> literals;
    for (const auto& [value, place] : equal) literals.push_back(literal_of(value, place));
    const Op op = equal.size() == 1 ? Op::eq : Op::in;
    any.push_back(
        at_any_place(asked, {compare(element(span), op, !wanted.cased, list_of(std::move(literals), span), span)}));
  }
  for (std::size_t i = 0; i < compared_ops.size(); ++i) {
    const Op op = compared_ops.at(i);
    if (!texts.at(i).empty()) {
      std::vector<Expr> lines;
      if (op == Op::contains) lines.push_back(is(element(span), "string", span));  // which objects and lists do, too
      lines.push_back(compare(element(span), op, !wanted.cased, list_of(std::move(texts.at(i)), span), span));
      any.push_back(at_any_place(asked, lines));
    }
    if (!numbers.at(i).empty()) {
      any.push_back(at_any_place(
          asked, {is_scalar_but_no_text(span),
                  compare(text_of_element(span), op, !wanted.cased, list_of(std::move(numbers.at(i)), span), span)}));
    }
  }
  return joined(Connective::disjunction, std::move(any), span);
}

Expr is_found(const Asked& asked, const std::vector<Located<std::string>>& regexes, bool plain) {
  const SourceSpan span = asked.span;
  std::vector<Expr> patterns;
  for (const auto& [regex, place] : regexes) patterns.push_back(text_of(regex, place));
  const Expr list = list_of(std::move(patterns), span);
  std::vector<Expr> any = {at_any_place(asked, {compare(element(span), Op::matches, false, list, span)})};
  if (!plain) {
    any.push_back(at_any_place(
        asked, {is_scalar_but_no_text(span), compare(text_of_element(span), Op::matches, false, list, span)}));
  }
  return joined(Connective::disjunction, std::move(any), span);
}

Expr is_in_networks(const Asked& asked, const std::vector<Located<std::string>>& networks) {
  std::vector<Expr> list;
  for (const auto& [network, place] : networks) list.push_back(text_of(network, place));
  // A network within the networks is no address in them, though `in cidr` takes it for one.
  return at_any_place(
      asked, {is(element(asked.span), "ip", asked.span),
              compare(element(asked.span), Op::in_cidr, false, list_of(std::move(list), asked.span), asked.span)});
}

Expr is_in_order(const Asked& asked, Op op, const Value& number) {
  const SourceSpan span = asked.span;
  const Expr limit = literal_of(number, span);
  Expr of_number = at_any_place(asked, {compare(element(span), op, false, limit, span)});
  Expr of_text = at_any_place(asked, {is(element(span), "string", span),
                                      compare(call("number", {element(span)}, span), op, false, limit, span)});
  return joined(Connective::disjunction, {std::move(of_number), std::move(of_text)}, span);
}

Expr has_time_part(const Asked& asked, char format, Op op, const std::vector<Located<Value>>& numbers) {
  const SourceSpan span = asked.span;
  std::vector<Expr> literals;
  for (const auto& [number, place] : numbers) literals.push_back(literal_of(number, place));
  Expr part = call("format_time", {call("time", {element(span)}, span), text_of(std::string{'%', format}, span)}, span);
  return at_any_place(asked, {compare(call("int", {std::move(part)}, span), numbers.size() == 1 ? op : Op::in, false,
                                      list_of(std::move(literals), span), span)});
}

Expr is_like_field(const Asked& asked, const Asked& other, Op op, bool cased) {
  const SourceSpan span = asked.span;
  const auto named = [span](std::string variable, Expr list, std::vector<Expr> lines) {
    BinderExpr binder{.kind = BinderKind::any,
                      .variables = {std::move(variable)},
                      .variable_spans = {span},
                      .list = std::move(list),
                      .body = {.definitions = {}, .lines = std::move(lines), .span = span}};
    return Expr{std::move(binder), span};
  };
  const auto name = [span](std::string variable) { return Expr{NameExpr{std::move(variable)}, span}; };
  const auto text = [&](std::string variable) { return call("string", {name(std::move(variable))}, span); };
  // Each value at a place that has a text: neither null nor a list or an object, which JSON's brackets would stand for.
  const auto each = [&](const Place& place, const std::string& variable, Expr line) {
    std::vector<Expr> kinds;
    for (const std::string_view kind : {"string", "number", "bool"}) kinds.push_back(is(name(variable), kind, span));
    std::vector<Expr> lines = {joined(Connective::disjunction, std::move(kinds), span), std::move(line)};
    if (!place.when) return named(variable, place.path, std::move(lines));
    const std::string element = variable + "_element";
    return named(element, place.path, {named(variable, name(element), std::move(lines))});
  };
  std::vector<Expr> any;
  for (const Place& left : asked.places) {
    for (const Place& right : other.places) {
      Expr both = compare(text("value"), op, !cased, text("other_value"), span);
      any.push_back(each(left, "value", each(right, "other_value", std::move(both))));
    }
  }
  return joined(Connective::disjunction, std::move(any), span);
}

}  // namespace picket::sigma
