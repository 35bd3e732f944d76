#include "grammar/ast/print.hpp"

#include "grammar/text/ascii.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace picket {

namespace {

// How tightly a form binds; an operand that binds less tightly than its place asks for gets parentheses.
enum class Bind : std::uint8_t { choice, condition, fallback, sum, product, negation, postfix, primary };

Bind bind_of(const Node& node) {
  return match(
      node, [](const IfExpr&) { return Bind::choice; }, [](const LogicExpr&) { return Bind::choice; },
      [](const NotExpr&) { return Bind::condition; }, [](const CompareExpr&) { return Bind::condition; },
      [](const IsExpr&) { return Bind::condition; }, [](const FallbackExpr&) { return Bind::fallback; },
      [](const ArithmeticExpr& e) {
        return e.op == Arithmetic::add || e.op == Arithmetic::subtract ? Bind::sum : Bind::product;
      },
      [](const NegateExpr&) { return Bind::negation; }, [](const MemberExpr&) { return Bind::postfix; },
      [](const IndexExpr&) { return Bind::postfix; }, [](const SliceExpr&) { return Bind::postfix; },
      [](const EachExpr&) { return Bind::postfix; }, [](const auto&) { return Bind::primary; });
}

void append_escaped(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += digits[static_cast<unsigned char>(c) >> 4U];
          out += digits[static_cast<unsigned char>(c) & 0xFU];
        } else {
          out += c;
        }
    }
  }
}

std::string double_braces(std::string_view text) {
  std::string result;
  for (const char c : text) {
    result += c;
    if (c == '{' || c == '}') result += c;
  }
  return result;
}

std::string_view word_of(GroupKind kind) {
  constexpr std::array<std::string_view, 3> words{"any", "all", "none"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view word_of(BinderKind kind) {
  constexpr std::array<std::string_view, 7> words{"any", "all", "none", "count", "first", "where", "map"};
  return words[static_cast<std::size_t>(kind)];
}

class Printer {
 public:
  std::string take() { return std::move(out_); }

  void expr(const Expr& e, Bind wanted = Bind::choice) {
    const bool parentheses = bind_of(e.node) < wanted;
    if (parentheses) out_ += '(';
    match(e.node, [this](const auto& node) { put(node); });
    if (parentheses) out_ += ')';
  }

  void definition(const Definition& d) {
    out_ += d.name;
    if (d.has_parameters) {
      out_ += '(';
      separated(d.parameters, ", ", [this](const Parameter& parameter) {
        out_ += parameter.name;
        if (!parameter.fallback) return;
        out_ += " = ";
        expr(**parameter.fallback);
      });
      out_ += ')';
    }
    out_ += " = ";
    expr(*d.body);
  }

  void lines(const Block& block, std::string_view separator) {
    separated(block.definitions, separator, [this](const Definition& d) { definition(d); });
    if (!block.definitions.empty() && !block.lines.empty()) out_ += separator;
    separated(block.lines, separator, [this](const Expr& line) { expr(line); });
  }

  void entries(const ObjectExpr& object, std::string_view separator) {
    separated(object.entries, separator, [this](const ObjectExpr::Entry& e) { entry(e); });
  }

  void hole(const Expr& e) {
    const std::size_t begin = out_.size();
    expr(e);
    // `{{` and `}}` would be braces of the text.
    if (out_[begin] == '{') out_.insert(begin, 1, ' ');
    if (out_.back() == '}') out_ += ' ';
  }

  void text(std::string_view text) { out_ += text; }

 private:
  template <typename Items, typename Put>
  void separated(const Items& items, std::string_view separator, Put put_item) {
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += separator;
      first = false;
      put_item(item);
    }
  }

  void in_parentheses(const Expr& e, bool parentheses, Bind wanted) {
    if (!parentheses) return expr(e, wanted);
    out_ += '(';
    expr(e);
    out_ += ')';
  }

  // --- literals ---
  void put(const NullLiteral&) { out_ += "null"; }
  void put(const BoolLiteral& e) { out_ += e.value ? "true" : "false"; }
  void put(const NumberLiteral& e) { out_ += e.text; }
  void put(const DurationLiteral& e) { out_ += print_duration_literal(e.microseconds); }
  void put(const StringLiteral& e) { out_ += print_string(e.value); }
  void put(const TemplateExpr& e) {
    out_ += "f\"";
    for (const auto& part : e.parts) {
      match(
          part, [this](const TemplateExpr::Text& text) { append_escaped(out_, double_braces(text.value)); },
          [this](const Box<Expr>& value) {
            out_ += '{';
            hole(*value);
            out_ += '}';
          });
    }
    out_ += '"';
  }

  // --- names and paths ---
  void put(const EventExpr&) { out_ += '$'; }
  void put(const ElementExpr&) { out_ += '.'; }
  void put(const NameExpr& e) { out_ += e.name; }
  void put(const MemberExpr& e) {
    expr(*e.base, Bind::postfix);
    if (!std::holds_alternative<ElementExpr>(e.base->node)) out_ += '.';
    out_ += e.name;
  }
  void put(const IndexExpr& e) {
    expr(*e.base, Bind::postfix);
    out_ += '[';
    expr(*e.index);
    out_ += ']';
  }
  void put(const SliceExpr& e) {
    expr(*e.base, Bind::postfix);
    out_ += '[';
    if (e.from) expr(**e.from);
    out_ += ':';
    if (e.to) expr(**e.to);
    out_ += ']';
  }
  void put(const EachExpr& e) {
    expr(*e.base, Bind::postfix);
    out_ += e.deep ? "[**]" : "[*]";
  }
  void put(const CallExpr& e) {
    out_ += e.name;
    out_ += '(';
    separated(e.arguments, ", ", [this](const Expr& argument) { expr(argument); });
    out_ += ')';
  }

  // --- operators ---
  void put(const NegateExpr& e) {
    out_ += '-';
    expr(*e.operand, Bind::negation);
  }
  void put(const ArithmeticExpr& e) {
    const bool is_sum = e.op == Arithmetic::add || e.op == Arithmetic::subtract;
    expr(*e.left, is_sum ? Bind::sum : Bind::product);
    out_ += sign_of(e.op);
    expr(*e.right, is_sum ? Bind::product : Bind::negation);
  }
  void put(const FallbackExpr& e) {
    expr(*e.left, Bind::fallback);
    out_ += e.unless_falsy ? " ?: " : " ?? ";
    expr(*e.right, Bind::sum);
  }
  void put(const CompareExpr& e) {
    expr(*e.left, Bind::fallback);
    out_ += ' ';
    put(e.clause);
  }
  void put(const CompareClause& e) {
    if (e.negated) out_ += "not ";
    out_ += row_of(e.op).spelling;
    if (e.folded) out_ += '~';
    if (e.all) out_ += " all";
    out_ += ' ';
    const std::size_t begin = out_.size();
    const auto* binder = std::get_if<BinderExpr>(&e.right->node);
    const auto* group = std::get_if<GroupExpr>(&e.right->node);
    const bool reads_as_all =
        (binder != nullptr && binder->kind == BinderKind::all) || (group != nullptr && group->kind == GroupKind::all);
    in_parentheses(*e.right, reads_as_all, Bind::fallback);
    // `in cidr …` is an operator of its own.
    if (e.op == Op::in && std::string_view(out_).substr(begin).starts_with("cidr")) {
      out_.insert(begin, 1, '(');
      out_ += ')';
    }
  }
  void put(const IsExpr& e) {
    expr(*e.left, Bind::fallback);
    out_ += ' ';
    put(e.clause);
  }
  void put(const IsClause& e) {
    out_ += e.negated ? "is not " : "is ";
    out_ += e.predicate;
  }
  void put(const NotExpr& e) {
    out_ += "not ";
    expr(*e.operand, Bind::condition);
  }
  void put(const LogicExpr& e) {
    separated(e.operands, e.connective == Connective::conjunction ? " and " : " or ",
              [this](const Expr& operand) { expr(operand, Bind::condition); });
  }

  // --- blocks, binders, choice ---
  void put(const LetExpr& e) {
    out_ += '(';
    for (const Definition& d : e.definitions) {
      definition(d);
      out_ += "; ";
    }
    expr(*e.body);
    out_ += ')';
  }
  void put(const IfExpr& e) {
    out_ += "if ";
    expr(*e.condition);
    out_ += " then ";
    expr(*e.then);
    out_ += " else ";
    expr(*e.otherwise);
  }
  void put(const WhenExpr& e) {
    out_ += "when ";
    if (e.subject) {
      // `when {` begins the arms.
      in_parentheses(**e.subject, std::holds_alternative<ObjectExpr>((*e.subject)->node), Bind::fallback);
      out_ += ' ';
    }
    out_ += "{ ";
    separated(e.arms, "; ", [&](const WhenExpr::Arm& arm) {
      separated(arm.patterns, ", ", [&](const Pattern& pattern) { put_pattern(pattern, e.subject.has_value()); });
      out_ += " -> ";
      expr(*arm.value);
    });
    if (e.otherwise) {
      out_ += e.arms.empty() ? "else -> " : "; else -> ";
      expr(**e.otherwise);
    }
    out_ += " }";
  }
  void put_pattern(const Pattern& pattern, bool has_subject) {
    match(
        pattern, [this](const CompareClause& clause) { put(clause); }, [this](const IsClause& clause) { put(clause); },
        [&](const Box<Expr>& value) { expr(*value, has_subject ? Bind::fallback : Bind::choice); });
  }
  void put(const GroupExpr& e) {
    out_ += word_of(e.kind);
    braces(e.block);
  }
  void put(const BinderExpr& e) {
    out_ += word_of(e.kind);
    out_ += ' ';
    separated(e.variables, ", ", [this](const std::string& variable) { out_ += variable; });
    if (!e.variables.empty()) out_ += " in ";
    // `any {` begins a group.
    in_parentheses(*e.list, std::holds_alternative<ObjectExpr>(e.list->node), Bind::negation);
    braces(e.body);
  }
  void braces(const Block& block) {
    out_ += " { ";
    lines(block, "; ");
    out_ += " }";
  }

  // --- lists and objects ---
  void put(const ListExpr& e) {
    out_ += '[';
    separated(e.items, ", ", [this](const ListExpr::Item& item) {
      if (item.spread) out_ += "... ";
      expr(item.value);
    });
    out_ += ']';
  }
  void put(const ObjectExpr& e) {
    out_ += '{';
    entries(e, ", ");
    out_ += '}';
  }
  void entry(const ObjectExpr::Entry& e) {
    match(
        e.key, [this](std::monostate) { out_ += "... "; },
        [&](const std::string& key) {
          if (is_shorthand(key, e.value)) return;
          out_ += is_identifier(key) ? key : '"' + escaped(key) + '"';
          out_ += ": ";
        },
        [this](const Box<Expr>& key) {
          out_ += '[';
          expr(*key);
          out_ += "]: ";
        });
    expr(e.value);
  }
  static bool is_shorthand(const std::string& key, const Expr& value) {
    if (const auto* name = std::get_if<NameExpr>(&value.node)) return name->name == key;
    const auto* member = std::get_if<MemberExpr>(&value.node);
    return member != nullptr && member->name == key;
  }
  static std::string escaped(const std::string& text) {
    std::string out;
    append_escaped(out, text);
    return out;
  }

  std::string out_;
};

}  // namespace

std::string print(const Expr& expr) {
  Printer printer;
  printer.expr(expr);
  return printer.take();
}

std::string print_heading(const BinderExpr& binder) {
  BinderExpr empty = binder;
  empty.body = {};
  std::string text = print(Expr{std::move(empty), {}});
  text.resize(text.rfind('{'));
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

std::string print(const Block& block) {
  Printer printer;
  printer.lines(block, "\n");
  return printer.take();
}

std::string print(const Definition& definition) {
  Printer printer;
  printer.definition(definition);
  return printer.take();
}

std::string print(const std::vector<Definition>& definitions) {
  Block block;
  block.definitions = definitions;
  return print(block);
}

std::string print_template(const Expr& expr) {
  Printer printer;
  for (const auto& part : std::get<TemplateExpr>(expr.node).parts) {
    match(
        part, [&](const TemplateExpr::Text& text) { printer.text(double_braces(text.value)); },
        [&](const Box<Expr>& value) {
          printer.text("{");
          printer.hole(*value);
          printer.text("}");
        });
  }
  return printer.take();
}

std::string print_entries(const Expr& expr) {
  Printer printer;
  printer.entries(std::get<ObjectExpr>(expr.node), "\n");
  return printer.take();
}

std::string_view sign_of(Arithmetic op) {
  switch (op) {
    case Arithmetic::add:
      return " + ";
    case Arithmetic::subtract:
      return " - ";
    case Arithmetic::multiply:
      return " * ";
    case Arithmetic::divide:
      return " / ";
    case Arithmetic::modulo:
      return " % ";
  }
  return {};
}

std::string print_string(const std::string& value) {
  const bool control = std::ranges::any_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  const bool needs_escapes = value.find_first_of("\\\"") != std::string::npos;
  if (needs_escapes && !control && value.find('\'') == std::string::npos) return "'" + value + "'";
  std::string out = "\"";
  append_escaped(out, value);
  return out + '"';
}

std::string print_duration_literal(std::int64_t microseconds) {
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 6> units{{{"w", 604'800'000'000},
                                                                            {"d", 86'400'000'000},
                                                                            {"h", 3'600'000'000},
                                                                            {"m", 60'000'000},
                                                                            {"s", 1'000'000},
                                                                            {"ms", 1'000}}};
  for (const auto& [unit, length] : units) {
    if (microseconds != 0 && microseconds % length == 0)
      return std::to_string(microseconds / length) + std::string(unit);
  }
  return "0s";
}

}  // namespace picket
