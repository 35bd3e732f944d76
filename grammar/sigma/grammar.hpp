// Sigma's conditions in PEGTL. Internal to grammar/sigma.
#pragma once

#include <tao/pegtl.hpp>

namespace picket::sigma::syntax {

namespace peg = tao::pegtl;

// NOLINTBEGIN(readability-identifier-naming): rules are named as PEGTL names its own.
struct blanks : peg::star<peg::space> {};
struct gap : peg::plus<peg::space> {};

struct word_char : peg::not_one<' ', '\t', '\r', '\n', '(', ')', '|', ','> {};
template <char... letters>
struct keyword : peg::seq<peg::string<letters...>, peg::not_at<word_char>> {};
struct and_word : keyword<'a', 'n', 'd'> {};
struct or_word : keyword<'o', 'r'> {};
struct not_word : keyword<'n', 'o', 't'> {};
struct of_word : keyword<'o', 'f'> {};
struct reserved : peg::sor<and_word, or_word, not_word, of_word> {};
struct word : peg::plus<word_char> {};

struct one : peg::sor<keyword<'1'>, keyword<'a', 'n', 'y'>> {};
struct all : keyword<'a', 'l', 'l'> {};
struct them : keyword<'t', 'h', 'e', 'm'> {};
struct pattern : word {};
struct target : peg::sor<them, pattern> {};
struct quantifier : peg::seq<peg::sor<one, all>, peg::at<gap, of_word>> {};
// A number that is not 1 is told from a name here, for a better message.
struct other_number : peg::seq<peg::plus<peg::digit>, peg::at<gap, of_word>> {};
struct quantified : peg::if_must<quantifier, gap, of_word, gap, target> {};
struct named : peg::seq<peg::not_at<peg::sor<reserved, other_number>>, word> {};

struct disjunction;
struct open : peg::one<'('> {};
struct close : peg::one<')'> {};
struct group : peg::if_must<open, blanks, disjunction, blanks, close> {};
struct negation : not_word {};
struct operand : peg::seq<peg::star<negation, blanks>, peg::sor<group, quantified, named>> {};
struct and_joiner : and_word {};
struct or_joiner : or_word {};
struct conjunction : peg::seq<peg::must<operand>, peg::star<blanks, peg::if_must<and_joiner, blanks, operand>>> {};
struct disjunction : peg::seq<conjunction, peg::star<blanks, peg::if_must<or_joiner, blanks, conjunction>>> {};
struct end : peg::eof {};
struct whole : peg::must<blanks, disjunction, blanks, end> {};
// NOLINTEND(readability-identifier-naming)

}  // namespace picket::sigma::syntax
