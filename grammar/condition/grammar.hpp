// The grammar of the detection language in PEGTL. Rules read as grammar/LANGUAGE.md writes them.
//
// Two conventions. A rule begins and ends with a token: blanks are eaten between tokens by the rule that joins them, so
// that a node's extent is what the author would underline. And `must<…>` stands only around rules that have an Expected
// (expected_of, at the end), so no failure is without our own words.
#pragma once

#include <cstddef>
#include <tao/pegtl.hpp>
#include <type_traits>

#include "grammar/ast/operators.hpp"
#include "grammar/condition/failure.hpp"
#include "grammar/condition/mode.hpp"

namespace picket::syntax {

namespace peg = tao::pegtl;
using peg::apply_mode;
using peg::at;
using peg::must;
using peg::not_at;
using peg::one;
using peg::opt;
using peg::plus;
using peg::rewind_mode;
using peg::seq;
using peg::sor;
using peg::star;

template <typename ParseInput>
std::size_t offset_of(const ParseInput& in) {
  return static_cast<std::size_t>(in.current() - in.begin());
}

// --- blanks ---

// Eats blanks and comments, and newlines if told to.
template <typename ParseInput>
void skip_blanks(ParseInput& in, bool newlines) {
  while (!in.empty()) {
    const char c = in.peek_char();
    if (c == ' ' || c == '\t' || c == '\r' || (newlines && c == '\n')) {
      in.bump();
    } else if (c == '#') {
      while (!in.empty() && in.peek_char() != '\n') in.bump();
    } else {
      return;
    }
  }
}

// Blanks: within brackets newlines as well.
struct ws {
  using rule_t = ws;
  using subs_t = peg::empty_list;
  template <apply_mode, rewind_mode, template <typename...> class, template <typename...> class, typename ParseInput,
            typename... States>
  static bool match(ParseInput& in, Mode& mode, States&&...) {
    skip_blanks(in, mode.newlines_are_blanks);
    return true;
  }
};

// Blanks and newlines, where a text cannot end: after a binary operator, before `and` on the next line.
struct lines {
  using rule_t = lines;
  using subs_t = peg::empty_list;
  template <apply_mode, rewind_mode, template <typename...> class, template <typename...> class, typename ParseInput,
            typename... States>
  static bool match(ParseInput& in, Mode&, States&&...) {
    skip_blanks(in, true);
    return true;
  }
};

// --- what is open, and how deep ---

// Matches Rule with its own idea of newlines, and remembers where it began for "is never closed".
template <bool NewlinesAreBlanks, typename Rule>
struct enclosed {
  using rule_t = enclosed;
  using subs_t = peg::type_list<Rule>;
  template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
            typename ParseInput, typename... States>
  static bool match(ParseInput& in, Mode& mode, States&&... states) {
    struct Restore {
      Mode& mode;
      bool newlines;
      ~Restore() {
        mode.newlines_are_blanks = newlines;
        mode.open.pop_back();
      }
    };
    mode.open.push_back(offset_of(in));
    const Restore restore{mode, mode.newlines_are_blanks};
    mode.newlines_are_blanks = NewlinesAreBlanks;
    return Control<Rule>::template match<A, M, Action, Control>(in, mode, states...);
  }
};

// Matches Rule one level deeper; beyond the bound it is an error.
template <typename Rule>
struct nested {
  using rule_t = nested;
  using subs_t = peg::type_list<Rule>;
  template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
            typename ParseInput, typename... States>
  static bool match(ParseInput& in, Mode& mode, States&&... states) {
    struct Restore {
      Mode& mode;
      ~Restore() { --mode.depth; }
    };
    ++mode.depth;
    const Restore restore{mode};
    if (mode.depth > mode.most_depth) throw too_deep(offset_of(in), mode.most_depth);
    return Control<Rule>::template match<A, M, Action, Control>(in, mode, states...);
  }
};

// Matches Rule and remembers its extent as the operator that wants a value.
template <typename Rule>
struct operator_of {
  using rule_t = operator_of;
  using subs_t = peg::type_list<Rule>;
  template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
            typename ParseInput, typename... States>
  static bool match(ParseInput& in, Mode& mode, States&&... states) {
    const std::size_t begin = offset_of(in);
    if (!Control<Rule>::template match<A, M, Action, Control>(in, mode, states...)) return false;
    mode.operator_begin = begin;
    mode.operator_end = offset_of(in);
    return true;
  }
};

// --- words ---

struct ident_first : sor<peg::alpha, one<'_'>> {};
struct ident_other : sor<peg::alnum, one<'_'>> {};
struct identifier : seq<ident_first, star<ident_other>> {};
template <char... Cs>
struct word : seq<peg::string<Cs...>, not_at<ident_other>> {};

struct kw_and : sor<word<'a', 'n', 'd'>, peg::string<'&', '&'>> {};
struct kw_or : sor<word<'o', 'r'>, peg::string<'|', '|'>> {};
struct kw_not : sor<word<'n', 'o', 't'>, seq<one<'!'>, not_at<one<'=', '!'>>>> {};
struct kw_in : word<'i', 'n'> {};
struct kw_is : word<'i', 's'> {};
struct kw_if : word<'i', 'f'> {};
struct kw_then : word<'t', 'h', 'e', 'n'> {};
struct kw_else : word<'e', 'l', 's', 'e'> {};
struct kw_when : word<'w', 'h', 'e', 'n'> {};
struct kw_all : word<'a', 'l', 'l'> {};
struct group_word : sor<word<'a', 'n', 'y'>, word<'a', 'l', 'l'>, word<'n', 'o', 'n', 'e'>> {};
struct binder_word : sor<group_word, word<'c', 'o', 'u', 'n', 't'>, word<'f', 'i', 'r', 's', 't'>,
                         word<'w', 'h', 'e', 'r', 'e'>, word<'m', 'a', 'p'>> {};

// An identifier that is not reserved.
struct free_name {
  using rule_t = free_name;
  using subs_t = peg::empty_list;
  template <apply_mode, rewind_mode, template <typename...> class, template <typename...> class, typename ParseInput,
            typename... States>
  static bool match(ParseInput& in, Mode&, States&&...) {
    const std::size_t length = identifier_length(in);
    if (length == 0 || is_reserved({in.current(), length})) return false;
    in.bump_in_this_line(length);
    return true;
  }
  template <typename ParseInput>
  static std::size_t identifier_length(ParseInput& in) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (in.empty() || !letter(in.peek_char())) return 0;
    std::size_t length = 1;
    while (length < in.size() && (letter(in.peek_char(length)) || digit(in.peek_char(length)))) ++length;
    return length;
  }
};

struct dotted_name : seq<free_name, star<one<'.'>, identifier>> {};

// One of the comparison operators of the table, without `~`. `in cidr` is one operator if a value follows on the line.
struct op_token {
  using rule_t = op_token;
  using subs_t = peg::empty_list;
  template <apply_mode, rewind_mode, template <typename...> class, template <typename...> class, typename ParseInput,
            typename... States>
  static bool match(ParseInput& in, Mode& mode, States&&...) {
    const std::size_t length = operator_length({in.current(), in.size()});
    if (length == 0) return false;
    mode.operator_begin = offset_of(in);
    mode.operator_end = mode.operator_begin + length;
    in.bump_in_this_line(length);
    return true;
  }
  // The bytes of the operator with which the text begins, or 0.
  [[nodiscard]] static std::size_t operator_length(std::string_view text);
};

// --- literals ---

// Anything that begins like a number; the builder tells numbers, durations and faults apart.
struct number
    : seq<peg::digit,
          star<sor<seq<one<'e', 'E'>, one<'+', '-'>, peg::digit>, seq<one<'.'>, peg::digit>, peg::alnum, one<'_'>>>> {};

struct hex_escape : seq<one<'u'>, peg::rep<4, peg::xdigit>> {};
// at<…>, so that a fault is told at the backslash however many digits there are.
struct escape_rest : sor<one<'"', '\\', '/', 'b', 'f', 'n', 'r', 't'>, seq<at<hex_escape>, hex_escape>> {};
struct escape : seq<one<'\\'>, must<escape_rest>> {};
struct close_quote : one<'"'> {};
struct string_char : sor<escape, peg::utf8::not_one<'"', '\\', '\n'>> {};
struct string_literal : enclosed<true, seq<one<'"'>, star<string_char>, must<close_quote>>> {};

struct close_raw_quote : one<'\''> {};
struct raw_char : sor<seq<one<'\''>, one<'\''>>, peg::utf8::not_one<'\'', '\n'>> {};
struct raw_literal : enclosed<true, seq<one<'\''>, star<raw_char>, must<close_raw_quote>>> {};

struct expr;
struct block_body;

struct close_hole : one<'}'> {};
struct hole_value : seq<expr> {};
struct hole : enclosed<true, seq<one<'{'>, ws, must<hole_value>, ws, must<close_hole>>> {};
struct double_brace : sor<peg::string<'{', '{'>, peg::string<'}', '}'>> {};
// A run of text between holes.
struct quoted_text : plus<sor<double_brace, escape, peg::utf8::not_one<'"', '\\', '\n', '{', '}'>>> {};
struct template_literal : enclosed<true, seq<peg::string<'f', '"'>, star<sor<quoted_text, hole>>, must<close_quote>>> {
};

struct true_literal : word<'t', 'r', 'u', 'e'> {};
struct false_literal : word<'f', 'a', 'l', 's', 'e'> {};
struct null_literal : word<'n', 'u', 'l', 'l'> {};

// --- values ---

struct unary;
struct value;
struct postfix;
struct definition;

// What must follow; each is the rule it names, wrapped so that it has an Expected of its own.
struct wanted_expr : seq<expr> {};
struct wanted_unary : seq<unary> {};
struct wanted_value : seq<value> {};

struct close_round : one<')'> {};
struct close_square : one<']'> {};
struct close_brace : one<'}'> {};
struct comma : operator_of<one<','>> {};

struct definition_equals : seq<one<'='>, not_at<one<'=', '~', '>', '<', '!'>>> {};
struct parameter_name : seq<free_name> {};
struct parameter : seq<parameter_name, opt<ws, operator_of<definition_equals>, ws, must<wanted_expr>>> {};
struct parameters : enclosed<true, seq<one<'('>, ws, opt<parameter, star<ws, one<','>, ws, parameter>, ws>, one<')'>>> {
};
struct definition_name : seq<dotted_name> {};
struct definition_head : seq<definition_name, opt<parameters>, ws, operator_of<definition_equals>> {};
struct definition : seq<definition_head, lines, must<wanted_expr>> {};

struct paren
    : enclosed<true, seq<one<'('>, ws, star<definition, ws, one<';'>, ws>, must<wanted_expr>, ws, must<close_round>>> {
};

struct spread_item : seq<operator_of<peg::string<'.', '.', '.'>>, ws, must<wanted_expr>> {};
struct list_item : sor<spread_item, expr> {};
struct list_end : seq<close_square> {};
struct list
    : enclosed<true,
               seq<one<'['>, ws, opt<list_item, star<ws, comma, ws, list_item>, ws, opt<comma, ws>>, must<list_end>>> {
};

struct separator : sor<one<'\n'>, one<';'>> {};
struct separators : seq<ws, star<separator, ws>> {};
struct entry_separators : seq<ws, star<sor<separator, comma>, ws>> {};

struct colon : seq<one<':'>> {};
struct key_name : sor<identifier, string_literal, raw_literal, number> {};
struct entry_pair : seq<key_name, ws, operator_of<colon>, lines, must<wanted_expr>> {};
struct computed_key : enclosed<true, seq<one<'['>, ws, expr, ws, one<']'>>> {};
struct entry_computed : seq<computed_key, ws, operator_of<colon>, lines, must<wanted_expr>> {};
struct entry_path : seq<postfix> {};
struct entry : sor<spread_item, entry_pair, entry_computed, entry_path> {};
struct entry_end : sor<at<one<'\n', ';', ',', '}'>>, peg::eof> {};
struct entries : seq<entry_separators, star<entry, ws, must<entry_end>, entry_separators>> {};
struct object : enclosed<false, seq<one<'{'>, entries, must<close_brace>>> {};

struct arrow : peg::string<'-', '>'> {};
struct clause;
struct pattern : sor<clause, value> {};
struct subject_patterns : seq<pattern, star<ws, comma, lines, must<pattern>>> {};
struct condition_patterns : seq<expr, star<ws, comma, lines, must<wanted_expr>>> {};
struct arm_value : seq<ws, must<arrow>, lines, must<wanted_expr>> {};
struct else_arm : seq<kw_else, arm_value> {};
struct subject_arm : seq<subject_patterns, arm_value> {};
struct condition_arm : seq<condition_patterns, arm_value> {};
struct arm_end : sor<at<one<'\n', ';', '}'>>, peg::eof> {};
template <typename Arm>
struct arms
    : enclosed<false,
               seq<one<'{'>, separators, star<sor<else_arm, Arm>, ws, must<arm_end>, separators>, must<close_brace>>> {
};
struct wanted_arms : seq<arms<subject_arm>> {};
struct when_condition : seq<kw_when, ws, arms<condition_arm>> {};
struct when_subject : seq<kw_when, ws, must<wanted_value>, ws, must<wanted_arms>> {};

struct block : enclosed<false, seq<one<'{'>, block_body, must<close_brace>>> {};
struct binder_variable : seq<free_name> {};
struct binder_variables : seq<binder_variable, opt<ws, one<','>, ws, binder_variable>, ws, kw_in> {};
struct binder_list : seq<postfix> {};
struct binder_block : seq<block> {};
struct group : seq<group_word, ws, block> {};
struct binder
    : seq<operator_of<binder_word>, ws, opt<binder_variables, ws>, must<binder_list>, ws, must<binder_block>> {};

struct call_name : seq<dotted_name> {};
struct arguments
    : enclosed<true, seq<one<'('>, ws, opt<expr, star<ws, comma, ws, must<wanted_expr>>, ws>, must<close_round>>> {};
struct call : seq<call_name, at<one<'('>>, arguments> {};

struct event : one<'$'> {};
struct element_field : seq<identifier> {};
struct element : seq<one<'.'>, not_at<one<'.'>>, opt<element_field>> {};
struct name : seq<free_name> {};
struct negated_operand : nested<seq<postfix>> {};
struct wanted_operand : seq<negated_operand> {};
struct negate : seq<operator_of<seq<one<'-'>, not_at<one<'>'>>>>, ws, must<wanted_operand>> {};

struct primary
    : sor<number, string_literal, raw_literal, template_literal, true_literal, false_literal, null_literal, negate,
          event, element, paren, list, object, when_condition, when_subject, group, binder, call, name> {};

struct member_name : seq<identifier> {};
struct member : seq<one<'.'>, must<member_name>> {};
struct each : enclosed<true, seq<one<'['>, ws, one<'*'>, ws, one<']'>>> {};
struct deep : enclosed<true, seq<one<'['>, ws, peg::string<'*', '*'>, ws, one<']'>>> {};
struct slice_colon : seq<one<':'>> {};
struct subscript
    : enclosed<
          true,
          seq<one<'['>, ws,
              sor<seq<slice_colon, ws, opt<expr, ws>>, seq<must<wanted_expr>, ws, opt<slice_colon, ws, opt<expr, ws>>>>,
              must<close_square>>> {};
struct suffix : sor<member, deep, each, subscript> {};
struct postfix : seq<primary, star<suffix>> {};

struct multiply_op : operator_of<one<'*', '/', '%'>> {};
struct product_operand : seq<postfix> {};
struct product : seq<postfix, star<ws, multiply_op, lines, must<product_operand>>> {};
struct add_op : operator_of<sor<one<'+'>, seq<one<'-'>, not_at<one<'>'>>>>> {};
struct sum_operand : seq<product> {};
struct sum : seq<product, star<ws, add_op, lines, must<sum_operand>>> {};
struct fallback_op : operator_of<sor<peg::string<'?', '?'>, peg::string<'?', ':'>>> {};
struct fallback_operand : seq<sum> {};
struct value : seq<sum, star<lines, fallback_op, lines, must<fallback_operand>>> {};

// --- conditions ---

struct clause_not : seq<kw_not> {};
struct fold_mark : one<'~'> {};
struct all_mark : seq<kw_all> {};
struct clause_head
    : operator_of<seq<opt<clause_not, ws>, op_token, opt<fold_mark>, opt<ws, all_mark, at<not_at<ws, one<'{'>>>>>> {};
struct compare_clause : seq<clause_head, lines, must<wanted_value>> {};
struct predicate_name : seq<identifier, star<one<'.'>, identifier>> {};
struct is_clause : seq<operator_of<kw_is>, ws, opt<clause_not, ws>, must<predicate_name>> {};
struct clause : sor<is_clause, compare_clause> {};
struct no_other_comparison : not_at<ws, sor<kw_is, seq<opt<clause_not, ws>, op_token>>> {};
struct compare : seq<value, opt<ws, clause, must<no_other_comparison>>> {};

struct negation_operand : nested<seq<unary>> {};
struct wanted_negation : seq<negation_operand> {};
struct negation : seq<operator_of<kw_not>, ws, must<wanted_negation>> {};
struct unary : sor<negation, compare> {};

struct and_tail : plus<lines, operator_of<kw_and>, lines, must<wanted_unary>> {};
struct or_tail : plus<lines, operator_of<kw_or>, lines, must<wanted_unary>> {};
struct no_other_connective : not_at<lines, sor<kw_and, kw_or>> {};
struct logic : seq<unary, opt<sor<and_tail, or_tail>, must<no_other_connective>>> {};

struct then_word : operator_of<kw_then> {};
struct else_word : operator_of<kw_else> {};
struct choice : seq<operator_of<kw_if>, ws, must<wanted_expr>, lines, must<then_word>, lines, must<wanted_expr>, lines,
                    must<else_word>, lines, must<wanted_expr>> {};

struct expr : nested<sor<choice, logic>> {};

// --- texts ---

struct condition_end : sor<at<one<'\n', ';', '}'>>, peg::eof> {};
struct item : sor<definition, expr> {};
struct block_body : seq<separators, star<item, ws, must<condition_end>, separators>> {};

struct end_of_text : peg::eof {};
struct wanted_definition : peg::failure {};

struct condition_text : must<block_body, end_of_text> {};
struct definitions_body
    : seq<separators,
          star<not_at<peg::eof>, sor<definition, must<wanted_definition>>, ws, must<condition_end>, separators>> {};
struct definitions_text : must<definitions_body, end_of_text> {};
struct end_of_expression : peg::eof {};
struct expression_text : seq<lines, must<wanted_expr>, lines, must<end_of_expression>> {};
struct entries_text : seq<entries, must<end_of_text>> {};

struct plain_text : plus<sor<double_brace, peg::utf8::not_one<'{', '}'>>> {};
struct end_of_template : peg::eof {};
struct template_text : seq<star<sor<plain_text, hole>>, must<end_of_template>> {};

// --- what each rule under a must<…> wants ---

template <typename Rule>
struct expected_of;  // every rule under a must<…> has one below
template <Expected E>
struct expects : std::integral_constant<Expected, E> {};

template <>
struct expected_of<block_body> : expects<Expected::condition_end> {};
template <>
struct expected_of<definitions_body> : expects<Expected::definition> {};
template <>
struct expected_of<wanted_expr> : expects<Expected::value> {};
template <>
struct expected_of<wanted_unary> : expects<Expected::value> {};
template <>
struct expected_of<wanted_value> : expects<Expected::value> {};
template <>
struct expected_of<wanted_operand> : expects<Expected::value> {};
template <>
struct expected_of<wanted_negation> : expects<Expected::value> {};
template <>
struct expected_of<product_operand> : expects<Expected::value> {};
template <>
struct expected_of<sum_operand> : expects<Expected::value> {};
template <>
struct expected_of<fallback_operand> : expects<Expected::value> {};
template <>
struct expected_of<hole_value> : expects<Expected::hole_value> {};
template <>
struct expected_of<binder_list> : expects<Expected::value> {};
template <>
struct expected_of<pattern> : expects<Expected::value> {};
template <>
struct expected_of<list_end> : expects<Expected::close_square> {};
template <>
struct expected_of<close_square> : expects<Expected::close_square> {};
template <>
struct expected_of<close_round> : expects<Expected::close_round> {};
template <>
struct expected_of<close_brace> : expects<Expected::close_brace> {};
template <>
struct expected_of<close_hole> : expects<Expected::close_hole> {};
template <>
struct expected_of<close_quote> : expects<Expected::close_quote> {};
template <>
struct expected_of<close_raw_quote> : expects<Expected::close_raw_quote> {};
template <>
struct expected_of<escape_rest> : expects<Expected::escape> {};
template <>
struct expected_of<then_word> : expects<Expected::then_word> {};
template <>
struct expected_of<else_word> : expects<Expected::else_word> {};
template <>
struct expected_of<arrow> : expects<Expected::arrow> {};
template <>
struct expected_of<wanted_arms> : expects<Expected::arms> {};
template <>
struct expected_of<arm_end> : expects<Expected::condition_end> {};
template <>
struct expected_of<entry_end> : expects<Expected::entry_end> {};
template <>
struct expected_of<binder_block> : expects<Expected::binder_block> {};
template <>
struct expected_of<predicate_name> : expects<Expected::predicate> {};
template <>
struct expected_of<member_name> : expects<Expected::member_name> {};
template <>
struct expected_of<wanted_definition> : expects<Expected::definition> {};
template <>
struct expected_of<condition_end> : expects<Expected::condition_end> {};
template <>
struct expected_of<end_of_text> : expects<Expected::end_of_text> {};
template <>
struct expected_of<end_of_expression> : expects<Expected::end_of_expression> {};
template <>
struct expected_of<end_of_template> : expects<Expected::end_of_template> {};
template <>
struct expected_of<no_other_connective> : expects<Expected::no_other_connective> {};
template <>
struct expected_of<no_other_comparison> : expects<Expected::no_other_comparison> {};

}  // namespace picket::syntax
