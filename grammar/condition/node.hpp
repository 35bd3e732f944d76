// The parse tree, between the grammar and the syntax tree. Internal to grammar/condition.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace picket::syntax {

// The rules of the grammar that leave a node, by their names; `text` is the whole.
enum class NodeKind : std::uint8_t {
  text,
  number,
  string_literal,
  raw_literal,
  template_literal,
  quoted_text,
  plain_text,
  hole,
  true_literal,
  false_literal,
  null_literal,
  event,
  element,
  element_field,
  name,
  call,
  call_name,
  member,
  member_name,
  each,
  deep,
  subscript,
  slice_colon,
  postfix,
  negate,
  multiply_op,
  product,
  add_op,
  sum,
  fallback_op,
  value,
  compare,
  compare_clause,
  is_clause,
  clause_not,
  op_token,
  fold_mark,
  all_mark,
  predicate_name,
  negation,
  logic,
  and_tail,
  or_tail,
  choice,
  paren,
  list,
  spread_item,
  object,
  entry_pair,
  entry_computed,
  entry_path,
  key_name,
  when_condition,
  when_subject,
  else_arm,
  subject_arm,
  condition_arm,
  group,
  group_word,
  binder,
  binder_word,
  binder_variable,
  block,
  definition,
  definition_name,
  parameters,
  parameter,
  parameter_name,
};

// What one rule matched. A node owns its children; its text is a part of the text that is parsed.
struct ParseNode {
  NodeKind kind = NodeKind::text;
  std::string_view text;
  std::vector<ParseNode> children;

  [[nodiscard]] bool is(NodeKind other) const { return kind == other; }
  [[nodiscard]] std::string string() const { return std::string(text); }
};

}  // namespace picket::syntax
