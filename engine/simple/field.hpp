// The field that a Panther condition asks: `Key`, `DeepKey`, `KeyPath` or `Enrichment`, and how it is asked so that
// what is missing counts as null, and what is no list has no elements.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/simple/reading.hpp"
#include "grammar/ast/expr.hpp"

namespace picket::simple {

// Where the keys of an expression begin: at the event, or at the element of the innermost list that is gone through.
enum class Base : std::uint8_t { event, element };

class Field {
 public:
  struct Wildcard {};  // `[*]`
  struct Step {
    std::variant<std::string, Expr, Wildcard> to;  // a key, an index
    SourceSpan span;
  };
  using Question = std::function<Expr(Expr value)>;

  Field(Base base, std::vector<Step> steps, SourceSpan span) : base_(base), steps_(std::move(steps)), span_(span) {}

  // True if some value is there that the question is true of. REQUIRES: the question is false of null.
  [[nodiscard]] Expr some(const Question& question) const;
  // The one value, null if there is none; with `[*]` the list of them.
  [[nodiscard]] Expr value() const;
  // As its author calls it: "a.b", "a[*].b"; of an element without the list.
  [[nodiscard]] std::string name() const;
  // Keys only: some(question) is then question(value()).
  [[nodiscard]] bool is_plain() const;
  [[nodiscard]] bool has_wildcard() const;
  [[nodiscard]] SourceSpan span() const { return span_; }

 private:
  [[nodiscard]] Expr some_from(std::size_t index, Expr value, const Question& question) const;
  [[nodiscard]] Expr begin() const;
  // The value where whatever has an index is a list; that it is one is added to the guards, if they are wanted.
  [[nodiscard]] Expr unguarded(std::vector<Expr>* guards) const;

  Base base_;
  std::vector<Step> steps_;
  SourceSpan span_;
};

// The keys that name a field; which of them a mapping has is read_field's to say.
[[nodiscard]] bool names_field(const yaml::Mapping& mapping);

struct FieldForms {
  Base base = Base::event;
  bool path_only = false;        // InlineFilters: no `Key`, no `DeepKey`
  bool enrichment = true;        // `Enrichment` is one of the ways
  bool text_steps_only = false;  // a `DeepKey` holds strings only
};

// Reads the field that the mapping names; `place` is where its absence is reported. Errors: missing-key,
// conflicting-keys, wrong-type, bad-value, bad-path, misplaced-condition.
[[nodiscard]] std::optional<Field> read_field(const Reading& reading, const yaml::Mapping& mapping, SourceSpan place,
                                              const FieldForms& forms);
// A mapping that does nothing but name a field, as in GroupBy.
[[nodiscard]] std::optional<Field> read_whole_field(const Reading& reading, const yaml::Node& node, SourceSpan fallback,
                                                    const FieldForms& forms);

}  // namespace picket::simple
