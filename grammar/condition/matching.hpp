// How the rules of the grammar match: the control class that PEGTL calls for every rule of a rule. Internal to
// grammar/condition.
//
// PEGTL's own control matches a rule anew for each way to rewind and to act, and its parse tree guards every rule
// against exceptions: several functions for each rule, and twenty seconds to compile them. Here a rule is one function.
// Whatever fails puts back the place and the nodes, so PEGTL's rules need not; an error ends the text, so nothing needs
// to be put back then.
#pragma once

#include <cstddef>
#include <tao/pegtl/apply_mode.hpp>
#include <tao/pegtl/memory_input.hpp>
#include <tao/pegtl/nothing.hpp>
#include <tao/pegtl/rewind_mode.hpp>

#include "grammar/condition/failure.hpp"
#include "grammar/condition/mode.hpp"

namespace picket::syntax {

namespace peg = tao::pegtl;

using Input = peg::memory_input<peg::tracking_mode::lazy>;

inline std::size_t offset_of(const Input& in) { return static_cast<std::size_t>(in.current() - in.begin()); }

// Bases of rules: one that leaves a node in the parse tree, and one that stands under a must<…>.
template <NodeKind Kind>
struct leaves {
  static constexpr NodeKind node_kind = Kind;
};
template <Expected What>
struct wants {
  static constexpr Expected expected = What;
};

// Undoes what was matched since the input was at `begin` and had `nodes` nodes.
void rewind(Input& in, Mode& mode, const char* begin, std::size_t nodes);

// Makes the nodes from the index `first` on the children of a new node, which extends from `begin` to the input's
// place.
void adopt(const Input& in, Mode& mode, NodeKind kind, const char* begin, std::size_t first);

// Throws the SyntaxError for the absence of `expected` at the input's place.
[[noreturn]] void fail_for(Expected expected, const Input& in, const Mode& mode);

// PEGTL's rules for single characters and strings, which never move the input when they fail.
template <typename Rule>
concept Atom = requires(Input& in) {
  Rule::match(in);
};

// Our own rules, written as functions.
template <typename Rule>
concept Function = requires(Input& in, Mode& mode) {
  Rule::match(in, mode);
};

template <typename Rule>
struct control;

// Matches the rule at the input's place and moves the input behind it. If it does not match, nothing has changed but
// the operator last read. Throws SyntaxError.
template <typename Rule>
bool match_rule(Input& in, Mode& mode) {
  const char* const begin = in.current();
  const std::size_t nodes = mode.nodes.size();
  bool matched = false;
  if constexpr (Atom<Rule>) {
    matched = Rule::match(in);
  } else if constexpr (Function<Rule>) {
    matched = Rule::match(in, mode);
  } else {
    matched =
        Rule::template match<peg::apply_mode::nothing, peg::rewind_mode::dontcare, peg::nothing, control>(in, mode);
  }
  if constexpr (!Atom<Rule>) {
    if (!matched) rewind(in, mode, begin, nodes);
  }
  if constexpr (requires { Rule::node_kind; }) {
    if (matched) adopt(in, mode, Rule::node_kind, begin, nodes);
  }
  return matched;
}

template <typename Rule>
struct control {
  template <peg::apply_mode, peg::rewind_mode, template <typename...> class, template <typename...> class>
  static bool match(Input& in, Mode& mode) {
    return match_rule<Rule>(in, mode);
  }
  [[noreturn]] static void raise(const Input& in, const Mode& mode) { fail_for(Rule::expected, in, mode); }
};

}  // namespace picket::syntax
