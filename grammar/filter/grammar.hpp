// The filter language in PEGTL. Internal to grammar/filter.
#pragma once

#include <tao/pegtl.hpp>

namespace picket::filter_syntax {

namespace peg = tao::pegtl;

// NOLINTBEGIN(readability-identifier-naming): rules are named as PEGTL names its own.
struct blanks : peg::star<peg::space> {};

// A bare word ends before what has a meaning of its own; a `/` within it has none.
struct word_char : peg::seq<peg::not_at<peg::string<'!', '='>>,
                            peg::not_one<' ', '\t', '\r', '\n', '(', ')', ',', '"', '\'', '<', '>', '='>> {};
template <char... letters>
struct keyword : peg::seq<peg::string<letters...>, peg::not_at<word_char>> {};
struct and_word : keyword<'a', 'n', 'd'> {};
struct or_word : keyword<'o', 'r'> {};
struct not_word : keyword<'n', 'o', 't'> {};
struct any_word : peg::sor<and_word, or_word, not_word> {};
struct bare : peg::seq<peg::not_at<peg::one<'/'>>, peg::plus<word_char>> {};

// --- values ---
struct word : bare {};
template <char quote>
struct quoted_text : peg::until<peg::at<peg::one<quote>>, peg::not_one<'\n'>> {};
struct double_quoted : quoted_text<'"'> {};
struct single_quoted : quoted_text<'\''> {};
struct end_of_double : peg::one<'"'> {};
struct end_of_single : peg::one<'\''> {};
struct quoted : peg::sor<peg::if_must<peg::one<'"'>, double_quoted, end_of_double>,
                         peg::if_must<peg::one<'\''>, single_quoted, end_of_single>> {};
struct regex_text : peg::until<peg::at<peg::one<'/'>>, peg::sor<peg::seq<peg::one<'\\'>, peg::any>, peg::any>> {};
struct end_of_regex : peg::one<'/'> {};
struct ignore_case : peg::seq<peg::one<'i'>, peg::not_at<word_char>> {};
struct after_regex : peg::not_at<word_char> {};
struct regex : peg::if_must<peg::one<'/'>, regex_text, end_of_regex, peg::opt<ignore_case>, after_regex> {};
struct value : peg::sor<quoted, regex, word> {};

// --- terms ---
struct greater_equal : peg::sor<peg::string<'>', '='>, keyword<'g', 'e'>> {};
struct less_equal : peg::sor<peg::string<'<', '='>, keyword<'l', 'e'>> {};
struct greater : peg::sor<peg::one<'>'>, keyword<'g', 't'>> {};
struct less : peg::sor<peg::one<'<'>, keyword<'l', 't'>> {};
struct not_equal : peg::sor<peg::string<'!', '='>, keyword<'n', 'e'>> {};
struct equal : peg::sor<peg::string<'=', '='>, peg::one<'='>, keyword<'e', 'q'>> {};
struct comparison : peg::sor<greater_equal, less_equal, greater, less, not_equal, equal> {};

struct argument : value {};
struct right_side : value {};
struct end_of_arguments : peg::one<')'> {};
struct arguments : peg::if_must<peg::one<'('>, blanks, argument, blanks,
                                peg::star<peg::if_must<peg::one<','>, blanks, argument, blanks>>, end_of_arguments> {};
struct name : peg::seq<peg::not_at<any_word>, bare> {};
struct term : peg::seq<name, blanks, peg::opt<peg::sor<arguments, peg::if_must<comparison, blanks, right_side>>>> {};

// --- expressions ---
struct expression;
struct open : peg::one<'('> {};
struct close : peg::one<')'> {};
struct group : peg::if_must<open, blanks, expression, blanks, close> {};
struct negation : not_word {};
struct operand : peg::seq<peg::star<negation, blanks>, peg::sor<group, term>> {};
struct joiner_and : and_word {};
struct joiner_or : or_word {};
struct joiner : peg::sor<joiner_and, joiner_or> {};
struct expression : peg::seq<peg::must<operand>, blanks, peg::star<peg::if_must<joiner, blanks, operand, blanks>>> {};
struct end : peg::eof {};
struct whole : peg::must<blanks, expression, blanks, end> {};
// NOLINTEND(readability-identifier-naming)

}  // namespace picket::filter_syntax
