// The syntax tree of the detection language: what the author wrote, no more. Names are not looked up, nothing is typed.
//
// A node is a value: copying, moving and comparing come from the language. `==` compares meaning as written and ignores
// where it was written. Depth is bounded by the parser (Limits::nesting), so recursion over a tree is safe.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "grammar/ast/box.hpp"
#include "grammar/ast/functions.hpp"
#include "grammar/ast/operators.hpp"
#include "grammar/text/source.hpp"

namespace picket {

struct Expr;

// --- literals ---

struct NullLiteral {
  friend bool operator==(const NullLiteral&, const NullLiteral&) = default;
};
struct BoolLiteral {
  bool value = false;
  friend bool operator==(const BoolLiteral&, const BoolLiteral&) = default;
};
// A number as written, without a sign: its text is kept so that no digit is lost ("18446744073709551616", "1.50").
struct NumberLiteral {
  std::string text;
  friend bool operator==(const NumberLiteral&, const NumberLiteral&) = default;
};
struct DurationLiteral {
  std::int64_t microseconds = 0;
  friend bool operator==(const DurationLiteral&, const DurationLiteral&) = default;
};
// Both spellings of a string ("…" and '…') give the same literal.
struct StringLiteral {
  std::string value;
  friend bool operator==(const StringLiteral&, const StringLiteral&) = default;
};
// f"… {expr} …", and the text of AlertTitle and its like. Text and holes in the order in which they stand.
struct TemplateExpr {
  struct Text {
    std::string value;
    friend bool operator==(const Text&, const Text&) = default;
  };
  using Part = std::variant<Text, Box<Expr>>;
  std::vector<Part> parts;
  friend bool operator==(const TemplateExpr&, const TemplateExpr&) = default;
};

// --- names and paths ---

// `$`: the event.
struct EventExpr {
  friend bool operator==(const EventExpr&, const EventExpr&) = default;
};
// `.`: the element of the innermost binder without a variable. `.field` is a MemberExpr of it.
struct ElementExpr {
  friend bool operator==(const ElementExpr&, const ElementExpr&) = default;
};
// A bare name: parameter, variable, definition, library, `udm`, `now` or field; analysis decides.
struct NameExpr {
  std::string name;
  friend bool operator==(const NameExpr&, const NameExpr&) = default;
};
struct MemberExpr {  // base.name
  Box<Expr> base;
  std::string name;
  SourceSpan name_span;
  friend bool operator==(const MemberExpr& a, const MemberExpr& b) { return a.base == b.base && a.name == b.name; }
};
struct IndexExpr {  // base[index]
  Box<Expr> base;
  Box<Expr> index;
  friend bool operator==(const IndexExpr&, const IndexExpr&) = default;
};
struct SliceExpr {  // base[from:to]
  Box<Expr> base;
  std::optional<Box<Expr>> from;
  std::optional<Box<Expr>> to;
  friend bool operator==(const SliceExpr&, const SliceExpr&) = default;
};
struct EachExpr {  // base[*], or base[**] if deep
  Box<Expr> base;
  bool deep = false;
  friend bool operator==(const EachExpr&, const EachExpr&) = default;
};
// name(arguments). `name` may be dotted (aws.is_admin).
struct CallExpr {
  std::string name;
  SourceSpan name_span;
  std::vector<Expr> arguments;
  friend bool operator==(const CallExpr& a, const CallExpr& b);
};

// --- operators ---

struct NegateExpr {  // -operand
  Box<Expr> operand;
  friend bool operator==(const NegateExpr&, const NegateExpr&) = default;
};
enum class Arithmetic : std::uint8_t { add, subtract, multiply, divide, modulo };
struct ArithmeticExpr {
  Arithmetic op{};
  Box<Expr> left;
  Box<Expr> right;
  friend bool operator==(const ArithmeticExpr&, const ArithmeticExpr&) = default;
};
// left ?? right (unless null), left ?: right (unless falsy).
struct FallbackExpr {
  bool unless_falsy = false;
  Box<Expr> left;
  Box<Expr> right;
  friend bool operator==(const FallbackExpr&, const FallbackExpr&) = default;
};
// The part of a comparison after its left operand; also a pattern of `when`. `ne` is kept as written.
struct CompareClause {
  Op op{};
  bool negated = false;  // `not` before the operator
  bool folded = false;   // `~` after it
  bool all = false;      // `all` after it
  SourceSpan op_span;    // `not` to `all`
  Box<Expr> right;
  friend bool operator==(const CompareClause& a, const CompareClause& b) {
    return a.op == b.op && a.negated == b.negated && a.folded == b.folded && a.all == b.all && a.right == b.right;
  }
};
// `is [not] predicate`: a name of the predicate table, or a definition of one parameter.
struct IsClause {
  bool negated = false;
  std::string predicate;
  SourceSpan predicate_span;
  friend bool operator==(const IsClause& a, const IsClause& b) {
    return a.negated == b.negated && a.predicate == b.predicate;
  }
};
struct CompareExpr {
  Box<Expr> left;
  CompareClause clause;
  friend bool operator==(const CompareExpr&, const CompareExpr&) = default;
};
struct IsExpr {
  Box<Expr> left;
  IsClause clause;
  friend bool operator==(const IsExpr&, const IsExpr&) = default;
};
struct NotExpr {
  Box<Expr> operand;
  friend bool operator==(const NotExpr&, const NotExpr&) = default;
};
enum class Connective : std::uint8_t { conjunction, disjunction };
// Two or more operands joined by `and`, or by `or`; flattened only as far as it was written without parentheses.
struct LogicExpr {
  Connective connective{};
  std::vector<Expr> operands;
  friend bool operator==(const LogicExpr& a, const LogicExpr& b);
};

// --- blocks, groups, binders, choice ---

struct Parameter {
  std::string name;
  SourceSpan span;
  std::optional<Box<Expr>> fallback;  // `= expr`
  friend bool operator==(const Parameter& a, const Parameter& b) {
    return a.name == b.name && a.fallback == b.fallback;
  }
};
// name = body, or name(parameters) = body.
struct Definition {
  std::string name;  // may be dotted
  SourceSpan name_span;
  SourceSpan equals_span;
  bool has_parameters = false;  // `f() = …` has a list, an empty one
  std::vector<Parameter> parameters;
  Box<Expr> body;
  SourceSpan span;
  SourcePtr source = nullptr;  // where it stands; null: in the file of the texts whose definition it is
  friend bool operator==(const Definition& a, const Definition& b) {
    return a.name == b.name && a.has_parameters == b.has_parameters && a.parameters == b.parameters && a.body == b.body;
  }
};
// Definitions and lines between `{ }`, or a whole text. Lines are and-ed; a block of one line has that line's value.
struct Block {
  std::vector<Definition> definitions;
  std::vector<Expr> lines;
  SourceSpan span;
  friend bool operator==(const Block& a, const Block& b);
};
// (definition; … value)
struct LetExpr {
  std::vector<Definition> definitions;
  Box<Expr> body;
  friend bool operator==(const LetExpr&, const LetExpr&) = default;
};
struct IfExpr {
  Box<Expr> condition;
  Box<Expr> then;
  Box<Expr> otherwise;
  friend bool operator==(const IfExpr&, const IfExpr&) = default;
};
// A pattern of `when` with a subject is a clause or a value (meaning eq); without a subject, a condition (held as
// value).
using Pattern = std::variant<CompareClause, IsClause, Box<Expr>>;
struct WhenExpr {
  struct Arm {
    std::vector<Pattern> patterns;
    Box<Expr> value;
    friend bool operator==(const Arm&, const Arm&) = default;
  };
  std::optional<Box<Expr>> subject;
  std::vector<Arm> arms;
  std::optional<Box<Expr>> otherwise;
  friend bool operator==(const WhenExpr&, const WhenExpr&) = default;
};
enum class GroupKind : std::uint8_t { any, all, none };
struct GroupExpr {
  GroupKind kind{};
  Block block;
  friend bool operator==(const GroupExpr&, const GroupExpr&) = default;
};
enum class BinderKind : std::uint8_t { any, all, none, count, first, where, map };
struct BinderExpr {
  BinderKind kind{};
  // Nought, one (x) or two (k, v) variables.
  std::vector<std::string> variables;
  std::vector<SourceSpan> variable_spans;
  Box<Expr> list;
  Block body;
  friend bool operator==(const BinderExpr& a, const BinderExpr& b) {
    return a.kind == b.kind && a.variables == b.variables && a.list == b.list && a.body == b.body;
  }
};

// --- lists and objects ---

struct ListExpr {
  struct Item;
  std::vector<Item> items;
  friend bool operator==(const ListExpr& a, const ListExpr& b);
};
struct ObjectExpr {
  struct Entry;
  std::vector<Entry> entries;
  friend bool operator==(const ObjectExpr& a, const ObjectExpr& b);
};

using AnyNode = std::variant<NullLiteral, BoolLiteral, NumberLiteral, DurationLiteral, StringLiteral, TemplateExpr,
                             EventExpr, ElementExpr, NameExpr, MemberExpr, IndexExpr, SliceExpr, EachExpr, CallExpr,
                             NegateExpr, ArithmeticExpr, FallbackExpr, CompareExpr, IsExpr, NotExpr, LogicExpr, LetExpr,
                             IfExpr, WhenExpr, GroupExpr, BinderExpr, ListExpr, ObjectExpr>;

// A node of any kind. What a variant does with each of them is compiled once, in expr.cpp, not wherever a tree is held.
struct Node : AnyNode {
  using AnyNode::AnyNode;
  Node();
  Node(const Node& other);
  Node(Node&& other) noexcept;
  Node& operator=(const Node& other);
  Node& operator=(Node&& other) noexcept;
  ~Node();
  friend bool operator==(const Node& a, const Node& b);
};

struct WrittenItem;

struct Expr {
  Node node;
  SourceSpan span;  // in the author's file
  // Of an expression that a front end made of one thing that its author wrote in another form; null for the author's
  // own words.
  std::shared_ptr<const WrittenItem> item = nullptr;

  // Ignores spans.
  friend bool operator==(const Expr& a, const Expr& b) { return a.node == b.node; }
};

// What an author wrote in another form than the language's: a line `field|contains: a` of a Sigma rule, say. It is true
// or false as a whole, and whoever tells of it tells of the whole: the guards, binders and conversions within are words
// that the author would not know.
struct WrittenItem {
  enum class Role : std::uint8_t {
    part,     // of the condition
    premise,  // which events are meant at all: told of, but nothing that a test would try or a mistake be made in
    silent,   // nobody wrote it, and nothing is told: the way in which a front end reads an event
  };
  // What it asks of.
  struct Field {
    Expr value;
    std::string name = {};  // as its author calls it; empty: by the path that it reads
  };
  Role role = Role::part;
  std::vector<Field> fields;  // where to look for its value, in this order
  // The values that it names, if they are several: literals. Whatever within comes of one of them stands at its place.
  std::vector<Expr> values;
  // Whether it asks a single value what it asks each element of a list, and a number what it asks its text.
  bool lenient = false;
  // What its author could have written instead by a small mistake, in the author's own form.
  struct Slip;
  std::function<std::vector<Slip>(const Expr& item)> slips = nullptr;  // null: nothing is known
};

struct WrittenItem::Slip {
  enum class Kind : std::uint8_t { negated, comparison, case_folding, boundary, number };
  Kind kind{};
  SourceSpan span;          // of the word
  std::string replacement;  // of the word
  Expr meaning;             // of the item with it; itself no item
};

struct ListExpr::Item {
  bool spread = false;  // ...value
  Expr value;
  friend bool operator==(const Item&, const Item&) = default;
};

struct ObjectExpr::Entry {
  // A name as written (`key: value`, and the shorthand path, whose key is its last name), a computed `[key]: value`, or
  // nothing in `...value`.
  std::variant<std::monostate, std::string, Box<Expr>> key;
  Expr value;
  friend bool operator==(const Entry&, const Entry&) = default;
};

inline bool operator==(const CallExpr& a, const CallExpr& b) { return a.name == b.name && a.arguments == b.arguments; }
inline bool operator==(const LogicExpr& a, const LogicExpr& b) {
  return a.connective == b.connective && a.operands == b.operands;
}
inline bool operator==(const Block& a, const Block& b) { return a.definitions == b.definitions && a.lines == b.lines; }
inline bool operator==(const ListExpr& a, const ListExpr& b) { return a.items == b.items; }
inline bool operator==(const ObjectExpr& a, const ObjectExpr& b) { return a.entries == b.entries; }

// Calls a function for each alternative: `match(expr.node, [](const NameExpr&) {…}, [](const auto&) {…})`.
template <typename... Functions>
struct Overload : Functions... {
  using Functions::operator()...;
};
template <typename... Functions>
Overload(Functions...) -> Overload<Functions...>;

template <typename Variant, typename... Functions>
decltype(auto) match(Variant&& variant, Functions&&... functions) {
  return std::visit(Overload{std::forward<Functions>(functions)...}, std::forward<Variant>(variant));
}

}  // namespace picket
