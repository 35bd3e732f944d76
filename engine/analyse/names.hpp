// What names mean: the definitions of a rule or library, the libraries it uses, and the scopes within a text. Internal
// to engine/analyse.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/analyse/kinds.hpp"
#include "grammar/ast/expr.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

struct Namespace;

// A definition of a rule's Let or of a library.
struct DefinitionEntry {
  const Definition* definition = nullptr;
  const Namespace* home = nullptr;  // whose names its body sees
  DefinitionIndex index = 0;
  std::string qualified;  // as messages name it: "aws.success"
};

// The names that the texts of one file see.
struct Namespace {
  SourcePtr source;
  std::string library;  // the id, if this is a library
  std::map<std::string, DefinitionEntry, std::less<>> definitions;
  std::map<std::string, const Namespace*, std::less<>> libraries;  // used ones, by id
  std::optional<DefinitionIndex> previous;                         // of a rule with `Remember`
  bool lacks_library = false;                                      // Use names one that does not exist
  // Every library there is, used or not: for messages.
  const std::map<std::string, Namespace, std::less<>>* all_libraries = nullptr;

  [[nodiscard]] const DefinitionEntry* find(std::string_view name) const {
    const auto found = definitions.find(name);
    return found == definitions.end() ? nullptr : &found->second;
  }
};

struct Scope;

// A definition inside a block or parentheses.
struct LocalDefinition {
  const Definition* definition = nullptr;
  const Scope* scope = nullptr;  // the names its body sees
  Slot slot = 0;
  std::shared_ptr<const Term> body;  // of one without parameters, once asked for
  std::size_t terms = 0;             // of the body, all definitions in it unfolded
  bool in_progress = false;
  bool used = false;
};

// What a name in a scope stands for: a term that costs nothing to repeat (a slot, a field, a constant), or a local
// definition.
struct Binding {
  std::optional<Term> term;
  std::shared_ptr<LocalDefinition> local;
};

// A nest of names within one text. Scopes live on the stack of the lowering and point outwards.
struct Scope {
  const Scope* outer = nullptr;
  const Namespace* home = nullptr;
  std::map<std::string, Binding, std::less<>> names;
  std::optional<Slot> element;  // of `.`, if this scope is the body of a binder without a variable

  [[nodiscard]] const Binding* find(std::string_view name) const;
  [[nodiscard]] std::optional<Slot> find_element() const;
};

// What all texts of a pack share while they are lowered. The vectors have their full length from the beginning, so that
// rules can be lowered by several threads, each writing the definitions of its own rule only.
struct DefinitionTable {
  enum class State : std::uint8_t { unseen, in_progress, sound, broken };
  std::vector<CheckedDefinition> checked;
  std::vector<State> states;
  DefinitionKinds kinds;
  std::vector<std::size_t> depths;  // levels of terms beneath, for the bound on nesting
};

}  // namespace picket
