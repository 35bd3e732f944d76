#include "engine/simple/detection.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "engine/simple/comparison.hpp"
#include "engine/simple/field.hpp"
#include "engine/simple/items.hpp"
#include "engine/simple/logic.hpp"
#include "engine/simple/meant_condition.hpp"
#include "engine/simple/operand.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket::simple {
namespace {

constexpr std::array<std::string_view, 4> combinators = {"All", "Any", "OnlyOne", "None"};
constexpr std::size_t deepest = 16;  // expressions within one another

constexpr std::string_view example = "- {KeyPath: a.b, Condition: Equals, Value: x}";

// Reads the expressions of one place of a rule.
class Expressions {
 public:
  Expressions(const Reading& reading, bool filters) : reading_(reading), filters_(filters) {}

  // The expressions of a list; nothing if any of them is wrong.
  std::optional<std::vector<Expr>> read_list(const yaml::Mapping::Entry& entry, Base base, std::size_t depth) const {
    const yaml::Sequence* list = reading_.list(entry);
    if (list == nullptr) return std::nullopt;
    if (depth > deepest) {
      reading_.say(Code::nesting_too_deep, entry.key_span, "the expressions are nested too deeply",
                   "at most " + std::to_string(deepest) + " may stand within one another");
      return std::nullopt;
    }
    std::vector<Expr> read;
    for (const yaml::NodePtr& item : list->items) {
      if (auto one = read_one(*item, entry.key_span, base, depth)) read.push_back(*std::move(one));
    }
    if (read.size() != list->items.size()) return std::nullopt;
    return read;
  }

 private:
  std::optional<Expr> read_one(const yaml::Node& node, SourceSpan fallback, Base base, std::size_t depth) const {
    const yaml::Mapping* mapping = reading_.mapping(node, "an expression", example, fallback);
    if (mapping == nullptr) return std::nullopt;
    const SourceSpan place =
        mapping->entries.empty() ? reading_.place(node, fallback) : mapping->entries.front().key_span;
    for (const std::string_view key : combinators) {
      if (const auto* entry = mapping->find(key)) return combined(*mapping, *entry, base, depth);
    }
    const auto* entry = mapping->find("Condition");
    if (entry == nullptr) {
      lacks_condition(*mapping, place);
      return std::nullopt;
    }
    const ConditionRow* row = condition_of(*entry);
    if (row == nullptr) {
      check_rest(*mapping, place, base, depth);
      return std::nullopt;
    }
    const ConditionPlaces places{node.span, entry->value->span};
    if (row->operand == ConditionOperand::nothing) return absolute(*mapping, *row, places);
    const auto* values = mapping->find("Values");
    if (values != nullptr && !names_field(*mapping)) return pair(*mapping, *row, *values, base, places);
    return asked(*mapping, *row, place, base, depth, places);
  }

  std::optional<Expr> combined(const yaml::Mapping& mapping, const yaml::Mapping::Entry& entry, Base base,
                               std::size_t depth) const {
    bool fine = true;
    const bool known = check_keys(mapping);
    for (const yaml::Mapping::Entry& other : mapping.entries) {
      if (&other == &entry) continue;
      fine = false;
      if (known)
        reading_.conflict(entry, other, backquoted(entry.key) + " stands alone; begin another expression with `- `");
    }
    if (filters_ && entry.key != "All" && entry.key != "Any") {
      fine = false;
      misplaced(entry.key_span, entry.key, "write `All` or `Any`");
    }
    auto operands = read_list(entry, base, depth + 1);
    if (!fine || !operands) return std::nullopt;
    const SourceSpan span{entry.key_span.begin, std::max(entry.key_span.end, entry.value->span.end)};
    if (operands->empty()) return Expr{BoolLiteral{entry.key == "All" || entry.key == "None"}, span};
    return combine(entry.key, *std::move(operands), span);
  }

  static Expr combine(std::string_view how, std::vector<Expr> operands, SourceSpan span) {
    if (how == "OnlyOne") return only_one_item(std::move(operands), span);
    Block block;
    block.lines = std::move(operands);
    block.span = span;
    const GroupKind kind = how == "All" ? GroupKind::all : how == "Any" ? GroupKind::any : GroupKind::none;
    return {GroupExpr{kind, std::move(block)}, span};
  }

  void lacks_condition(const yaml::Mapping& mapping, SourceSpan place) const {
    for (const yaml::Mapping::Entry& entry : mapping.entries) {
      if (entry.key != "Group" && entry.key != "Sequence") continue;
      reading_.say(Code::misplaced_condition, entry.key_span,
                   "a " + backquoted(entry.key) + " correlates signals, and this rule judges events",
                   "write `AnalysisType: correlation_rule`");
      return;
    }
    if (!check_keys(mapping)) return;
    reading_.say(Code::missing_key, place, "the expression lacks the key `Condition`",
                 "write `Condition: …`, or one of `All`, `Any`, `OnlyOne` and `None` with expressions below it");
  }

  [[nodiscard]] bool check_keys(const yaml::Mapping& mapping) const {
    return reading_.check_keys(mapping, {"Key", "DeepKey", "KeyPath", "Enrichment", "Condition", "Value", "Values",
                                         "Expressions", "All", "Any", "OnlyOne", "None"});
  }

  // What can be told of an expression whose condition is not known.
  void check_rest(const yaml::Mapping& mapping, SourceSpan place, Base base, std::size_t depth) const {
    const bool known = check_keys(mapping);
    if (known && names_field(mapping)) {
      (void)read_field(reading_, mapping, place, {.base = base, .path_only = filters_, .enrichment = true});
    }
    check_expressions(mapping, depth);
  }
  void check_expressions(const yaml::Mapping& mapping, std::size_t depth) const {
    const auto* entry = mapping.find("Expressions");
    if (entry != nullptr) (void)read_list(*entry, Base::element, depth + 1);
  }

  const ConditionRow* condition_of(const yaml::Mapping::Entry& entry) const {
    const auto name = reading_.text(*entry.value, "`Condition`", entry.key_span);
    if (!name) return nullptr;
    const ConditionRow* row = find_condition(name->text);
    if (row != nullptr && (row->filters || !filters_)) return row;
    if (row != nullptr) {
      misplaced(entry.value->span, name->text,
                "`picket explain misplaced-condition` lists those that may; this one may stand in the rule's logic");
      return nullptr;
    }
    Diagnostic& diagnostic = reading_.say(Code::unknown_condition, reading_.place(*entry.value, entry.key_span),
                                          "there is no condition " + backquoted(name->text),
                                          "`picket explain unknown-condition` lists them");
    if (const auto meant = meant_condition(name->text, filters_)) {
      propose(diagnostic, entry.value->span, meant->name, meant->certain);
    }
    return nullptr;
  }

  void misplaced(SourceSpan span, std::string_view what, std::string help) const {
    reading_.say(Code::misplaced_condition, span, backquoted(what) + " does not stand in InlineFilters",
                 std::move(help));
  }

  std::optional<Expr> absolute(const yaml::Mapping& mapping, const ConditionRow& row,
                               const ConditionPlaces& places) const {
    for (const yaml::Mapping::Entry& entry : mapping.entries) {
      if (entry.key == "Condition") continue;
      reading_.say(Code::wrong_operand, entry.key_span,
                   backquoted(row.spelling) + " asks nothing, and here is " + backquoted(entry.key), "take it out");
      return std::nullopt;
    }
    return Expr{BoolLiteral{!row.negated}, places.whole};
  }

  // `Values` are two fields.
  std::optional<Expr> pair(const yaml::Mapping& mapping, const ConditionRow& row, const yaml::Mapping::Entry& values,
                           Base base, const ConditionPlaces& places) const {
    if (filters_) {
      misplaced(values.key_span, "Values without a field", "write `KeyPath: a.b` beside it");
      return std::nullopt;
    }
    bool fine = reading_.check_keys(mapping, {"Condition", "Values"});
    if (!row.pairs) {
      reading_.say(Code::wrong_operand, places.condition, backquoted(row.spelling) + " does not compare two fields",
                   "write `Key: a`, `DeepKey: [a, b]` or `KeyPath: a.b` beside it");
      return std::nullopt;
    }
    const yaml::Sequence* list = reading_.list(values);
    if (list == nullptr) return std::nullopt;
    if (list->items.size() != 2) {
      reading_.say(Code::bad_value, reading_.place(*values.value, values.key_span),
                   "two fields are compared, and here are " + std::to_string(list->items.size()),
                   "write `Values: [{Key: a}, {Key: b}]`, or name the field beside `Condition`");
      return std::nullopt;
    }
    std::vector<Field> fields;
    for (const yaml::NodePtr& item : list->items) {
      auto field = read_whole_field(reading_, *item, values.key_span, {.base = base, .enrichment = false});
      if (!field) continue;
      if (field->has_wildcard()) {
        reading_.say(Code::bad_path, field->span(), "`[*]` is many values, and two are compared",
                     "write `AnyElement` and the comparison below it");
        continue;
      }
      fields.push_back(*std::move(field));
    }
    if (!fine || fields.size() != 2) return std::nullopt;
    return pair_item(row, fields[0], fields[1], places);
  }

  // The condition of one field.
  std::optional<Expr> asked(const yaml::Mapping& mapping, const ConditionRow& row, SourceSpan place, Base base,
                            std::size_t depth, const ConditionPlaces& places) const {
    const bool elements = row.operand == ConditionOperand::expressions;
    // A key with a typo may be the one that would be missed: one mistake, one message.
    if (!reading_.check_keys(
            mapping, {"Key", "DeepKey", "KeyPath", "Enrichment", "Condition", "Value", "Values", "Expressions"})) {
      if (elements) check_expressions(mapping, depth);
      return std::nullopt;
    }
    const auto field =
        read_field(reading_, mapping, place,
                   {.base = base, .path_only = filters_, .enrichment = true, .text_steps_only = elements});
    auto operand = read_operand(reading_, mapping, row, places);
    if (!operand) return std::nullopt;
    ConditionValue value;
    if (operand->literal) value = *std::move(operand->literal);
    if (elements) {
      const auto* entry = mapping.find("Expressions");
      auto lines = read_list(*entry, Base::element, depth + 1);
      if (!lines) return std::nullopt;
      Block body;
      body.lines = *std::move(lines);
      body.span = entry->value->span;
      value = std::move(body);
    }
    if (!field) return std::nullopt;
    ConditionRow wanted = row;
    wanted.negated = row.negated != !operand->wanted;
    return field_item(wanted, *field, value, places, filters_);
  }

  const Reading& reading_;
  bool filters_;
};

// What holds for every event is no line.
void drop_true(std::vector<Expr>& lines) {
  std::erase_if(lines, [](const Expr& line) {
    const auto* literal = std::get_if<BoolLiteral>(&line.node);
    return literal != nullptr && literal->value;
  });
}

bool is_empty_list(const yaml::Node& node) { return node.sequence() != nullptr && node.sequence()->items.empty(); }

bool refuse_empty(const Reading& reading, const yaml::Mapping::Entry& entry) {
  if (!is_empty_list(*entry.value)) return false;
  reading.say(Code::bad_value, reading.place(*entry.value, entry.key_span), backquoted(entry.key) + " is empty",
              "write expressions; what shall hold for every event is `- Condition: AlwaysTrue`");
  return true;
}

}  // namespace

std::optional<Block> read_detection(const Reading& reading, const yaml::Mapping::Entry& entry) {
  if (refuse_empty(reading, entry)) return std::nullopt;
  auto lines = Expressions(reading, false).read_list(entry, Base::event, 1);
  if (!lines) return std::nullopt;
  drop_true(*lines);
  Block block;
  block.lines = *std::move(lines);
  block.span = entry.value->span;
  return block;
}

std::optional<std::vector<Expr>> read_filters(const Reading& reading, const yaml::Mapping::Entry& entry) {
  auto lines = Expressions(reading, true).read_list(entry, Base::event, 1);
  if (lines) drop_true(*lines);
  return lines;
}

std::optional<Expr> read_conditions(const Reading& reading, const yaml::Mapping::Entry& entry) {
  if (refuse_empty(reading, entry)) return std::nullopt;
  auto lines = Expressions(reading, false).read_list(entry, Base::event, 1);
  if (!lines) return std::nullopt;
  return all_of(*std::move(lines), entry.value->span);
}

}  // namespace picket::simple
