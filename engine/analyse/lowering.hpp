// Lowering: from the tree as written to terms. Names are looked up, definitions with parameters unfolded, constants
// folded, kinds checked, patterns compiled. Internal to engine/analyse; its door is lower_* below.
#pragma once

#include <cstddef>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/analyse/analyse.hpp"
#include "engine/analyse/checked.hpp"
#include "engine/analyse/names.hpp"

namespace picket {

// A place where a text reads a field of the event, for the lints that know which fields events have.
struct FieldUse {
  std::vector<PathStep> path;
  SourceSpan span;
  // The comparison it is the left side of, if it is one: with a constant on the right.
  std::optional<Op> op;
  std::optional<Value> right;
  SourceSpan right_span;
  bool bare = false;  // used as a condition by itself
};

// Stands for what could not be lowered. It can be of any kind, so that one fault brings no others; its rule is left out
// of the checked pack, so nothing evaluates it.
[[nodiscard]] inline Term anything() {
  constexpr Slot no_slot = std::numeric_limits<Slot>::max();
  return {SlotTerm{no_slot}};
}

// Lowers the texts of one file (a rule, library or data model). Errors go to the diagnostics given; broken() tells
// whether there were any, in these texts or in a definition that they use.
class Lowering {
 public:
  // Everything given must outlive the lowering.
  Lowering(const Namespace& home, DefinitionTable& table, const AnalysisOptions& options, Diagnostics& diagnostics);

  // The `udm` names that the texts may use. Without one (null) any may be.
  struct UdmNames {
    // `broken`: what a data model with errors maps besides is not known. `itself`: the texts are a data model's.
    enum class Model : std::uint8_t { there, none, broken, of_no_query, itself };
    std::vector<std::string> names;
    std::map<std::string, Related> python_names;  // that Python maps for some log type, and where
    Model model = Model::there;
    std::string log_types;  // for the message
  };
  void set_udm_names(const UdmNames* names) { udm_names_ = names; }

  // --- the door ---
  [[nodiscard]] CheckedText lower_condition(const Block& block);
  [[nodiscard]] CheckedText lower_value(const Expr& expr);
  // Of a rule with `Remember`: lowers its `Key`, and with it what `previous` stands for. REQUIRES: before its other
  // texts.
  [[nodiscard]] CheckedText lower_previous(const Expr& key);
  // Lowers a definition of this file and records it in the table; checks one with parameters for any arguments.
  void lower_definition(const DefinitionEntry& entry);

  [[nodiscard]] bool broken() const { return broken_; }
  [[nodiscard]] const std::vector<FieldUse>& field_uses() const { return field_uses_; }
  [[nodiscard]] const std::set<std::string, std::less<>>& used_definitions() const { return used_definitions_; }
  // The kinds that a text lowered by this can have.
  [[nodiscard]] Kinds kinds(const CheckedText& text) const { return kinds_of(text.term, table_.kinds, {}); }

 private:
  class Level;
  // Levels of terms, all definitions unfolded. An engine's frames are a few hundred bytes a level (more under a
  // sanitizer), and a thread's stack is 8 MiB.
  static constexpr std::size_t most_levels = 500;

  struct Argument {
    const Expr* expr = nullptr;  // null: `term` is given
    std::optional<Term> term;
  };

  // lowering.cpp: forms without names of their own
  Term lower(const Expr& expr, const Scope& scope);
  Term lower_node(const Expr& expr, const Scope& scope);
  Term lower_item(const Expr& expr, const Scope& scope);
  void note_origins(const CompareTerm& term, const Expr& right);
  Term lower_choice(const IfExpr& node, const Scope& scope);
  Term truth(const Expr& expr, const Scope& scope);
  Term truth_of(Term term, const Expr& expr);
  Term lower_template(const TemplateExpr& node, const Scope& scope);
  Term lower_negate(const NegateExpr& node, const Scope& scope);
  Term lower_arithmetic(const ArithmeticExpr& node, const Expr& expr, const Scope& scope);
  Term lower_logic(const LogicExpr& node, const Scope& scope);
  Term lower_list(const ListExpr& node, const Scope& scope);
  Term lower_object(const ObjectExpr& node, const Scope& scope);
  Term lower_slice(const SliceExpr& node, const Scope& scope);
  CheckedText finish(Term term);
  [[nodiscard]] Kinds kinds_of_term(const Term& term) const { return kinds_of(term, table_.kinds, slot_kinds_); }

  // lowering_names.cpp: names and paths
  Term lower_path(const Expr& expr, const Scope& scope);
  Term lower_name(const std::vector<const Expr*>& chain, const Scope& scope, std::size_t& taken);
  Term lower_udm(const std::vector<const Expr*>& chain, std::size_t& taken);
  void check_udm_name(const std::string& name, SourceSpan span);
  FieldUse* note_field(const FieldTerm& field, SourceSpan span);
  Term step(Term base, const Expr& suffix, const Scope& scope);
  void undefined_name(std::string_view name, SourceSpan span, const Scope& scope);

  // lowering_memory.cpp
  Term refer_to_previous(SourceSpan span, const Scope& scope);

  // lowering_calls.cpp: calls of functions
  Term lower_call(const CallExpr& node, const Expr& expr, const Scope& scope);
  Term lower_function(Function function, const CallExpr& node, const Expr& expr, const Scope& scope);
  Term lower_has(const CallExpr& node, const Scope& scope);
  std::optional<Regex> constant_regex(const Expr& expr, const Scope& scope);
  void unknown_function(const CallExpr& node, const Expr& expr, const Scope& scope);

  // lowering_definitions.cpp: definitions, named and unfolded
  Term refer(const DefinitionEntry& entry, const Expr& at);
  Term refer(LocalDefinition& local, const Expr& at);
  // A call of a definition: `span` is the call's, for "called here".
  Term unfold(const DefinitionEntry& entry, std::vector<Argument> arguments, SourceSpan span, const Scope& scope);
  Term unfold(LocalDefinition& local, std::vector<Argument> arguments, SourceSpan span, const Scope& scope);
  Term unfold_body(const Definition& definition, std::optional<DefinitionIndex> index, const Scope* outer,
                   const Namespace& home, std::vector<Argument> arguments, SourceSpan span, const Scope& scope);
  bool check_argument_count(const Definition& definition, std::size_t given, SourceSpan span);
  const DefinitionEntry* find_definition(std::string_view name, SourceSpan span, const Scope& scope, bool& reported);

  // lowering_compare.cpp: comparisons and patterns
  Term compare(Term left, const Expr* left_expr, const CompareClause& clause, SourceSpan span, const Scope& scope);
  Term is(Term left, const IsClause& clause, SourceSpan span, const Scope& scope);
  void warn_of_times(const CompareTerm& term, Kinds left, Kinds right, SourceSpan span);
  void compile_patterns(CompareTerm& term, const Expr& right);
  void compile_pattern(CompareTerm& term, const Value& pattern, SourceSpan span);
  void check_kinds(const CompareTerm& term, const Expr& right_expr, SourceSpan left_span);

  // lowering_blocks.cpp: blocks, groups, binders, choice
  Term lower_block(const Block& block, const Scope& scope, bool as_truth, bool is_condition);
  Term lower_lines(const std::vector<Expr>& lines, const Scope& scope, Connective connective);
  Term lower_operands(const std::vector<Expr>& operands, const Scope& scope, Connective connective);
  Term lower_let(const LetExpr& node, const Scope& scope);
  Term lower_group(const GroupExpr& node, const Scope& scope);
  Term lower_binder(const BinderExpr& node, const Scope& scope);
  Term lower_when(const WhenExpr& node, const Scope& scope);
  Term lower_patterns(const WhenExpr::Arm& arm, const Term* subject, const Scope& scope);
  // Adds definitions to a scope; returns the slots that its entry must clear.
  std::vector<Slot> declare(const std::vector<Definition>& definitions, Scope& scope);
  // Lowers the bodies that nothing asked for, so that their faults are found, and says that nothing did.
  void finish_locals(Scope& scope, const std::vector<Definition>& definitions, bool is_condition);

  Diagnostic& error(Code code, SourceSpan span, std::string message);
  Diagnostic& refuse_size(SourceSpan span, std::string message);
  void count_terms(std::size_t count, SourceSpan span);
  [[nodiscard]] std::shared_ptr<const Site> site(SourceSpan span) const;
  [[nodiscard]] std::string quoted(SourceSpan span) const;

  const Namespace* home_;  // of the text or definition being lowered
  const Namespace* file_;  // of the file whose texts these are
  DefinitionTable& table_;
  const AnalysisOptions& options_;
  Diagnostics& diagnostics_;
  const UdmNames* udm_names_ = nullptr;

  Slot next_slot_ = 0;
  SlotKinds slot_kinds_;
  std::size_t terms_ = 0;
  std::size_t depth_ = 0;
  std::size_t deepest_ = 0;
  bool too_large_ = false;
  bool broken_ = false;
  // Lowering a definition with parameters for its own sake: what depends on its arguments is not judged.
  bool generic_ = false;
  TermItem* item_ = nullptr;                            // within which it lowers, if it has several values …
  std::map<std::uint32_t, std::uint32_t> item_values_;  // … and which of them begins where
  std::vector<const Definition*> unfolding_;
  std::set<const Definition*> cyclic_;  // those of which a cycle has been told
  std::vector<SourceSpan> calls_;       // where, in the text being lowered, each of them was called
  SourcePtr calls_source_;
  std::set<std::tuple<Code, const Source*, std::uint32_t, std::uint32_t>> reported_;
  Diagnostic discarded_;
  std::vector<FieldUse> field_uses_;
  std::set<std::string, std::less<>> used_definitions_;
};

}  // namespace picket
