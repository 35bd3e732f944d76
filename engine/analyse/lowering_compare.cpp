// Comparisons, and the patterns on their right. See lowering.hpp.
#include <algorithm>
#include <utility>

#include "engine/analyse/constant.hpp"
#include "engine/analyse/lowering.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {

namespace {

constexpr Kinds ordered{Kinds::number | Kinds::string | Kinds::time | Kinds::duration};
constexpr Kinds text_or_list{Kinds::string | Kinds::list};

// What may stand left of an operator so that it is ever true.
Kinds left_kinds(Op op) {
  switch (op) {
    case Op::eq:
    case Op::ne:
    case Op::in:
      return {Kinds::any_value};
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return ordered;
    case Op::contains:
      return {Kinds::string | Kinds::list | Kinds::object};
    case Op::in_cidr:
    case Op::starts_with:
    case Op::ends_with:
    case Op::like:
    case Op::matches:
      return {Kinds::string};
  }
  return {Kinds::any_value};
}

// What may stand right of it, given the left.
Kinds right_kinds(Op op, Kinds left) {
  switch (op) {
    case Op::eq:
    case Op::ne:
      return left;
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return both(left, ordered);
    case Op::in:
      return left.has(Kinds::string) ? Kinds{Kinds::string | Kinds::list | Kinds::object} : Kinds{Kinds::list};
    case Op::contains:
      return left.has(Kinds::list) ? Kinds{Kinds::any_value} : text_or_list;
    case Op::in_cidr:
    case Op::starts_with:
    case Op::ends_with:
    case Op::like:
    case Op::matches:
      return text_or_list;
  }
  return {Kinds::any_value};
}

// The place of element `index` of a list as written, or of the whole expression.
SourceSpan element_span(const Expr& expr, std::size_t index) {
  const auto* list = std::get_if<ListExpr>(&expr.node);
  if (list == nullptr || index >= list->items.size()) return expr.span;
  return list->items[index].value.span;
}

}  // namespace

Term Lowering::compare(Term left, const Expr* left_expr, const CompareClause& clause, SourceSpan span,
                       const Scope& scope) {
  CompareTerm term{.op = clause.op == Op::ne ? Op::eq : clause.op,
                   .negated = clause.negated != (clause.op == Op::ne),
                   .folded = clause.folded,
                   .all = clause.all,
                   .left = std::move(left),
                   .right = lower(*clause.right, scope),
                   .regexes = {},
                   .globs = {},
                   .networks = {},
                   .site = site(span)};
  check_kinds(term, *clause.right, left_expr != nullptr ? left_expr->span : clause.right->span);
  compile_patterns(term, *clause.right);
  if (item_ != nullptr) note_origins(term, *clause.right);
  const auto* field = std::get_if<FieldTerm>(&term.left->node);
  if (field != nullptr && left_expr != nullptr && home_ == file_) {
    const Value* right = constant_of(*term.right, table_.checked);
    field_uses_.push_back({.path = field->path,
                           .span = left_expr->span,
                           .op = clause.op,
                           .right = right != nullptr ? std::optional<Value>(*right) : std::nullopt,
                           .right_span = clause.right->span,
                           .bare = false});
  }
  return {std::move(term)};
}

// Refuses what can never be true, or with `not` never false.
void Lowering::check_kinds(const CompareTerm& term, const Expr& right_expr, SourceSpan left_span) {
  const Kinds left = kinds_of_term(*term.left);
  const Kinds right = kinds_of_term(*term.right);
  const std::string op = "`" + std::string(row_of(term.op).spelling) + "`";
  const bool always = term.negated;
  const std::string outcome = always ? "always true" : "never true";
  if (none_of(both(left, left_kinds(term.op)))) {
    error(Code::impossible_comparison, left_span,
          "this is " + outcome + ": left of " + op + " stands " + in_words(left) + ", and it wants " +
              in_words(left_kinds(term.op)));
    return;
  }
  if (!none_of(both(right, right_kinds(term.op, left)))) return warn_of_times(term, left, right, right_expr.span);
  const bool same_kind = term.op == Op::eq || both(left, ordered).bits == left.bits;
  error(Code::impossible_comparison, right_expr.span,
        same_kind ? "this is " + outcome + ": " + in_words(left) + " and " + in_words(right) + " do not compare"
                  : "this is " + outcome + ": right of " + op + " stands " + in_words(right) + ", and it wants " +
                        in_words(right_kinds(term.op, left)))
      .help = "the language never converts; `int`, `number` and `string` do";
}

// What an event says is JSON, in which there are neither times nor durations. A warning: it is well formed, and false.
void Lowering::warn_of_times(const CompareTerm& term, Kinds left, Kinds right, SourceSpan span) {
  const bool left_field = std::holds_alternative<FieldTerm>(term.left->node);
  const bool right_field = std::holds_alternative<FieldTerm>(term.right->node);
  if (!options_.lints || left_field == right_field) return;
  const Kinds other = without(left_field ? right : left, Kinds::null);
  const bool time = other.bits == Kinds::time;
  if (!time && other.bits != Kinds::duration) return;
  if (!reported_.emplace(Code::impossible_comparison, home_->source.get(), span.begin, span.end).second) return;
  Diagnostic& diagnostic = diagnostics_.add(Code::impossible_comparison, home_->source, span,
                                            std::string("this is ") + (term.negated ? "always" : "never") +
                                                " true: a field of an event is " + (time ? "no time" : "no duration"));
  diagnostic.level = picket::Level::warning;
  diagnostic.help = time ? "`time(x)` makes a time of what the event says, of a text or of a number of seconds"
                         : "compare a number, or the time that has passed: `now - time(x)`";
}

void Lowering::compile_patterns(CompareTerm& term, const Expr& right) {
  if (term.op != Op::matches && term.op != Op::like && term.op != Op::in_cidr) return;
  const Value* constant = constant_of(*term.right, table_.checked);
  if (constant == nullptr) {
    if (term.op == Op::matches && !generic_) {
      error(Code::pattern_not_constant, right.span, "a regex must be constant, and this depends on the event").help =
          "to look for a value of the event use `contains`, or `like`";
    }
    return;
  }
  if (const List* list = constant->list()) {
    for (std::size_t i = 0; i < list->size(); ++i) compile_pattern(term, (*list)[i], element_span(right, i));
  } else {
    compile_pattern(term, *constant, right.span);
  }
}

void Lowering::compile_pattern(CompareTerm& term, const Value& pattern, SourceSpan span) {
  const std::string* text = pattern.string();
  if (text == nullptr) {
    error(Code::impossible_comparison, span,
          "`" + std::string(row_of(term.op).spelling) + "` wants strings, and this is " + in_words(kinds_of(pattern)));
    return;
  }
  if (term.op == Op::matches) {
    auto compiled = Regex::compile(*text, {.folded = term.folded, .memory = options_.regex_memory});
    if (const auto* fault = std::get_if<PatternError>(&compiled)) {
      error(Code::bad_regex, span, "the regex is not well formed: " + fault->reason).help =
          "regexes are RE2's: no look-around, no back-references";
    } else {
      term.regexes.push_back(std::get<Regex>(std::move(compiled)));
    }
  } else if (term.op == Op::like) {
    auto compiled = Glob::compile(*text, term.folded);
    if (const auto* fault = std::get_if<PatternError>(&compiled)) {
      error(Code::bad_glob, span, "the glob is not well formed: " + fault->reason).help =
          "`*` is any run, `?` one character, `[abc]` one of a set; a literal bracket is `[[]`";
    } else {
      term.globs.push_back(std::get<Glob>(std::move(compiled)));
    }
  } else if (const auto network = Network::parse(*text)) {
    term.networks.push_back(*network);
  } else {
    error(Code::bad_cidr, span, "`" + *text + "` is no network").help =
        "write an address, or a network such as 10.0.0.0/8 or 2001:db8::/32";
  }
}

Term Lowering::is(Term left, const IsClause& clause, SourceSpan span, const Scope& scope) {
  if (const auto kind = is_kind_from_spelling(clause.predicate)) {
    return {IsTerm{.kind = *kind, .negated = clause.negated, .operand = std::move(left), .site = site(span)}};
  }
  std::vector<Argument> arguments;
  arguments.push_back({.expr = nullptr, .term = std::move(left)});
  std::optional<Term> asked;
  const Binding* binding = scope.find(clause.predicate);
  bool reported = false;
  if (binding != nullptr && binding->local) {
    asked = unfold(*binding->local, std::move(arguments), clause.predicate_span, scope);
  } else if (const DefinitionEntry* entry = find_definition(clause.predicate, clause.predicate_span, scope, reported)) {
    asked = unfold(*entry, std::move(arguments), clause.predicate_span, scope);
  }
  if (asked) {
    Term truth{TruthTerm{.operand = std::move(*asked), .site = site(span)}};
    return clause.negated ? Term{NotTerm{std::move(truth)}} : std::move(truth);
  }
  if (reported) return {ConstantTerm{Value(false)}};
  Diagnostic& diagnostic = error(Code::unknown_predicate, clause.predicate_span,
                                 "`" + clause.predicate + "` is neither a kind nor a definition");
  std::vector<std::string> known;
  for (const IsKindRow& row : is_kinds()) known.emplace_back(row.spelling);
  for (const auto& [name, entry] : scope.home->definitions) {
    if (entry.definition->parameters.size() == 1) known.push_back(name);
  }
  for (const auto& [id, library] : scope.home->libraries) {
    for (const auto& [name, entry] : library->definitions) {
      if (entry.definition->parameters.size() == 1) known.push_back(id + "." + name);
    }
  }
  propose_nearest(diagnostic, clause.predicate_span, clause.predicate, known, Certainty::if_alone);
  if (diagnostic.fixes.empty()) {
    diagnostic.help =
        "kinds are null, empty, true, false, string, number, int, bool, list, object, ip, ipv4, ipv6, public_ip, "
        "private_ip and loopback_ip; to compare with a value write `eq`";
  }
  return {ConstantTerm{Value(false)}};
}

}  // namespace picket
