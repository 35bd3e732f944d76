// The grammar of the detection language in PEGTL. Rules read as grammar/LANGUAGE.md writes them.
//
// Two conventions. A rule begins and ends with a token: blanks are eaten between tokens by the rule that joins them, so
// that a node's extent is what the author would underline. And `must<…>` stands only around rules that say what they
// want (wants<…>), so no failure is without our own words.
#pragma once

#include "grammar/condition/tokens.hpp"

namespace picket::syntax {

// NOLINTBEGIN(readability-identifier-naming): rules are named as PEGTL names its own.
struct expr;
struct block_body;

struct close_hole : wants<Expected::close_hole>, one<'}'> {};
struct hole_value : wants<Expected::hole_value>, seq<expr> {};
struct hole : leaves<NodeKind::hole>, enclosed<true, seq<one<'{'>, ws, must<hole_value>, ws, must<close_hole>>> {};
struct double_brace : sor<peg::string<'{', '{'>, peg::string<'}', '}'>> {};
// A run of text between holes.
struct quoted_text : leaves<NodeKind::quoted_text>,
                     plus<sor<double_brace, escape, peg::utf8::not_one<'"', '\\', '\n', '{', '}'>>> {};
struct template_literal : leaves<NodeKind::template_literal>,
                          enclosed<true, seq<peg::string<'f', '"'>, star<sor<quoted_text, hole>>, must<close_quote>>> {
};

// --- values ---

struct unary;
struct value;
struct postfix;
struct definition;

// What must follow; each is the rule it names, wrapped so that it has an Expected of its own.
struct wanted_expr : wants<Expected::value>, seq<expr> {};
struct wanted_unary : wants<Expected::value>, seq<unary> {};
struct wanted_value : wants<Expected::value>, seq<value> {};

struct close_round : wants<Expected::close_round>, one<')'> {};
struct close_square : wants<Expected::close_square>, one<']'> {};
struct close_brace : wants<Expected::close_brace>, one<'}'> {};
struct comma : operator_of<one<','>> {};

struct definition_equals : seq<one<'='>, not_at<one<'=', '~', '>', '<', '!'>>> {};
struct parameter_name : leaves<NodeKind::parameter_name>, seq<free_name> {};
struct parameter : leaves<NodeKind::parameter>,
                   seq<parameter_name, opt<ws, operator_of<definition_equals>, ws, must<wanted_expr>>> {};
struct parameters : leaves<NodeKind::parameters>,
                    enclosed<true, seq<one<'('>, ws, opt<parameter, star<ws, one<','>, ws, parameter>, ws>, one<')'>>> {
};
struct definition_name : leaves<NodeKind::definition_name>, seq<dotted_name> {};
struct definition_head : seq<definition_name, opt<parameters>, ws, operator_of<definition_equals>> {};
struct definition : leaves<NodeKind::definition>, seq<definition_head, lines, must<wanted_expr>> {};

struct paren
    : leaves<NodeKind::paren>,
      enclosed<true, seq<one<'('>, ws, star<definition, ws, one<';'>, ws>, must<wanted_expr>, ws, must<close_round>>> {
};

struct spread_item : leaves<NodeKind::spread_item>,
                     seq<operator_of<peg::string<'.', '.', '.'>>, ws, must<wanted_expr>> {};
struct list_item : sor<spread_item, expr> {};
struct list_end : wants<Expected::close_square>, seq<close_square> {};
struct list
    : leaves<NodeKind::list>,
      enclosed<true,
               seq<one<'['>, ws, opt<list_item, star<ws, comma, ws, list_item>, ws, opt<comma, ws>>, must<list_end>>> {
};

struct separator : sor<one<'\n'>, one<';'>> {};
struct separators : seq<ws, star<separator, ws>> {};
struct entry_separators : seq<ws, star<sor<separator, comma>, ws>> {};

struct colon : seq<one<':'>> {};
struct key_name : leaves<NodeKind::key_name>, sor<identifier, string_literal, raw_literal, number> {};
struct entry_pair : leaves<NodeKind::entry_pair>, seq<key_name, ws, operator_of<colon>, lines, must<wanted_expr>> {};
struct computed_key : enclosed<true, seq<one<'['>, ws, expr, ws, one<']'>>> {};
struct entry_computed : leaves<NodeKind::entry_computed>,
                        seq<computed_key, ws, operator_of<colon>, lines, must<wanted_expr>> {};
struct entry_path : leaves<NodeKind::entry_path>, seq<postfix> {};
struct entry : sor<spread_item, entry_pair, entry_computed, entry_path> {};
struct entry_end : wants<Expected::entry_end>, sor<at<one<'\n', ';', ',', '}'>>, peg::eof> {};
struct entries : seq<entry_separators, star<entry, ws, must<entry_end>, entry_separators>> {};
struct object : leaves<NodeKind::object>, enclosed<false, seq<one<'{'>, entries, must<close_brace>>> {};

struct arrow : wants<Expected::arrow>, peg::string<'-', '>'> {};
struct clause;
struct pattern : wants<Expected::value>, sor<clause, value> {};
struct subject_patterns : seq<pattern, star<ws, comma, lines, must<pattern>>> {};
struct condition_patterns : seq<expr, star<ws, comma, lines, must<wanted_expr>>> {};
struct arm_value : seq<ws, must<arrow>, lines, must<wanted_expr>> {};
struct else_arm : leaves<NodeKind::else_arm>, seq<kw_else, arm_value> {};
struct subject_arm : leaves<NodeKind::subject_arm>, seq<subject_patterns, arm_value> {};
struct condition_arm : leaves<NodeKind::condition_arm>, seq<condition_patterns, arm_value> {};
struct arm_end : wants<Expected::condition_end>, sor<at<one<'\n', ';', '}'>>, peg::eof> {};
template <typename Arm>
struct arms
    : enclosed<false,
               seq<one<'{'>, separators, star<sor<else_arm, Arm>, ws, must<arm_end>, separators>, must<close_brace>>> {
};
struct wanted_arms : wants<Expected::arms>, seq<arms<subject_arm>> {};
struct when_condition : leaves<NodeKind::when_condition>, seq<kw_when, ws, arms<condition_arm>> {};
struct when_subject : leaves<NodeKind::when_subject>, seq<kw_when, ws, must<wanted_value>, ws, must<wanted_arms>> {};

struct block : leaves<NodeKind::block>, enclosed<false, seq<one<'{'>, block_body, must<close_brace>>> {};
struct binder_variable : leaves<NodeKind::binder_variable>, seq<free_name> {};
struct binder_variables : seq<binder_variable, opt<ws, one<','>, ws, binder_variable>, ws, kw_in> {};
struct binder_list : wants<Expected::value>, seq<postfix> {};
struct binder_block : wants<Expected::binder_block>, seq<block> {};
struct group : leaves<NodeKind::group>, seq<group_word, ws, block> {};
struct binder
    : leaves<NodeKind::binder>,
      seq<operator_of<binder_word>, ws, opt<binder_variables, ws>, must<binder_list>, ws, must<binder_block>> {};

struct call_name : leaves<NodeKind::call_name>, seq<dotted_name> {};
struct arguments
    : enclosed<true, seq<one<'('>, ws, opt<expr, star<ws, comma, ws, must<wanted_expr>>, ws>, must<close_round>>> {};
struct call : leaves<NodeKind::call>, seq<call_name, at<one<'('>>, arguments> {};

struct event : leaves<NodeKind::event>, one<'$'> {};
struct element_field : leaves<NodeKind::element_field>, seq<identifier> {};
struct element : leaves<NodeKind::element>, seq<one<'.'>, not_at<one<'.'>>, opt<element_field>> {};
struct name : leaves<NodeKind::name>, seq<free_name> {};
struct negated_operand : nested<seq<postfix>> {};
struct wanted_operand : wants<Expected::value>, seq<negated_operand> {};
struct negate : leaves<NodeKind::negate>,
                seq<operator_of<seq<one<'-'>, not_at<one<'>'>>>>, ws, must<wanted_operand>> {};

struct primary
    : sor<number, string_literal, raw_literal, template_literal, true_literal, false_literal, null_literal, negate,
          event, element, paren, list, object, when_condition, when_subject, group, binder, call, name> {};

struct member_name : wants<Expected::member_name>, leaves<NodeKind::member_name>, seq<identifier> {};
struct member : leaves<NodeKind::member>, seq<one<'.'>, must<member_name>> {};
struct each : leaves<NodeKind::each>, enclosed<true, seq<one<'['>, ws, one<'*'>, ws, one<']'>>> {};
struct deep : leaves<NodeKind::deep>, enclosed<true, seq<one<'['>, ws, peg::string<'*', '*'>, ws, one<']'>>> {};
struct slice_colon : leaves<NodeKind::slice_colon>, seq<one<':'>> {};
struct subscript
    : leaves<NodeKind::subscript>,
      enclosed<
          true,
          seq<one<'['>, ws,
              sor<seq<slice_colon, ws, opt<expr, ws>>, seq<must<wanted_expr>, ws, opt<slice_colon, ws, opt<expr, ws>>>>,
              must<close_square>>> {};
struct suffix : sor<member, deep, each, subscript> {};
struct postfix : leaves<NodeKind::postfix>, seq<primary, star<suffix>> {};

struct multiply_op : leaves<NodeKind::multiply_op>, operator_of<one<'*', '/', '%'>> {};
struct product_operand : wants<Expected::value>, seq<postfix> {};
struct product : leaves<NodeKind::product>, seq<postfix, star<ws, multiply_op, lines, must<product_operand>>> {};
struct add_op : leaves<NodeKind::add_op>, operator_of<sor<one<'+'>, seq<one<'-'>, not_at<one<'>'>>>>> {};
struct sum_operand : wants<Expected::value>, seq<product> {};
struct sum : leaves<NodeKind::sum>, seq<product, star<ws, add_op, lines, must<sum_operand>>> {};
struct fallback_op : leaves<NodeKind::fallback_op>, operator_of<sor<peg::string<'?', '?'>, peg::string<'?', ':'>>> {};
struct fallback_operand : wants<Expected::value>, seq<sum> {};
struct value : leaves<NodeKind::value>, seq<sum, star<lines, fallback_op, lines, must<fallback_operand>>> {};

// --- conditions ---

struct clause_not : leaves<NodeKind::clause_not>, seq<kw_not> {};
struct fold_mark : leaves<NodeKind::fold_mark>, one<'~'> {};
struct all_mark : leaves<NodeKind::all_mark>, seq<kw_all> {};
struct clause_head
    : operator_of<seq<opt<clause_not, ws>, op_token, opt<fold_mark>, opt<ws, all_mark, at<not_at<ws, one<'{'>>>>>> {};
struct compare_clause : leaves<NodeKind::compare_clause>, seq<clause_head, lines, must<wanted_value>> {};
struct predicate_name : wants<Expected::predicate>,
                        leaves<NodeKind::predicate_name>,
                        seq<identifier, star<one<'.'>, identifier>> {};
struct is_clause : leaves<NodeKind::is_clause>,
                   seq<operator_of<kw_is>, ws, opt<clause_not, ws>, must<predicate_name>> {};
struct clause : sor<is_clause, compare_clause> {};
struct no_other_comparison : wants<Expected::no_other_comparison>,
                             not_at<ws, sor<kw_is, seq<opt<clause_not, ws>, op_token>>> {};
struct compare : leaves<NodeKind::compare>, seq<value, opt<ws, clause, must<no_other_comparison>>> {};

struct negation_operand : nested<seq<unary>> {};
struct wanted_negation : wants<Expected::value>, seq<negation_operand> {};
struct negation : leaves<NodeKind::negation>, seq<operator_of<kw_not>, ws, must<wanted_negation>> {};
struct unary : sor<negation, compare> {};

struct and_tail : leaves<NodeKind::and_tail>, plus<lines, operator_of<kw_and>, lines, must<wanted_unary>> {};
struct or_tail : leaves<NodeKind::or_tail>, plus<lines, operator_of<kw_or>, lines, must<wanted_unary>> {};
struct no_other_connective : wants<Expected::no_other_connective>, not_at<lines, sor<kw_and, kw_or>> {};
struct logic : leaves<NodeKind::logic>, seq<unary, opt<sor<and_tail, or_tail>, must<no_other_connective>>> {};

struct then_word : wants<Expected::then_word>, operator_of<kw_then> {};
struct else_word : wants<Expected::else_word>, operator_of<kw_else> {};
struct choice : leaves<NodeKind::choice>,
                seq<operator_of<kw_if>, ws, must<wanted_expr>, lines, must<then_word>, lines, must<wanted_expr>, lines,
                    must<else_word>, lines, must<wanted_expr>> {};

struct expr : nested<sor<choice, logic>> {};

// --- texts ---

struct condition_end : wants<Expected::condition_end>, sor<at<one<'\n', ';', '}'>>, peg::eof> {};
struct item : sor<definition, expr> {};
struct block_body : wants<Expected::condition_end>, seq<separators, star<item, ws, must<condition_end>, separators>> {};

struct end_of_text : wants<Expected::end_of_text>, peg::eof {};
struct wanted_definition : wants<Expected::definition>, peg::failure {};

struct condition_text : must<block_body, end_of_text> {};
struct definitions_body
    : wants<Expected::definition>,
      seq<separators,
          star<not_at<peg::eof>, sor<definition, must<wanted_definition>>, ws, must<condition_end>, separators>> {};
struct definitions_text : must<definitions_body, end_of_text> {};
struct end_of_expression : wants<Expected::end_of_expression>, peg::eof {};
struct expression_text : seq<lines, must<wanted_expr>, lines, must<end_of_expression>> {};
struct entries_text : seq<entries, must<end_of_text>> {};

struct plain_text : leaves<NodeKind::plain_text>, plus<sor<double_brace, peg::utf8::not_one<'{', '}'>>> {};
struct end_of_template : wants<Expected::end_of_template>, peg::eof {};
struct template_text : seq<star<sor<plain_text, hole>>, must<end_of_template>> {};
// NOLINTEND(readability-identifier-naming)

}  // namespace picket::syntax
