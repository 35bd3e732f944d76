// The tokens of the detection language in PEGTL, and the rules that carry the parser's mode. Internal to
// grammar/condition.
#pragma once

#include <cstddef>
#include <tao/pegtl/ascii.hpp>
#include <tao/pegtl/rules.hpp>
#include <tao/pegtl/utf8.hpp>

#include "grammar/condition/matching.hpp"

namespace picket::syntax {

using peg::at;
using peg::identifier;
using peg::must;
using peg::not_at;
using peg::one;
using peg::opt;
using peg::plus;
using peg::seq;
using peg::sor;
using peg::star;

// --- blanks ---

// Blanks and comments: within brackets newlines as well.
// NOLINTBEGIN(readability-identifier-naming): rules are named as PEGTL names its own.
struct ws {
  static bool match(Input& in, const Mode& mode);
};

// Blanks, comments and newlines, where a text cannot end: after a binary operator, before `and` on the next line.
struct lines {
  static bool match(Input& in, const Mode& mode);
};

// --- what is open, and how deep ---

// Matches Rule with its own idea of newlines, and remembers where it began for "is never closed".
template <bool NewlinesAreBlanks, typename Rule>
struct enclosed {
  static bool match(Input& in, Mode& mode) {
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
    return match_rule<Rule>(in, mode);
  }
};

// Matches Rule one level deeper; beyond the bound it is an error.
template <typename Rule>
struct nested {
  static bool match(Input& in, Mode& mode) {
    struct Restore {
      Mode& mode;
      ~Restore() { --mode.depth; }
    };
    ++mode.depth;
    const Restore restore{mode};
    if (mode.depth > mode.most_depth) throw too_deep(offset_of(in), mode.most_depth);
    return match_rule<Rule>(in, mode);
  }
};

// Matches Rule and remembers its extent as the operator that wants a value.
template <typename Rule>
struct operator_of {
  static bool match(Input& in, Mode& mode) {
    const std::size_t begin = offset_of(in);
    if (!match_rule<Rule>(in, mode)) return false;
    mode.operator_begin = begin;
    mode.operator_end = offset_of(in);
    return true;
  }
};

// --- words ---

template <char... Cs>
using word = peg::keyword<Cs...>;

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
struct group_word : leaves<NodeKind::group_word>,
                    sor<word<'a', 'n', 'y'>, word<'a', 'l', 'l'>, word<'n', 'o', 'n', 'e'>> {};
struct binder_word : leaves<NodeKind::binder_word>,
                     sor<group_word, word<'c', 'o', 'u', 'n', 't'>, word<'f', 'i', 'r', 's', 't'>,
                         word<'w', 'h', 'e', 'r', 'e'>, word<'m', 'a', 'p'>> {};

// An identifier that is not reserved.
struct free_name {
  static bool match(Input& in, const Mode& mode);
};

struct dotted_name : seq<free_name, star<one<'.'>, identifier>> {};

// One of the comparison operators of the table, without `~`. `in cidr` is one operator if a value follows on the line.
struct op_token : leaves<NodeKind::op_token> {
  static bool match(Input& in, Mode& mode);
};

// --- literals ---

// Anything that begins like a number; the builder tells numbers, durations and faults apart.
struct number
    : leaves<NodeKind::number>,
      seq<peg::digit,
          star<sor<seq<one<'e', 'E'>, one<'+', '-'>, peg::digit>, seq<one<'.'>, peg::digit>, peg::alnum, one<'_'>>>> {};

struct hex_escape : seq<one<'u'>, peg::rep<4, peg::xdigit>> {};
// at<…>, so that a fault is told at the backslash however many digits there are.
struct escape_rest : wants<Expected::escape>,
                     sor<one<'"', '\\', '/', 'b', 'f', 'n', 'r', 't'>, seq<at<hex_escape>, hex_escape>> {};
struct escape : seq<one<'\\'>, must<escape_rest>> {};
struct close_quote : wants<Expected::close_quote>, one<'"'> {};
struct string_char : sor<escape, peg::utf8::not_one<'"', '\\', '\n'>> {};
struct string_literal : leaves<NodeKind::string_literal>,
                        enclosed<true, seq<one<'"'>, star<string_char>, must<close_quote>>> {};

struct close_raw_quote : wants<Expected::close_raw_quote>, one<'\''> {};
struct raw_char : sor<seq<one<'\''>, one<'\''>>, peg::utf8::not_one<'\'', '\n'>> {};
struct raw_literal : leaves<NodeKind::raw_literal>,
                     enclosed<true, seq<one<'\''>, star<raw_char>, must<close_raw_quote>>> {};

struct true_literal : leaves<NodeKind::true_literal>, word<'t', 'r', 'u', 'e'> {};
struct false_literal : leaves<NodeKind::false_literal>, word<'f', 'a', 'l', 's', 'e'> {};
struct null_literal : leaves<NodeKind::null_literal>, word<'n', 'u', 'l', 'l'> {};
// NOLINTEND(readability-identifier-naming)

}  // namespace picket::syntax
