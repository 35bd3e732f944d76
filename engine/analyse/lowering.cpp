#include "engine/analyse/lowering.hpp"

#include <algorithm>
#include <utility>

namespace picket {

// One level of terms. Beyond the bound lowering goes on with nulls, here and in what is left of the file, and the file
// is refused with this one error: no stack, here or in an engine, can overflow, and definitions that double one another
// cost the bound once.
class Lowering::Level {
 public:
  Level(Lowering& lowering, SourceSpan span) : lowering_(lowering) {
    ++lowering_.depth_;
    lowering_.deepest_ = std::max(lowering_.deepest_, lowering_.depth_);
    if (lowering_.depth_ > most_levels && !lowering_.too_large_) {
      lowering_.refuse_size(
          span, "the definitions are nested more than " + std::to_string(most_levels) + " deep once they are unfolded");
    }
    lowering_.count_terms(1, span);
  }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  ~Level() { --lowering_.depth_; }

 private:
  Lowering& lowering_;
};

Lowering::Lowering(const Namespace& home, DefinitionTable& table, const AnalysisOptions& options,
                   Diagnostics& diagnostics)
    : home_(&home),
      file_(&home),
      table_(table),
      options_(options),
      diagnostics_(diagnostics),
      calls_source_(home.source) {}

Diagnostic& Lowering::error(Code code, SourceSpan span, std::string message) {
  broken_ = true;
  // What was cut off is null, and would be wrong in ways that the author is not to blame for.
  if (too_large_ && code != Code::condition_too_large) return discarded_ = Diagnostic();
  // A definition is lowered once for each call: what is wrong with it is said once.
  if (!reported_.emplace(code, home_->source.get(), span.begin, span.end).second) return discarded_ = Diagnostic();
  Diagnostic& diagnostic = diagnostics_.add(code, home_->source, span, std::move(message));
  if (!calls_.empty()) {
    diagnostic.related.push_back({.source = calls_source_, .span = calls_.front(), .message = "called here"});
  }
  return diagnostic;
}

Diagnostic& Lowering::refuse_size(SourceSpan span, std::string message) {
  too_large_ = true;
  return error(Code::condition_too_large, span, std::move(message));
}

// What a definition without parameters stands for counts each time it is named, although it is evaluated once: whoever
// looks through the names (a plan, coverage, a page) meets it there each time.
void Lowering::count_terms(std::size_t count, SourceSpan span) {
  terms_ += count;
  if (terms_ <= options_.terms || too_large_) return;
  refuse_size(span,
              "the text has more than " + std::to_string(options_.terms) + " parts once its definitions are unfolded")
      .help = "a definition counts wherever it is named: those that name others several times multiply";
}

std::shared_ptr<const Site> Lowering::site(SourceSpan span) const {
  return std::make_shared<const Site>(Site{.source = home_->source, .span = span});
}

std::string Lowering::quoted(SourceSpan span) const { return "`" + std::string(home_->source->text(span)) + "`"; }

CheckedText Lowering::finish(Term term) {
  CheckedText text{.term = std::move(term), .slots = next_slot_, .parts = terms_};
  next_slot_ = 0;
  slot_kinds_.clear();
  terms_ = 0;
  return text;
}

CheckedText Lowering::lower_condition(const Block& block) {
  Scope scope{.outer = nullptr, .home = home_, .names = {}, .element = std::nullopt};
  return finish(lower_block(block, scope, true, true));
}

CheckedText Lowering::lower_value(const Expr& expr) {
  const Scope scope{.outer = nullptr, .home = home_, .names = {}, .element = std::nullopt};
  return finish(lower(expr, scope));
}

Term Lowering::lower(const Expr& expr, const Scope& scope) {
  const Level level(*this, expr.span);
  if (too_large_) return {ConstantTerm{}};
  return expr.item == nullptr ? lower_node(expr, scope) : lower_item(expr, scope);
}

Term Lowering::lower_item(const Expr& expr, const Scope& scope) {
  const WrittenItem& written = *expr.item;
  TermItem item{.role = written.role,
                .site = written.role == WrittenItem::Role::silent ? nullptr : site(expr.span),
                .lenient = written.lenient,
                .fields = {},
                .values = {},
                .origins = {}};
  TermItem* const outer = std::exchange(item_, written.values.empty() ? nullptr : &item);
  std::map<std::uint32_t, std::uint32_t> outer_values = std::exchange(item_values_, {});
  for (const Expr& value : written.values) {
    item_values_.emplace(value.span.begin, static_cast<std::uint32_t>(item.values.size()));
    item.values.push_back(std::get<ConstantTerm>(lower(value, scope).node).value);
  }
  Term term = truth_of(lower_node(expr, scope), expr);
  item_ = outer;
  item_values_ = std::move(outer_values);
  for (const auto& [value, name] : written.fields) {
    ItemField field{.value = lower(value, scope), .name = name};
    const auto* read = std::get_if<FieldTerm>(&field.value.node);
    if (name.empty() && read != nullptr) field.name = print_path(read->path);
    item.fields.push_back(std::move(field));
  }
  term.item = std::make_shared<const TermItem>(std::move(item));
  return term;
}

void Lowering::note_origins(const CompareTerm& term, const Expr& right) {
  std::vector<std::uint32_t>& origins = item_->origins[term.site.get()];
  const auto note = [&](const Expr& element) {
    const auto value = item_values_.find(element.span.begin);
    origins.push_back(value != item_values_.end() ? value->second : static_cast<std::uint32_t>(item_->values.size()));
  };
  const auto* list = std::get_if<ListExpr>(&right.node);
  if (list == nullptr) return note(right);
  for (const ListExpr::Item& element : list->items) note(element.value);
}

Term Lowering::lower_node(const Expr& expr, const Scope& scope) {
  return match(
      expr.node, [](const NullLiteral&) { return Term{ConstantTerm{}}; },
      [](const BoolLiteral& e) { return Term{ConstantTerm{Value(e.value)}}; },
      [](const NumberLiteral& e) { return Term{ConstantTerm{Value::from_number(e.text).value_or(Value())}}; },
      [](const DurationLiteral& e) { return Term{ConstantTerm{Value(Duration{e.microseconds})}}; },
      [](const StringLiteral& e) { return Term{ConstantTerm{Value(e.value)}}; },
      [&](const TemplateExpr& e) { return lower_template(e, scope); },
      [&](const SliceExpr& e) { return lower_slice(e, scope); },
      [&](const CallExpr& e) { return lower_call(e, expr, scope); },
      [&](const NegateExpr& e) { return lower_negate(e, scope); },
      [&](const ArithmeticExpr& e) { return lower_arithmetic(e, expr, scope); },
      [&](const FallbackExpr& e) {
        return Term{FallbackTerm{
            .unless_falsy = e.unless_falsy, .left = lower(*e.left, scope), .right = lower(*e.right, scope)}};
      },
      [&](const CompareExpr& e) { return compare(lower(*e.left, scope), &*e.left, e.clause, expr.span, scope); },
      [&](const IsExpr& e) { return is(lower(*e.left, scope), e.clause, expr.span, scope); },
      [&](const NotExpr& e) { return Term{NotTerm{truth(*e.operand, scope)}}; },
      [&](const LogicExpr& e) { return lower_logic(e, scope); }, [&](const LetExpr& e) { return lower_let(e, scope); },
      [&](const IfExpr& e) { return lower_choice(e, scope); }, [&](const WhenExpr& e) { return lower_when(e, scope); },
      [&](const GroupExpr& e) { return lower_group(e, scope); },
      [&](const BinderExpr& e) { return lower_binder(e, scope); },
      [&](const ListExpr& e) { return lower_list(e, scope); },
      [&](const ObjectExpr& e) { return lower_object(e, scope); },
      // EventExpr, ElementExpr, NameExpr, MemberExpr, IndexExpr, EachExpr
      [&](const auto&) { return lower_path(expr, scope); });
}

// The truth of an expression: as it is if it is a condition, else its value's.
Term Lowering::truth(const Expr& expr, const Scope& scope) { return truth_of(lower(expr, scope), expr); }

Term Lowering::truth_of(Term term, const Expr& expr) {
  const bool is_condition = match(
      term.node, [](const CompareTerm&) { return true; }, [](const IsTerm&) { return true; },
      [](const TruthTerm&) { return true; }, [](const NotTerm&) { return true; }, [](const LogicTerm&) { return true; },
      [](const ConstantTerm& t) { return t.value.boolean() != nullptr; },
      [](const IfTerm& t) { return t.then_site == nullptr; },
      [](const BinderTerm& t) { return t.kind <= BinderKind::none; }, [](const auto&) { return false; });
  if (is_condition) return term;
  if (const auto* field = std::get_if<FieldTerm>(&term.node)) {
    if (FieldUse* use = note_field(*field, expr.span)) use->bare = true;
  }
  return {TruthTerm{.operand = std::move(term), .site = site(expr.span)}};
}

namespace {

// What a null hole is called: the last name of the path it holds, or of the first path in it.
std::string hole_name(const Expr& expr) {
  return match(
      expr.node, [](const NameExpr& e) { return e.name; }, [](const MemberExpr& e) { return e.name; },
      [](const IndexExpr& e) {
        const auto* key = std::get_if<StringLiteral>(&e.index->node);
        return key != nullptr ? key->value : hole_name(*e.base);
      },
      [](const SliceExpr& e) { return hole_name(*e.base); }, [](const EachExpr& e) { return hole_name(*e.base); },
      [](const CallExpr& e) { return e.arguments.empty() ? e.name : hole_name(e.arguments.front()); },
      [](const FallbackExpr& e) { return hole_name(*e.left); },
      [](const ArithmeticExpr& e) { return hole_name(*e.left); },
      [](const BinderExpr& e) { return hole_name(*e.list); }, [](const auto&) { return std::string("value"); });
}

}  // namespace

Term Lowering::lower_template(const TemplateExpr& node, const Scope& scope) {
  TemplateTerm term;
  for (const auto& part : node.parts) {
    match(
        part, [&](const TemplateExpr::Text& text) { term.parts.emplace_back(text.value); },
        [&](const Box<Expr>& value) {
          term.parts.emplace_back(TemplateTerm::Hole{.value = lower(*value, scope), .name = hole_name(*value)});
        });
  }
  return {std::move(term)};
}

Term Lowering::lower_negate(const NegateExpr& node, const Scope& scope) {
  // A negative literal is a constant like any other.
  if (const auto* literal = std::get_if<NumberLiteral>(&node.operand->node)) {
    return {ConstantTerm{Value::from_number("-" + literal->text).value_or(Value())}};
  }
  if (const auto* literal = std::get_if<DurationLiteral>(&node.operand->node)) {
    return {ConstantTerm{Value(Duration{-literal->microseconds})}};
  }
  return {NegateTerm{lower(*node.operand, scope)}};
}

Term Lowering::lower_arithmetic(const ArithmeticExpr& node, const Expr& expr, const Scope& scope) {
  ArithmeticTerm term{.op = node.op, .left = lower(*node.left, scope), .right = lower(*node.right, scope)};
  const Kinds left = kinds_of_term(*term.left);
  const Kinds right = kinds_of_term(*term.right);
  Term result{std::move(term)};
  if (kinds_of_term(result) == Kinds{Kinds::null}) {
    error(Code::impossible_arithmetic, expr.span,
          "arithmetic on " + in_words(left) + " and " + in_words(right) + " always gives null");
    return {SlotTerm{}};  // of any kind: one fault brings no others
  }
  return result;
}

Term Lowering::lower_choice(const IfExpr& node, const Scope& scope) {
  const auto& item = node.condition->item;
  const bool silent = item != nullptr && item->role == WrittenItem::Role::silent;
  Term condition = truth(*node.condition, scope);
  // Its author knows of no choice: then it is the condition that is chosen.
  if (silent) {
    return {IfTerm{.condition = std::move(condition),
                   .then = truth(*node.then, scope),
                   .otherwise = truth(*node.otherwise, scope),
                   .then_site = nullptr,
                   .otherwise_site = nullptr}};
  }
  return {IfTerm{.condition = std::move(condition),
                 .then = lower(*node.then, scope),
                 .otherwise = lower(*node.otherwise, scope),
                 .then_site = site(node.then->span),
                 .otherwise_site = site(node.otherwise->span)}};
}

Term Lowering::lower_logic(const LogicExpr& node, const Scope& scope) {
  return lower_operands(node.operands, scope, node.connective);
}

Term Lowering::lower_list(const ListExpr& node, const Scope& scope) {
  ListTerm term;
  bool constant = true;
  for (const ListExpr::Item& item : node.items) {
    term.items.push_back({.spread = item.spread, .value = lower(item.value, scope)});
    constant = constant && !item.spread && std::holds_alternative<ConstantTerm>(term.items.back().value.node);
  }
  if (!constant) return {std::move(term)};
  List values;
  for (const ListTerm::Item& item : term.items) values.push_back(std::get<ConstantTerm>(item.value.node).value);
  return {ConstantTerm{Value(std::move(values))}};
}

Term Lowering::lower_object(const ObjectExpr& node, const Scope& scope) {
  ObjectTerm term;
  bool constant = true;
  for (const ObjectExpr::Entry& entry : node.entries) {
    std::optional<Term> key = match(
        entry.key, [](std::monostate) { return std::optional<Term>(); },
        [](const std::string& text) { return std::optional<Term>(Term{ConstantTerm{Value(text)}}); },
        [&](const Box<Expr>& computed) { return std::optional<Term>(lower(*computed, scope)); });
    const bool constant_key = key && std::holds_alternative<ConstantTerm>(key->node) &&
                              std::get<ConstantTerm>(key->node).value.string() != nullptr;
    term.entries.push_back({.key = std::move(key), .value = lower(entry.value, scope)});
    constant = constant && constant_key && std::holds_alternative<ConstantTerm>(term.entries.back().value.node);
  }
  if (!constant) return {std::move(term)};
  Object object;
  for (const ObjectTerm::Entry& entry : term.entries) {
    const Value& value = std::get<ConstantTerm>(entry.value.node).value;
    if (!value.is_null()) object.set(*std::get<ConstantTerm>(entry.key->node).value.string(), value);
  }
  return {ConstantTerm{Value(std::move(object))}};
}

Term Lowering::lower_slice(const SliceExpr& node, const Scope& scope) {
  SliceTerm term{.base = lower(*node.base, scope), .from = std::nullopt, .to = std::nullopt};
  if (node.from) term.from = lower(**node.from, scope);
  if (node.to) term.to = lower(**node.to, scope);
  return {std::move(term)};
}

}  // namespace picket
