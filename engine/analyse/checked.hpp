// What analysis makes of a pack: terms, in which every name is known, every constant pattern compiled and every
// parametrised definition unfolded at its call. A Term is an Expr in normal form; the interpreter walks it, and a plan
// is compiled from it.
//
// Checked packs are immutable and safe to share between threads.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/frontend/correlation_demand.hpp"
#include "engine/frontend/rule.hpp"
#include "engine/pattern/pattern.hpp"
#include "grammar/ast/expr.hpp"
#include "grammar/ast/functions.hpp"
#include "grammar/ast/operators.hpp"

namespace picket {

class Enrichment;  // engine/lookup/enrichment.hpp

struct CorrelationRule;
struct Pack;

struct Term;

// Where a term stands: which file, and where in it.
struct Site {
  SourcePtr source;
  SourceSpan span;
  friend bool operator==(const Site&, const Site&) = default;
};

// What the author wrote there, on one line: runs of white space as one blank.
[[nodiscard]] std::string written_at(const Site& site);

// The value of a variable, parameter or local definition of the text being evaluated. Slots of one text are numbered
// from 0 and never shared by two names.
using Slot = std::uint32_t;
// An index into CheckedPack::definitions.
using DefinitionIndex = std::uint32_t;

// A step of a path: a key, or an index (negative: from the end).
using PathStep = std::variant<std::string, std::int64_t>;

// `userIdentity.sessions[0]["x-id"]`: a path from the event as a condition writes it.
[[nodiscard]] std::string print_path(const std::vector<PathStep>& path);

struct ConstantTerm {
  Value value;
};
// A text with holes. `name` is what a null hole prints between `<no ` and `>`.
struct TemplateTerm {
  struct Hole {
    Box<Term> value;
    std::string name;
  };
  std::vector<std::variant<std::string, Hole>> parts;
  bool needs_holes = false;  // it is null where a hole is: for the key of a memory no text stands in
};
struct EventTerm {};  // the whole event
struct NowTerm {};
// A path of constant steps from the event: what a plan interns. Never empty.
struct FieldTerm {
  std::vector<PathStep> path;
};
// udm.name, by the data model of the event's log type; `unmapped` where that does not map the name, or there is none.
struct UdmTerm {
  std::string name;
  Box<Term> unmapped;  // reads fields only
};
// A variable or parameter that is already bound.
struct SlotTerm {
  Slot slot = 0;
};
// A local definition without parameters: evaluated when first asked for since its slot was last cleared.
struct LocalTerm {
  Slot slot = 0;
  std::shared_ptr<const Term> body;
};
// A definition without parameters of a rule's `Let` or of a library: evaluated at most once per event.
struct SharedTerm {
  DefinitionIndex definition = 0;
};
// A call of a definition with parameters, unfolded: the arguments are bound (lazily) to slots, then the body is
// evaluated.
struct UnfoldedTerm {
  std::optional<DefinitionIndex> definition;  // nothing for one local to a block
  std::vector<std::pair<Slot, Box<Term>>> arguments;
  Box<Term> body;
};
// Clears slots of local definitions, then evaluates: the body of a block.
struct ScopeTerm {
  std::vector<Slot> locals;
  Box<Term> body;
};

struct MemberTerm {  // of anything but the event itself
  Box<Term> base;
  std::string key;
};
struct IndexTerm {
  Box<Term> base;
  Box<Term> index;
};
struct SliceTerm {
  Box<Term> base;
  std::optional<Box<Term>> from;
  std::optional<Box<Term>> to;
};
// base[*] and the steps after it, each of which maps over the elements; base[**].
struct EachTerm {
  Box<Term> base;
  bool deep = false;
};
// A step on a term that has `[*]` in it: maps over the list, leaves nulls out.
struct EachMemberTerm {
  Box<Term> base;
  std::string key;
};
struct EachIndexTerm {
  Box<Term> base;
  Box<Term> index;
};

// A function of the table. The regexes of pattern parameters are compiled; their argument is left out of `arguments`.
struct CallTerm {
  Function function{};
  std::vector<Term> arguments;
  std::optional<Regex> regex;
};
// has(path): the key itself, not its value.
struct HasTerm {
  Box<Term> base;
  PathStep key;
};

struct NegateTerm {
  Box<Term> operand;
};
struct ArithmeticTerm {
  Arithmetic op{};
  Box<Term> left;
  Box<Term> right;
};
struct FallbackTerm {
  bool unless_falsy = false;
  Box<Term> left;
  Box<Term> right;
};

// --- truth: each of these is true or false ---

// A comparison. Constant patterns are compiled once, one per element of the right list (or one).
struct CompareTerm {
  Op op{};  // never ne, which is a negated eq
  bool negated = false;
  bool folded = false;
  bool all = false;
  Box<Term> left;
  Box<Term> right;
  std::vector<Regex> regexes;     // matches
  std::vector<Glob> globs;        // like, if the right side is constant
  std::vector<Network> networks;  // in cidr, if the right side is constant
  std::shared_ptr<const Site> site;
};
struct IsTerm {
  IsKind kind{};
  bool negated = false;
  Box<Term> operand;
  std::shared_ptr<const Site> site;
};
// A value used as a condition: its truth.
struct TruthTerm {
  Box<Term> operand;
  std::shared_ptr<const Site> site;
};
struct NotTerm {
  Box<Term> operand;
};
struct LogicTerm {
  Connective connective{};
  std::vector<Term> operands;
  // Of an `or`: where each operand stands; null for one that is a comparison, which says so itself. Else empty.
  std::vector<std::shared_ptr<const Site>> branches;
};

// --- choice, binders, collections ---

struct IfTerm {  // also `when`, as a chain of them
  Box<Term> condition;
  Box<Term> then;
  Box<Term> otherwise;
  std::shared_ptr<const Site> then_site;       // the value of an arm; null: no author makes the choice
  std::shared_ptr<const Site> otherwise_site;  // null: no `else` was written, or the next arm follows
};
struct BinderTerm {
  BinderKind kind{};
  std::optional<Slot> key;  // `k` or `i` of `k, v in`
  Slot element = 0;
  Box<Term> list;
  Box<Term> body;
  std::shared_ptr<const Site> site;  // of the body
};
struct ListTerm {
  struct Item;
  std::vector<Item> items;
};
struct ObjectTerm {
  struct Entry;
  std::vector<Entry> entries;
};

using AnyTerm =
    std::variant<ConstantTerm, TemplateTerm, EventTerm, NowTerm, FieldTerm, UdmTerm, SlotTerm, LocalTerm, SharedTerm,
                 UnfoldedTerm, ScopeTerm, MemberTerm, IndexTerm, SliceTerm, EachTerm, EachMemberTerm, EachIndexTerm,
                 CallTerm, HasTerm, NegateTerm, ArithmeticTerm, FallbackTerm, CompareTerm, IsTerm, TruthTerm, NotTerm,
                 LogicTerm, IfTerm, BinderTerm, ListTerm, ObjectTerm>;

// A term of any kind. What a variant does with each of them is compiled once, in checked.cpp.
struct TermNode : AnyTerm {
  using AnyTerm::AnyTerm;
  TermNode();
  TermNode(const TermNode& other);
  TermNode(TermNode&& other) noexcept;
  TermNode& operator=(const TermNode& other);
  TermNode& operator=(TermNode&& other) noexcept;
  ~TermNode();
};

struct ItemField;

// What is told of a term that its author wrote as one thing in another form (WrittenItem).
struct TermItem {
  WrittenItem::Role role{};
  std::shared_ptr<const Site> site;  // null: silent
  bool lenient = false;
  std::vector<ItemField> fields;
  std::vector<Value> values;
  // Of the comparisons within, by their sites: of which of the values the right side, or each of its elements, comes;
  // no index of any: of none.
  std::map<const Site*, std::vector<std::uint32_t>> origins;
};

struct Term {
  TermNode node;
  std::shared_ptr<const TermItem> item = nullptr;  // null: its author's own words
};

struct ItemField {
  Term value;
  std::string name;  // as its author calls it, or the path that it reads
};

struct ListTerm::Item {
  bool spread = false;
  Term value;
};
struct ObjectTerm::Entry {
  std::optional<Term> key;  // nothing: `...value`
  Term value;
};

// A text ready to evaluate: its term and how many slots it needs.
struct CheckedText {
  Term term;
  Slot slots = 0;
  std::size_t parts = 0;  // terms, those of all definitions counted wherever they are named
};

struct CheckedDefinition {
  std::string name;  // qualified for a library's: "aws.success"
  Site site;         // its name
  CheckedText body;  // of one with parameters: unused, each call is unfolded
  bool has_parameters = false;
};

// What a rule writes into the memory.
struct CheckedRemember {
  CheckedText key;
  CheckedText value;
  std::optional<CheckedText> when;  // nothing: always
  std::optional<Duration> keep;     // nothing: for ever
};

struct CheckedRule {
  const Rule* rule = nullptr;  // owned by the pack
  CheckedText condition;
  std::optional<CheckedText> alert_title;
  std::optional<CheckedText> dedup;
  std::optional<CheckedText> alert_description;
  std::optional<CheckedText> alert_reference;
  std::optional<CheckedText> alert_runbook;
  std::optional<CheckedText> unique;
  std::optional<CheckedText> dynamic_severity;
  std::optional<CheckedText> destinations;
  std::optional<CheckedText> alert_context;
  std::optional<CheckedRemember> remember;
  // Whether it writes into the memory, or some text of it reads there: then what it says of an event depends on those
  // before.
  bool uses_memory = false;
  // What lookup tables say of its events; null if nothing. The pack owns it.
  const Enrichment* enrichment = nullptr;
  // What `Mocks` may replace: names as the rule writes them.
  std::map<std::string, DefinitionIndex, std::less<>> mockable;
};

// Places in an event at any of which a value is. A path begins with `p_alert_context` where the alert's context is
// meant.
using FieldChoice = std::vector<std::vector<PathStep>>;

// A rule of whose signals a correlation is made, and where they have their values.
struct SignalSource {
  std::string rule;
  std::vector<FieldChoice> fields;    // those that must be equal, column by column; empty if nothing must be
  std::vector<FieldChoice> measured;  // those that are measured, of a correlation that measures values
};

// A correlation rule whose names are known and whose numbers make sense. engine/correlation tells what it means.
struct CheckedCorrelation {
  struct Item {
    std::string id;
    std::vector<SignalSource> sources;  // whose signals these are; at least one
    bool absence = false;
    std::size_t least = 1;  // this many signals make the item hold; never 0
    // With so many signals in a window there is no firing: MaxMatchCount + 1, or of an Absence item its `least`.
    std::optional<std::size_t> too_many;
    // With so many the item holds all the same, and nothing takes that back. More than `too_many`, and only of an item
    // that is the only one.
    std::optional<std::size_t> enough;
    bool distinct = false;  // what is counted are different values, not signals; only of an item that is the only one
    Duration within;        // of a Sequence: the longest time since the item before; unused of the first
  };

  const CorrelationRule* rule = nullptr;   // owned by the pack
  bool ordered = false;                    // a Sequence: its absences, if any, are the last of its items
  std::vector<Item> items;                 // at least one of them no absence
  std::size_t needed = 1;                  // how many items without absence must hold; of a Sequence all
  std::optional<Requirement> requirement;  // which of them, where it is not so many of all
  // A number that is computed of the values of the one item; its counts mean nothing then.
  std::optional<Measure> measure;
  Duration lookback;                      // the length of the window
  std::size_t columns = 0;                // of `fields`, in every source
  std::vector<std::string> column_names;  // under which a firing that is a signal has its values
  bool as_texts = false;                  // values are equal if their texts are, whatever their case

  // Whether more signals can take a firing back, so that it is decided only when the window has passed.
  [[nodiscard]] bool waits() const;
  // Whether its signals count for what they say, not for being there.
  [[nodiscard]] bool measures_values() const { return measure.has_value() || items.front().distinct; }
};

struct CheckedModel {
  const DataModel* model = nullptr;
  std::map<std::string, CheckedText, std::less<>> mappings;
};

struct CheckedPack {
  std::shared_ptr<const Pack> pack;              // keeps what the pointers below point to
  std::vector<CheckedRule> rules;                // those without errors, in the pack's order
  std::vector<CheckedCorrelation> correlations;  // the same
  std::vector<CheckedDefinition> definitions;
  std::vector<CheckedModel> models;
  std::map<std::string, std::size_t, std::less<>> model_of_log_type;
  // The pack's recognisers as rules of their own; null if there are none.
  std::shared_ptr<const CheckedPack> recognition;
};

}  // namespace picket
