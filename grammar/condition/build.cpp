#include "grammar/condition/build.hpp"

#include <algorithm>
#include <utility>

#include "grammar/condition/literals.hpp"

namespace picket::syntax {

// One level of the tree being built; beyond the bound it is an error, so that recursion over the tree is safe.
class Builder::Level {
 public:
  Level(Builder& builder, const ParseNode& node) : builder_(builder) {
    if (++builder_.depth_ > builder_.most_depth_) {
      const std::size_t at = builder_.begin_of(node);
      --builder_.depth_;
      throw too_deep(at, builder_.most_depth_);
    }
  }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  ~Level() { --builder_.depth_; }

 private:
  Builder& builder_;
};

std::size_t Builder::begin_of(const ParseNode& node) const {
  return static_cast<std::size_t>(node.text.data() - text_.text.data());
}

std::size_t Builder::end_of(const ParseNode& node) const { return begin_of(node) + node.text.size(); }

namespace {

std::string_view inner(std::string_view quoted) { return quoted.substr(1, quoted.size() - 2); }

[[noreturn]] void fail(Code code, std::size_t begin, std::size_t end, std::string message, std::string help = {}) {
  throw SyntaxError{.code = code,
                    .begin = begin,
                    .end = end,
                    .message = std::move(message),
                    .help = std::move(help),
                    .fixes = {},
                    .opened_at = SyntaxError::no_offset};
}

Arithmetic arithmetic_of(std::string_view sign) {
  switch (sign.front()) {
    case '+':
      return Arithmetic::add;
    case '-':
      return Arithmetic::subtract;
    case '*':
      return Arithmetic::multiply;
    case '/':
      return Arithmetic::divide;
    default:
      return Arithmetic::modulo;
  }
}

BinderKind binder_kind(std::string_view word) {
  if (word == "any") return BinderKind::any;
  if (word == "all") return BinderKind::all;
  if (word == "none") return BinderKind::none;
  if (word == "count") return BinderKind::count;
  if (word == "first") return BinderKind::first;
  if (word == "where") return BinderKind::where;
  return BinderKind::map;
}

GroupKind group_kind(std::string_view word) {
  if (word == "any") return GroupKind::any;
  return word == "all" ? GroupKind::all : GroupKind::none;
}

}  // namespace

Expr Builder::number_of(const ParseNode& node) const {
  const std::string_view text = node.text;
  if (is_number(text)) return make(NumberLiteral{std::string(text)}, node);
  if (const auto microseconds = read_duration(text)) return make(DurationLiteral{*microseconds}, node);
  const std::size_t unit = text.find_first_not_of("0123456789._");
  const bool unit_after_digits = unit != std::string_view::npos && text[unit] != 'e' && text[unit] != 'E' &&
                                 text.find_first_of("0123456789", unit) == std::string_view::npos;
  const std::string quoted = "`" + std::string(text.substr(0, 40)) + "`";
  if (unit_after_digits) {
    fail(Code::bad_duration, begin_of(node), end_of(node), quoted + " is neither a number nor a duration",
         "a duration is a whole number and one of ms, s, m, h, d, w");
  }
  fail(Code::bad_number, begin_of(node), end_of(node), quoted + " is no number",
       "numbers are written as in JSON: 0, 42, 2.5, 1e6; text belongs in quotes");
}

Expr Builder::element_of(const ParseNode& node) const {
  Expr element = make(ElementExpr{}, node);
  if (node.children.empty()) return element;
  const ParseNode& field = node.children.front();
  element.span = text_.span(begin_of(node), begin_of(node) + 1);
  return make(MemberExpr{.base = std::move(element), .name = field.string(), .name_span = span(field)}, node);
}

Expr Builder::call_of(const ParseNode& node) {
  const ParseNode& name = node.children.front();
  CallExpr call{.name = name.string(), .name_span = span(name), .arguments = {}};
  for (std::size_t i = 1; i < node.children.size(); ++i) call.arguments.push_back(expr(node.children[i]));
  return make(std::move(call), node);
}

Expr Builder::suffixed(Expr base, const ParseNode& suffix) {
  const SourceSpan whole{base.span.begin, span(suffix).end};
  const auto with = [&](Node node) { return Expr{.node = std::move(node), .span = whole}; };
  if (suffix.is(NodeKind::member)) {
    const ParseNode& name = suffix.children.front();
    return with(MemberExpr{.base = std::move(base), .name = name.string(), .name_span = span(name)});
  }
  if (suffix.is(NodeKind::each)) return with(EachExpr{.base = std::move(base), .deep = false});
  if (suffix.is(NodeKind::deep)) return with(EachExpr{.base = std::move(base), .deep = true});

  const auto colon =
      std::ranges::find_if(suffix.children, [](const ParseNode& child) { return child.is(NodeKind::slice_colon); });
  if (colon == suffix.children.end()) {
    return with(IndexExpr{.base = std::move(base), .index = expr(suffix.children.front())});
  }
  SliceExpr slice{.base = std::move(base), .from = std::nullopt, .to = std::nullopt};
  if (colon != suffix.children.begin()) slice.from = expr(suffix.children.front());
  if (colon + 1 != suffix.children.end()) slice.to = expr(suffix.children.back());
  return with(std::move(slice));
}

Expr Builder::postfix_of(const ParseNode& node, std::size_t count) {
  if (count == 1) return expr(node.children.front());
  const Level level(*this, node);
  return suffixed(postfix_of(node, count - 1), node.children[count - 1]);
}

Expr Builder::binary_of(const ParseNode& node, std::size_t count) {
  if (count == 1) return expr(node.children.front());
  const Level level(*this, node);
  const ParseNode& sign = node.children[count - 2];
  Expr left = binary_of(node, count - 2);
  Expr right = expr(node.children[count - 1]);
  const SourceSpan whole = cover(left.span, right.span);
  if (sign.is(NodeKind::fallback_op)) {
    return {.node = FallbackExpr{.unless_falsy = sign.text == "?:", .left = std::move(left), .right = std::move(right)},
            .span = whole};
  }
  return {.node = ArithmeticExpr{.op = arithmetic_of(sign.text), .left = std::move(left), .right = std::move(right)},
          .span = whole};
}

CompareClause Builder::compare_clause_of(const ParseNode& node) {
  CompareClause clause{.op = Op::eq, .negated = false, .folded = false, .all = false, .op_span = {}, .right = Expr{}};
  std::size_t op_end = begin_of(node);
  for (const ParseNode& child : node.children) {
    if (child.is(NodeKind::clause_not)) {
      clause.negated = true;
    } else if (child.is(NodeKind::op_token)) {
      std::string spelling = child.string();
      if (spelling.starts_with("in") && spelling.ends_with("cidr")) spelling = "in cidr";
      clause.op = op_from_spelling(spelling).value_or(Op::eq);
    } else if (child.is(NodeKind::fold_mark)) {
      clause.folded = true;
      if (!row_of(clause.op).folds) {
        fail(Code::misplaced_fold, begin_of(child), end_of(child),
             "`~` does not go with `" + std::string(row_of(clause.op).spelling) + "`",
             "it ignores case, and goes with eq, ne, in, contains, starts_with, ends_with, like and matches");
      }
    } else if (child.is(NodeKind::all_mark)) {
      clause.all = true;
      if (!row_of(clause.op).all) {
        fail(Code::misplaced_all, begin_of(child), end_of(child),
             "`all` does not go with `" + std::string(row_of(clause.op).spelling) + "`",
             "it goes with contains, starts_with, ends_with, like and matches");
      }
    } else {
      clause.right = expr(child);
      break;
    }
    op_end = end_of(child);
  }
  clause.op_span = text_.span(begin_of(node), op_end);
  return clause;
}

IsClause Builder::is_clause_of(const ParseNode& node) const {
  const ParseNode& name = node.children.back();
  return {.negated = node.children.size() > 1, .predicate = name.string(), .predicate_span = span(name)};
}

Expr Builder::compare_of(const ParseNode& node) {
  Expr left = expr(node.children.front());
  if (node.children.size() == 1) return left;
  const ParseNode& clause = node.children.back();
  if (clause.is(NodeKind::is_clause))
    return make(IsExpr{.left = std::move(left), .clause = is_clause_of(clause)}, node);
  return make(CompareExpr{.left = std::move(left), .clause = compare_clause_of(clause)}, node);
}

Expr Builder::logic_of(const ParseNode& node) {
  if (node.children.size() == 1) return expr(node.children.front());
  const ParseNode& tail = node.children.back();
  LogicExpr logic{.connective = tail.is(NodeKind::and_tail) ? Connective::conjunction : Connective::disjunction,
                  .operands = {}};
  logic.operands.push_back(expr(node.children.front()));
  for (const ParseNode& operand : tail.children) logic.operands.push_back(expr(operand));
  return make(std::move(logic), node);
}

Expr Builder::paren_of(const ParseNode& node) {
  if (node.children.size() == 1) return expr(node.children.front());
  LetExpr let{.definitions = {}, .body = Expr{}};
  for (const ParseNode& child : node.children) {
    if (child.is(NodeKind::definition)) {
      let.definitions.push_back(definition_of(child));
    } else {
      let.body = expr(child);
    }
  }
  return make(std::move(let), node);
}

Expr Builder::list_of(const ParseNode& node) {
  ListExpr list;
  for (const ParseNode& child : node.children) {
    const bool spread = child.is(NodeKind::spread_item);
    list.items.push_back({.spread = spread, .value = expr(spread ? child.children.front() : child)});
  }
  return make(std::move(list), node);
}

WhenExpr::Arm Builder::arm_of(const ParseNode& node) {
  WhenExpr::Arm arm{.patterns = {}, .value = expr(node.children.back())};
  for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
    const ParseNode& child = node.children[i];
    if (child.is(NodeKind::compare_clause)) {
      arm.patterns.emplace_back(compare_clause_of(child));
    } else if (child.is(NodeKind::is_clause)) {
      arm.patterns.emplace_back(is_clause_of(child));
    } else {
      arm.patterns.emplace_back(Box<Expr>(expr(child)));
    }
  }
  return arm;
}

Expr Builder::when_of(const ParseNode& node, bool has_subject) {
  WhenExpr when{.subject = std::nullopt, .arms = {}, .otherwise = std::nullopt};
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const ParseNode& child = node.children[i];
    if (has_subject && i == 0) {
      when.subject = expr(child);
    } else if (!child.is(NodeKind::else_arm)) {
      if (when.otherwise) {
        fail(Code::unexpected_token, begin_of(child), end_of(child),
             "an arm stands after `else`, which takes all that is left");
      }
      when.arms.push_back(arm_of(child));
    } else {
      if (when.otherwise) fail(Code::unexpected_token, begin_of(child), end_of(child), "a second `else`");
      when.otherwise = expr(child.children.front());
    }
  }
  return make(std::move(when), node);
}

Expr Builder::group_of(const ParseNode& node) {
  return make(GroupExpr{.kind = group_kind(node.children.front().text), .block = block(node.children.back())}, node);
}

Expr Builder::binder_of(const ParseNode& node) {
  const std::size_t list_at = node.children.size() - 2;
  BinderExpr binder{.kind = binder_kind(node.children.front().text),
                    .variables = {},
                    .variable_spans = {},
                    .list = expr(node.children[list_at]),
                    .body = block(node.children.back())};
  for (std::size_t i = 1; i < list_at; ++i) {
    binder.variables.push_back(node.children[i].string());
    binder.variable_spans.push_back(span(node.children[i]));
  }
  return make(std::move(binder), node);
}

std::string Builder::key_of(const ParseNode& node) const {
  const std::string_view text = node.text;
  if (text.front() == '"') return decode_escapes(inner(text));
  if (text.front() == '\'') return decode_raw(inner(text));
  return std::string(text);
}

std::string Builder::shorthand_key(const ParseNode& node, const Expr& path) const {
  if (const auto* name = std::get_if<NameExpr>(&path.node)) return name->name;
  if (const auto* member = std::get_if<MemberExpr>(&path.node)) return member->name;
  if (const auto* index = std::get_if<IndexExpr>(&path.node)) {
    if (const auto* key = std::get_if<StringLiteral>(&index->index->node)) return key->value;
  }
  fail(Code::unexpected_token, begin_of(node), end_of(node),
       "an entry without a key must be a path that ends in a name", "give it a key: `key: value`");
}

ObjectExpr::Entry Builder::entry_of(const ParseNode& node) {
  if (node.is(NodeKind::entry_pair)) return {.key = key_of(node.children.front()), .value = expr(node.children.back())};
  if (node.is(NodeKind::entry_computed)) {
    return {.key = Box<Expr>(expr(node.children.front())), .value = expr(node.children.back())};
  }
  Expr value = expr(node.children.front());
  if (node.is(NodeKind::spread_item)) return {.key = std::monostate(), .value = std::move(value)};
  std::string key = shorthand_key(node, value);
  return {.key = std::move(key), .value = std::move(value)};
}

ObjectExpr Builder::entries(const ParseNode& node) {
  ObjectExpr object;
  for (const ParseNode& child : node.children) object.entries.push_back(entry_of(child));
  return object;
}

std::vector<Parameter> Builder::parameters_of(const ParseNode& node) {
  std::vector<Parameter> parameters;
  for (const ParseNode& child : node.children) {
    const ParseNode& name = child.children.front();
    Parameter parameter{.name = name.string(), .span = span(name), .fallback = std::nullopt};
    if (child.children.size() > 1) parameter.fallback = expr(child.children.back());
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

Definition Builder::definition_of(const ParseNode& node) {
  const ParseNode& name = node.children.front();
  const bool has_parameters = node.children[1].is(NodeKind::parameters);
  const std::size_t head_end = end_of(has_parameters ? node.children[1] : name);
  const std::size_t equals = text_.text.find('=', head_end);
  return {.name = name.string(),
          .name_span = span(name),
          .equals_span = text_.span(equals, equals + 1),
          .has_parameters = has_parameters,
          .parameters = has_parameters ? parameters_of(node.children[1]) : std::vector<Parameter>(),
          .body = expr(node.children.back()),
          .span = span(node)};
}

Block Builder::block(const ParseNode& node) {
  const Level level(*this, node);
  Block block;
  block.span = span(node);
  for (const ParseNode& child : node.children) {
    if (child.is(NodeKind::definition)) {
      block.definitions.push_back(definition_of(child));
    } else {
      block.lines.push_back(expr(child));
    }
  }
  return block;
}

std::vector<Definition> Builder::definitions(const ParseNode& node) {
  std::vector<Definition> definitions;
  for (const ParseNode& child : node.children) definitions.push_back(definition_of(child));
  return definitions;
}

Expr Builder::template_of(const ParseNode& node) {
  TemplateExpr result;
  for (const ParseNode& child : node.children) {
    if (child.is(NodeKind::hole)) {
      result.parts.emplace_back(Box<Expr>(expr(child.children.front())));
      continue;
    }
    // Escapes first: neither kind of escape can make the other.
    const std::string_view run = child.text;
    result.parts.emplace_back(
        TemplateExpr::Text{decode_braces(child.is(NodeKind::quoted_text) ? decode_escapes(run) : std::string(run))});
  }
  return make(std::move(result), node);
}

Expr Builder::expr(const ParseNode& node) {
  const Level level(*this, node);
  const std::string_view text = node.text;
  if (node.is(NodeKind::postfix)) return postfix_of(node, node.children.size());
  if (node.is(NodeKind::product) || node.is(NodeKind::sum) || node.is(NodeKind::value))
    return binary_of(node, node.children.size());
  if (node.is(NodeKind::compare)) return compare_of(node);
  if (node.is(NodeKind::logic)) return logic_of(node);
  if (node.is(NodeKind::name)) return make(NameExpr{std::string(text)}, node);
  if (node.is(NodeKind::number)) return number_of(node);
  if (node.is(NodeKind::string_literal)) return make(StringLiteral{decode_escapes(inner(text))}, node);
  if (node.is(NodeKind::raw_literal)) return make(StringLiteral{decode_raw(inner(text))}, node);
  if (node.is(NodeKind::template_literal)) return template_of(node);
  if (node.is(NodeKind::true_literal)) return make(BoolLiteral{true}, node);
  if (node.is(NodeKind::false_literal)) return make(BoolLiteral{false}, node);
  if (node.is(NodeKind::null_literal)) return make(NullLiteral{}, node);
  if (node.is(NodeKind::event)) return make(EventExpr{}, node);
  if (node.is(NodeKind::element)) return element_of(node);
  if (node.is(NodeKind::call)) return call_of(node);
  if (node.is(NodeKind::negate)) return make(NegateExpr{expr(node.children.front())}, node);
  if (node.is(NodeKind::negation)) return make(NotExpr{expr(node.children.front())}, node);
  if (node.is(NodeKind::choice)) {
    return make(
        IfExpr{
            .condition = expr(node.children[0]), .then = expr(node.children[1]), .otherwise = expr(node.children[2])},
        node);
  }
  if (node.is(NodeKind::paren)) return paren_of(node);
  if (node.is(NodeKind::list)) return list_of(node);
  if (node.is(NodeKind::object)) return make(entries(node), node);
  if (node.is(NodeKind::when_condition)) return when_of(node, false);
  if (node.is(NodeKind::when_subject)) return when_of(node, true);
  if (node.is(NodeKind::group)) return group_of(node);
  return binder_of(node);
}

}  // namespace picket::syntax
